import { type App, typed } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Väärä käyttäjätunnus tai salasana";

const login = () =>
  page({
    title: "Varaukset",
    lang: "fi",
    era: "flat",
    body: `<main><form><h1>Kirjaudu</h1><p class="error"></p>
      <label for="t">Käyttäjätunnus</label><input id="t" name="user">
      <label for="s">Salasana</label><input id="s" name="password" type="password"><button>Kirjaudu</button></form></main>
    <script>
      const form = document.querySelector("form");
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const answer = await fetch("/api/login", { method: "POST", body: new URLSearchParams(new FormData(form)) });
        const { user, error } = await answer.json();
        if (answer.status === 401) { form.querySelector(".error").textContent = error; return; }
        const who = document.createElement("p");
        who.textContent = "Signed in as " + user;
        form.replaceWith(who);
      });
    </script>`,
  });

export default {
  odd: "fetch, a refusal with 401, and a success that never leaves the page",
  account: { user: "virtanen", password: "Sauna klo 18" },
  person: typed("#t", "#s", "button"),
  refuses,
  routes: scriptLogin(login, refuses),
} satisfies App;
