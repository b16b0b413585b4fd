import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, page } from "../page.ts";

const refuses = "ERR 7: access denied";

const form = (message?: string) =>
  page({
    title: "Supplier EDI",
    era: "tables",
    body: `<h1>Supplier EDI</h1>${complaint(message)}<form action="/edi/enter.cgi" method="post"><table>
      <tr><td>Partner</td><td><input name="PARTNER"></td></tr><tr><td>User</td><td><input name="USERID"></td></tr>
      <tr><td>Password</td><td><input name="PASSWD" type="password"></td></tr>
      <tr><td></td><td><input type="submit" value="ENTER"></td></tr></table></form>`,
  });

export default {
  odd: "known to an administrator by the names of what is posted, one of them the same for everybody",
  account: { user: "EDI-88", password: "Pallet.Box.Can", extras: { PARTNER: "ACME-EU" } },
  login: "/edi/",
  person: [
    { into: "[name=PARTNER]", type: { extra: "PARTNER" } },
    ...typed("[name=USERID]", "[name=PASSWD]", "[type=submit]"),
  ],
  refuses,
  organisation: {
    template: "parameters",
    fields: { username: "USERID", current_password: "PASSWD" },
    extras: [{ field: "PARTNER", value: "ACME-EU" }],
  },
  routes: {
    "GET /edi/": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /edi/enter.cgi": (asked) => {
      const user = asked.form.get("USERID") ?? "";
      const right = asked.form.get("PARTNER") === asked.site.app.account.extras?.PARTNER;
      if (!asked.site.allows(user, right ? asked.form.get("PASSWD") : null)) return html(form(refuses));
      asked.begin(user);
      return redirect("/home");
    },
  },
} satisfies App;
