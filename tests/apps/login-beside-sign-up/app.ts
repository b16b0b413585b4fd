import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "E-mail of wachtwoord klopt niet.";

const form = (message?: string, user = "") =>
  page({
    title: "Kantoorwinkel",
    lang: "nl",
    head: "<style>.half { display: inline-block; width: 46%; vertical-align: top; }</style>",
    body: `<form action="/login" method="post">${complaint(message)}
      <div class="half"><h2>Nieuwe klant</h2>
        <label for="naam">Naam</label><input id="naam" name="nieuw_naam">
        <label for="nieuw_email">E-mailadres</label><input id="nieuw_email" type="email" name="nieuw_email">
        <label for="nieuw_ww">Kies een wachtwoord</label><input id="nieuw_ww" type="password" name="nieuw_ww">
        <label for="nieuw_ww2">Herhaal wachtwoord</label><input id="nieuw_ww2" type="password" name="nieuw_ww2">
        <button name="actie" value="registreren">Account aanmaken</button></div>
      <div class="half"><h2>Inloggen</h2>
        <label for="email">E-mailadres</label><input id="email" type="email" name="email" value="${escapeHtml(user)}">
        <label for="ww">Wachtwoord</label><input id="ww" type="password" name="ww">
        <button name="actie" value="inloggen">Inloggen</button></div>
    </form>`,
  });

export default {
  odd: "login and sign-up are two halves of one form",
  account: { user: "jan@kantoor.example", password: "Pen-en-Papier9" },
  person: typed("#email", "#ww", "[value=inloggen]"),
  refuses,
  routes: formLogin({ form, user: "email", password: "ww", refuses }),
} satisfies App;
