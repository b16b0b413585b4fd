import { html, redirect } from "../answer.ts";
import type { App } from "../app.ts";
import { complaint, page } from "../page.ts";

const refuses = "Incorrect password";

const form = (message?: string) =>
  page({
    title: "Router",
    body: `<form action="/login" method="post"><h2>Router settings</h2>${complaint(message)}
      <label for="p">Password</label><input id="p" name="p" type="password"><button>Log in</button></form>`,
  });

export default {
  odd: "a password and no user name",
  account: { user: "", password: "admin-of-the-attic" },
  person: [{ into: "#p", type: "password" }, { press: "button" }],
  refuses,
  greets: "Signed in as the administrator",
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /login": (asked) => {
      if (!asked.site.allows("", asked.form.get("p"))) return html(form(refuses));
      asked.begin("administrator");
      return redirect("/home");
    },
  },
} satisfies App;
