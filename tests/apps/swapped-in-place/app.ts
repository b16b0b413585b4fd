import { type App, typed } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Forkert brugernavn eller adgangskode";

const login = () =>
  page({
    title: "Lager",
    lang: "da",
    era: "flat",
    body: `<main id="app"></main><script>
      const app = document.getElementById("app");
      const views = {
        search: '<h1>Lager</h1><form><label for="q">Søg vare</label><input id="q" name="q"><button type="button" id="gaa">Log ind</button></form>',
        login: '<h1>Log ind</h1><p class="error"></p><form id="login"><label for="b">Brugernavn</label><input id="b" name="user"><label for="k">Adgangskode</label><input id="k" type="password" name="password"><button>Log ind</button></form>',
      };
      const show = (view) => { app.innerHTML = views[view]; };
      show("search");
      app.addEventListener("click", ({ target }) => { if (target.id === "gaa") show("login"); });
      app.addEventListener("submit", async (event) => {
        event.preventDefault();
        const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
        const answer = await fetch("/api/login", { method: "POST", headers: { "content-type": "application/json" }, body });
        const said = await answer.json();
        if (!answer.ok) { app.querySelector(".error").textContent = said.error; return; }
        history.pushState({}, "", "/start");
        app.innerHTML = "<h1>Lager</h1><p>Signed in as " + said.user + "</p>";
      });
    </script>`,
  });

export default {
  odd: "a click swaps a search form for the login in place, and the login for a greeting",
  account: { user: "mette", password: "Hylde-44-B" },
  person: [{ press: "#gaa" }, ...typed("#b", "#k", "#login button")],
  refuses,
  routes: scriptLogin(login, refuses),
} satisfies App;
