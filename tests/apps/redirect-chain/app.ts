import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, page } from "../page.ts";

const refuses = "Login failure: bad user ID or password";

const form = (failed: boolean) =>
  page({
    title: "Mainframe gateway",
    era: "tables",
    body: `<h1>Mainframe gateway</h1>${complaint(failed ? refuses : undefined)}
    <form action="/auth/j_security_check" method="post"><table>
      <tr><td><label for="j_username">User ID</label></td><td><input id="j_username" name="j_username"></td></tr>
      <tr><td><label for="j_password">Password</label></td><td><input id="j_password" name="j_password" type="password"></td></tr>
      <tr><td></td><td><input type="submit" value="Logon"></td></tr></table></form>`,
  });

export default {
  odd: "posted to another path, then three redirects, for a refusal as for a success",
  account: { user: "MF00731", password: "JCL&COBOL" },
  login: "/gateway/logon.do",
  person: typed("#j_username", "#j_password", "[type=submit]"),
  refuses,
  routes: {
    "GET /gateway/logon.do": (asked) =>
      asked.user ? redirect("/home") : html(form(asked.query.has("error"))),
    "POST /auth/j_security_check": (asked) => {
      const user = asked.form.get("j_username") ?? "";
      const ok = asked.site.allows(user, asked.form.get("j_password"));
      if (ok) asked.begin(user);
      return redirect(ok ? "/auth/check?next=1" : "/auth/failed");
    },
    "GET /auth/check": ({ query }) =>
      redirect(query.get("next") === "1" ? "/auth/check?next=2" : "/home", 303),
    "GET /auth/failed": () => redirect("/auth/again"),
    "GET /auth/again": () => redirect("/gateway/logon.do?error=1"),
  },
} satisfies App;
