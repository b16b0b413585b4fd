import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Falscher Benutzer oder falsches Passwort.";

const one = (kind: string, user: string) =>
  `<div class="${kind}"><form action="/login" method="post"><label>Benutzer <input name="user" value="${escapeHtml(user)}"></label>
   <label>Passwort <input name="pass" type="password"></label><button>Login</button></form></div>`;

const form = (message?: string, user = "") =>
  page({
    title: "Reisekosten",
    lang: "de",
    head: `<style>.phone { display: none; } @media (max-width: 500px) { .phone { display: block; } .desk { display: none; } }</style>`,
    body: `<div><h1>Reisekosten</h1>${complaint(message)}</div>${one("phone", user)}${one("desk", user)}`,
  });

export default {
  odd: "the form twice, one for telephones, and only one of them to be seen",
  account: { user: "k.weber", password: "Bahn-fahren-3" },
  person: typed(".desk [name=user]", ".desk [name=pass]", ".desk button"),
  refuses,
  routes: formLogin({ form, user: "user", password: "pass", refuses }),
} satisfies App;
