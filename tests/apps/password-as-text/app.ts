import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Unknown operator or passcode.";

const form = (message?: string, user = "") =>
  page({
    title: "Machine 4",
    era: "tables",
    body: `<h1>Machine 4</h1>${complaint(message)}<form action="/login" method="post"><table>
      <tr><td>Operator</td><td><input type="text" name="operator" value="${escapeHtml(user)}"></td></tr>
      <tr><td>Password</td><td><input type="text" name="password" autocomplete="off"></td></tr>
      <tr><td></td><td><button>Login</button></td></tr></table></form>`,
  });

export default {
  odd: "the password is shown as it is typed, in a text field",
  account: { user: "op4", password: "oil.and.steel" },
  person: typed("[name=operator]", "[name=password]", "button"),
  refuses,
  routes: formLogin({ form, user: "operator", password: "password", refuses }),
} satisfies App;
