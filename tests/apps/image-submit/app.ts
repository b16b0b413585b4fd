import { html } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, HTML_4, page } from "../page.ts";

const refuses = "Login failed!";

const form = (message?: string, user = "") =>
  page({
    title: "Print Server",
    era: "tables",
    doctype: HTML_4,
    body: `<h1>Print Server</h1>${complaint(message)}<form action="/login" method="post"><table>
      <tr><td>Login</td><td><input name="login" value="${escapeHtml(user)}"></td></tr>
      <tr><td>Pass</td><td><input name="pass" type="password"></td></tr>
      <tr><td></td><td><input type="image" src="/go.svg" alt="Login" width="70" height="24"></td></tr></table></form>`,
  });

const BUTTON = `<svg xmlns="http://www.w3.org/2000/svg" width="70" height="24"><rect width="70" height="24" rx="4" fill="#603"/>
  <text x="14" y="17" fill="#fff" font-family="Verdana" font-size="13">LOGIN</text></svg>`;

export default {
  odd: "a picture submits, and the server insists on where it was clicked",
  account: { user: "printadmin", password: "toner-low" },
  person: typed("[name=login]", "[name=pass]", "[type=image]"),
  refuses,
  routes: {
    ...guarded(),
    "GET /go.svg": () => html(BUTTON, 200, { "content-type": "image/svg+xml" }),
  },
} satisfies App;

function guarded(): App["routes"] {
  const routes = formLogin({ form, user: "login", password: "pass", refuses });
  const post = routes["POST /login"];
  return {
    ...routes,
    "POST /login": (asked) =>
      asked.form.has("x") && asked.form.has("y") && post ? post(asked) : html(form("Press the button.")),
  };
}
