import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, HTML_4, page } from "../page.ts";

const refuses = "Benutzername oder Kennwort ist falsch.";

function form(message?: string, user = ""): string {
  return page({
    title: "Zeiterfassung - Anmeldung",
    lang: "de",
    era: "tables",
    doctype: HTML_4,
    body: `<h1>Zeiterfassung</h1>${complaint(message)}
    <form name="anmeldung" action="/login" method="post"><table>
      <tr><td>Benutzername:</td><td><input type="text" name="benutzer" size="20" value="${escapeHtml(user)}"></td></tr>
      <tr><td>Kennwort:</td><td><input type="password" name="kennwort" size="20"></td></tr>
      <tr><td></td><td><input type="submit" value="Anmelden"> <input type="reset" value="Löschen"></td></tr>
    </table></form>`,
  });
}

export default {
  odd: "fields in a table, with words beside them and no label",
  account: { user: "amueller", password: "Zeit!2004" },
  person: typed("[name=benutzer]", "[name=kennwort]", "[type=submit]"),
  refuses,
  routes: formLogin({ form, user: "benutzer", password: "kennwort", refuses }),
} satisfies App;
