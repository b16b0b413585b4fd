import { html, redirect } from "../answer.ts";
import type { App } from "../app.ts";
import { complaint, page } from "../page.ts";

const refuses = "Anmeldung am Mandanten nicht möglich";

const form = (message?: string) =>
  page({
    title: "ERP",
    lang: "de",
    body: `<form action="/login" method="post"><h2>ERP 7</h2>${complaint(message)}
      <label for="benutzer">Benutzer</label><input id="benutzer" name="benutzer">
      <label for="passwort">Passwort</label><input id="passwort" name="passwort" type="password">
      <label for="mandant">Mandant</label><select id="mandant" name="mandant">
        <option value="">Bitte wählen</option><option value="100">Testsystem</option>
        <option value="200">Produktion</option><option value="300">Schulung</option></select>
      <button>Anmelden</button></form>`,
  });

export default {
  odd: "a drop-down of tenants that has to be right",
  account: { user: "buchhaltung", password: "Soll+Haben", extras: { mandant: "200" } },
  person: [
    { into: "#benutzer", type: "user" },
    { into: "#passwort", type: "password" },
    { key: "Tab" },
    { type: { words: "Prod" } },
    { press: "button" },
  ],
  refuses,
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /login": (asked) => {
      const user = asked.form.get("benutzer") ?? "";
      const right = asked.form.get("mandant") === asked.site.app.account.extras?.mandant;
      if (!asked.site.allows(user, right ? asked.form.get("passwort") : null)) return html(form(refuses));
      asked.begin(user);
      return redirect("/home");
    },
  },
} satisfies App;
