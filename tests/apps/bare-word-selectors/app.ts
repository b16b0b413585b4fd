import { html, redirect } from "../answer.ts";
import type { App } from "../app.ts";
import { complaint, page } from "../page.ts";

const refuses = "Not authorised.";

const form = (message?: string) =>
  page({
    title: "Terminal",
    era: "tables",
    body: `<h1>Terminal</h1>${complaint(message)}<form action="/login" method="post"><table>
      <tr><td>1</td><td><input id="fld-a" name="x1"></td></tr>
      <tr><td>2</td><td><input name="fld-b"></td></tr>
      <tr><td>3</td><td><input id="zz3" name="x3" type="password"></td></tr>
      <tr><td></td><td><input type="button" value="?"> <input type="submit" id="btn-login" value="&gt;&gt;"></td></tr></table></form>`,
  });

export default {
  odd: "fields that say nothing of themselves; an administrator named them by bare words",
  account: { user: "T1000", password: "Sky&Net" },
  person: [
    { into: "#fld-a", type: { words: "7" } },
    { into: "[name=fld-b]", type: "user" },
    { into: "#zz3", type: "password" },
    { press: "#btn-login" },
  ],
  refuses,
  organisation: { fields: { username: "fld-b", current_password: "zz3", submit: "btn-login" } },
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /login": (asked) => {
      const user = asked.form.get("fld-b") ?? "";
      if (!asked.site.allows(user, asked.form.get("x3"))) return html(form(refuses));
      asked.begin(user);
      return redirect("/home");
    },
  },
} satisfies App;
