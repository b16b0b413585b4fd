import $ from "jquery";

$("#root").append(
  $("<div class='login'>").append(
    "<h1>Meal cards</h1><p class='error'></p>",
    "<label for='user'>User name</label><input id='user'>",
    "<label for='password'>Password</label><input id='password' type='password'>",
    "<button type='button' id='go'>Log in</button>",
  ),
);

const values = {};
$(document)
  .on("change", ".login input", ({ target }) => {
    values[target.id] = $(target).val();
  })
  .on("keydown", ".login input", ({ key, target }) => {
    if (key === "Enter") $(target).trigger("change").closest(".login").find("button").trigger("click");
  })
  .on("click", "#go", () => {
    $.post({ url: "/api/login", data: values })
      .done(({ user }) => $(".login").text(`Signed in as ${user}`))
      .fail(({ responseJSON }) => $(".error").text(responseJSON.error));
  });
