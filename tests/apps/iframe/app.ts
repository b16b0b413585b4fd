import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Wrong e-mail or password";

const widget = (message?: string, user = "") =>
  page({
    title: "Login widget",
    body: `<form action="/widget" method="post">${complaint(message)}
      <label>E-mail <input type="email" name="email" value="${escapeHtml(user)}"></label>
      <label>Password <input type="password" name="password"></label><button>Log in</button></form>`,
  });

export default {
  odd: "the login is in a frame of the same origin, which then sends the page on",
  account: { user: "dana@fleet.example", password: "Diesel&Dust" },
  person: typed("[name=email]", "[name=password]", "button", "/widget"),
  refuses,
  routes: {
    "GET /login": (asked) =>
      asked.user
        ? redirect("/home")
        : html(
            page({
              title: "Fleet",
              body: `<h1>Fleet management</h1><iframe src="/widget" width="480" height="360" frameborder="0"></iframe>`,
            }),
          ),
    "GET /widget": () => html(widget()),
    "POST /widget": (asked) => {
      const user = asked.form.get("email") ?? "";
      if (!asked.site.allows(user, asked.form.get("password"))) return html(widget(refuses, user));
      asked.begin(user);
      return html("<script>top.location.href = '/home'</script>");
    },
  },
} satisfies App;
