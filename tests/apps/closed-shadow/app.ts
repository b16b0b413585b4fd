import type { App } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Sign-in failed";

const login = () =>
  page({
    title: "Vault room",
    era: "flat",
    head: "<style>sealed-login { display: block; }</style>",
    body: `<sealed-login></sealed-login><script>
      customElements.define("sealed-login", class extends HTMLElement {
        connectedCallback() {
          const root = this.attachShadow({ mode: "closed" });
          root.innerHTML = '<form><label>User name <input name="user" autocomplete="username"></label>' +
            '<p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p><button>Sign in</button></form>';
          root.querySelector("form").addEventListener("submit", async (event) => {
            event.preventDefault();
            const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
            const answer = await fetch("/api/login", { method: "POST", headers: { "content-type": "application/json" }, body });
            if (answer.ok) return location.assign("/home");
            document.querySelector("#error").textContent = (await answer.json()).error;
          });
        }
      });
    </script><p id="error" class="error"></p>`,
  });

export default {
  odd: "the form is in a closed shadow root",
  account: { user: "keeper", password: "Closed but not gone" },
  person: [{ key: "Tab" }, { type: "user" }, { key: "Tab" }, { type: "password" }, { key: "Enter" }],
  refuses,
  routes: scriptLogin(login, refuses),
} satisfies App;
