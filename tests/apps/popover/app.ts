import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Fel användarnamn eller lösenord";

const form = (message?: string, user = "") =>
  page({
    title: "Intranätet",
    lang: "sv",
    body: `<div><h1>Intranätet</h1>${complaint(message)}<button popovertarget="meny" id="oppna">Logga in</button></div>
    <div id="meny" popover><form action="/login" method="post">
      <label for="anv">Användarnamn</label><input id="anv" name="anv" value="${escapeHtml(user)}">
      <label for="losen">Lösenord</label><input id="losen" name="losen" type="password">
      <button id="logga">Logga in</button></form></div>`,
  });

export default {
  odd: "the form is in a popover",
  account: { user: "lindqvist", password: "Smör&Gås 12" },
  person: [{ press: "#oppna" }, ...typed("#anv", "#losen", "#logga")],
  refuses,
  routes: formLogin({ form, user: "anv", password: "losen", refuses }),
} satisfies App;
