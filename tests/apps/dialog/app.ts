import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Credenziali non valide";

const form = (message?: string, user = "") =>
  page({
    title: "Mensa aziendale",
    lang: "it",
    body: `<div><h1>Mensa aziendale</h1><p>Oggi: risotto ai funghi.</p>${complaint(message)}
      <button id="apri" onclick="document.getElementById('accesso').showModal()">Accedi</button></div>
    <dialog id="accesso"><form action="/login" method="post">
      <label for="nome">Nome utente</label><input id="nome" name="nome" value="${escapeHtml(user)}">
      <label for="parola">Password</label><input id="parola" name="parola" type="password">
      <button type="submit" id="entra">Entra</button> <button type="button" onclick="this.closest('dialog').close()">Annulla</button>
    </form></dialog>`,
  });

export default {
  odd: "the form is in a dialog that a button opens",
  account: { user: "rossi.m", password: "Funghi-e-riso" },
  person: [{ press: "#apri" }, ...typed("#nome", "#parola", "#entra")],
  refuses,
  routes: formLogin({ form, user: "nome", password: "parola", refuses }),
} satisfies App;
