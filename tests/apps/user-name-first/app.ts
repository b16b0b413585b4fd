import { json } from "../answer.ts";
import type { App } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "That password is not right.";

const login = () =>
  page({
    title: "Sign in - Northwind",
    era: "flat",
    body: `<form novalidate><h1>Sign in</h1><p class="error"></p>
      <div id="one"><label for="id">E-mail or user name</label><input id="id" name="user" autocomplete="username"></div>
      <div id="two" hidden><p id="who"></p><label for="pw">Password</label><input id="pw" name="password" type="password"></div>
      <button id="go">Next</button></form>
    <script>
      const at = (id) => document.getElementById(id);
      const post = (path, value) => fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) });
      document.forms[0].addEventListener("submit", async (event) => {
        event.preventDefault();
        const user = at("id").value;
        if (at("two").hidden) {
          const { known } = await (await post("/api/known", { user })).json();
          if (!known) { document.querySelector(".error").textContent = "We do not know this name."; return; }
          at("one").hidden = true; at("two").hidden = false; at("who").textContent = user; at("go").textContent = "Sign in"; at("pw").focus();
          return;
        }
        const answer = await post("/api/login", { user, password: at("pw").value });
        if (answer.ok) location.href = "/home";
        else document.querySelector(".error").textContent = (await answer.json()).error;
      });
    </script>`,
  });

export default {
  odd: "the user name first; the password takes its place in the same page",
  account: { user: "nora@northwind.example", password: "Chai & Chang" },
  person: [
    { into: "#id", type: "user" },
    { press: "#go" },
    { into: "#pw", type: "password" },
    { press: "#go" },
  ],
  refuses,
  routes: {
    ...scriptLogin(login, refuses),
    "POST /api/known": ({ form, site }) => json({ known: form.get("user") === site.app.account.user }),
  },
} satisfies App;
