import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Helytelen felhasználónév vagy jelszó";

const form = (message?: string, user = "") =>
  page({
    title: "Könyvtár",
    lang: "hu",
    body: `<form action="/login" method="post"><h2>Könyvtár</h2>${complaint(message)}
      <label for="f">Felhasználónév</label><input id="f" name="f" value="${escapeHtml(user)}">
      <label for="j">Jelszó</label><input id="j" name="j" type="password"><button>Belépés</button></form>`,
  });

export default {
  odd: "logging out leads to the login, where nobody may be signed in again",
  account: { user: "szabo", password: "Könyv-moly-3" },
  person: typed("#f", "#j", "button"),
  refuses,
  leave: "#logout",
  routes: {
    ...formLogin({ form, user: "f", password: "j", refuses }),
    "GET /logout": (asked) => {
      asked.end();
      return redirect("/login?reason=logout");
    },
    "GET /home": ({ user }) =>
      user
        ? html(
            page({
              title: "Könyvtár",
              lang: "hu",
              body: `<div><p>Signed in as ${escapeHtml(user)}</p><a id="logout" href="/logout">Kilépés</a></div>`,
            }),
          )
        : redirect("/login"),
  },
} satisfies App;
