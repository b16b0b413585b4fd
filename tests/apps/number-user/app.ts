import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Kontonummer oder PIN falsch";

const form = (message?: string, user = "") =>
  page({
    title: "Spesenkonto",
    lang: "de",
    body: `<form action="/login" method="post"><h2>Spesenkonto</h2>${complaint(message)}
      <label for="konto">Kontonummer</label><input id="konto" type="number" name="konto" value="${escapeHtml(user)}">
      <label for="pin">PIN</label><input id="pin" type="password" inputmode="numeric" name="pin">
      <button>Weiter</button></form>`,
  });

export default {
  odd: "the user name is a number field, the password a PIN",
  account: { user: "4711002", password: "806131" },
  person: typed("#konto", "#pin", "button"),
  refuses,
  routes: formLogin({ form, user: "konto", password: "pin", refuses }),
} satisfies App;
