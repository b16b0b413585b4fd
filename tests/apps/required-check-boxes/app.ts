import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Uživatel nebo heslo nesouhlasí.";

const form = (message?: string, user = "") =>
  page({
    title: "Sklad",
    lang: "cs",
    body: `<form action="/login" method="post"><h2>Přihlášení</h2>${complaint(message)}
      <label for="uzivatel">Uživatel</label><input id="uzivatel" name="uzivatel" value="${escapeHtml(user)}">
      <label for="heslo">Heslo</label><input id="heslo" name="heslo" type="password">
      <label><input type="checkbox" name="remember"> Zapamatovat si mě</label>
      <label><input type="checkbox" id="podminky" name="podminky" required> Souhlasím s podmínkami</label>
      <button>Přihlásit</button></form>`,
  });

export default {
  odd: "the terms have to be ticked at every login; “remember me” need not",
  account: { user: "novak", password: "Regál č. 5" },
  person: [...typed("#uzivatel", "#heslo").slice(0, 2), { press: "#podminky" }, { press: "button" }],
  refuses,
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /login": (asked) => {
      const user = asked.form.get("uzivatel") ?? "";
      if (!asked.form.has("podminky")) return html(form("Podmínky?", user));
      if (!asked.site.allows(user, asked.form.get("heslo"))) return html(form(refuses, user));
      asked.begin(user);
      return redirect("/home");
    },
  },
} satisfies App;
