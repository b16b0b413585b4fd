import { html, redirect } from "../answer.ts";
import type { App } from "../app.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Mot de passe erroné.";

const first = (message?: string) =>
  page({
    title: "Messagerie - Identification",
    lang: "fr",
    body: `<form action="/identifier" method="post"><h2>Identification</h2>${complaint(message)}
      <label for="compte">Adresse e-mail</label><input id="compte" name="compte" type="email">
      <button data-type="save">Suivant</button></form>`,
  });

const second = (user: string, message?: string) =>
  page({
    title: "Messagerie - Mot de passe",
    lang: "fr",
    body: `<form action="/mot-de-passe" method="post"><h2>${escapeHtml(user)}</h2>${complaint(message)}
      <label for="secret">Mot de passe</label><input id="secret" name="secret" type="password">
      <button>Se connecter</button></form>`,
  });

export default {
  odd: "the user name on one page, the password on the next",
  account: { user: "henri@messagerie.example", password: "Timbre-Poste-50" },
  login: "/identifier",
  person: [
    { into: "#compte", type: "user" },
    { press: "button" },
    { into: "#secret", type: "password" },
    { press: "button" },
  ],
  refuses,
  routes: {
    "GET /identifier": (asked) => (asked.user ? redirect("/home") : html(first())),
    "POST /identifier": (asked) => {
      const user = asked.form.get("compte") ?? "";
      if (user !== asked.site.app.account.user) return html(first("Ce compte n’existe pas."));
      asked.begin(user, "half");
      return redirect("/mot-de-passe");
    },
    "GET /mot-de-passe": ({ half }) => (half ? html(second(half)) : redirect("/identifier")),
    "POST /mot-de-passe": (asked) => {
      if (!asked.half) return redirect("/identifier");
      if (!asked.site.allows(asked.half, asked.form.get("secret"))) return html(second(asked.half, refuses));
      asked.begin(asked.half);
      return redirect("/home");
    },
  },
} satisfies App;
