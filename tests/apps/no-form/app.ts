import { type App, typed } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Identifiant ou mot de passe incorrect";

const login = () =>
  page({
    title: "Espace fournisseurs",
    lang: "fr",
    body: `<div class="box"><h2>Connexion</h2><p class="error" id="erreur"></p>
      <label for="identifiant">Identifiant</label><input id="identifiant" autocapitalize="off">
      <label for="mdp">Mot de passe</label><input id="mdp" type="password">
      <button type="button" id="connexion">Se connecter</button></div>
    <script>
      const value = (id) => document.getElementById(id).value;
      document.getElementById("connexion").addEventListener("click", async () => {
        const answer = await fetch("/api/login", { method: "POST", headers: { "content-type": "application/json" },
          body: JSON.stringify({ user: value("identifiant"), password: value("mdp") }) });
        const { error } = await answer.json();
        if (answer.ok) location.href = "/home";
        else document.getElementById("erreur").textContent = error;
      });
    </script>`,
  });

export default {
  odd: "inputs outside any form, sent by fetch",
  account: { user: "claire.dubois", password: "Fournisseur#77" },
  person: typed("#identifiant", "#mdp", "#connexion"),
  refuses,
  routes: scriptLogin(login, refuses),
} satisfies App;
