import { type App, typed } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Invalid credentials.";

const login = () =>
  page({
    title: "Device console",
    era: "flat",
    head: "<style>console-app { display: block; }</style>",
    body: `<console-app></console-app><script>
      class ConsoleField extends HTMLElement {
        connectedCallback() {
          const root = this.attachShadow({ mode: "open" });
          root.innerHTML = '<style>:host { display: block }</style><label for="native"></label><div><input id="native"></div>';
          root.querySelector("label").textContent = this.getAttribute("label");
          Object.assign(root.querySelector("input"), { type: this.getAttribute("type") ?? "text", name: this.getAttribute("name") });
        }
        get value() { return this.shadowRoot.querySelector("input").value; }
      }
      class ConsoleLogin extends HTMLElement {
        connectedCallback() {
          const root = this.attachShadow({ mode: "open" });
          root.innerHTML = '<style>:host { display: block }</style><form><h2>Device console</h2><p id="error"></p><console-field label="User ID" name="uid"></console-field>' +
            '<console-field label="Password" type="password" name="pwd"></console-field><p><button type="submit">Sign in</button></p></form>';
          root.querySelector("form").addEventListener("submit", async (event) => {
            event.preventDefault();
            const [user, password] = [...root.querySelectorAll("console-field")].map(({ value }) => value);
            const answer = await fetch("/api/login", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ user, password }) });
            const said = await answer.json();
            if (!answer.ok) root.querySelector("#error").textContent = said.error;
            else root.innerHTML = "<h2>Signed in as " + said.user + "</h2>";
          });
        }
      }
      class ConsoleApp extends HTMLElement {
        connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<console-login></console-login>"; }
      }
      customElements.define("console-field", ConsoleField);
      customElements.define("console-login", ConsoleLogin);
      customElements.define("console-app", ConsoleApp);
    </script>`,
  });

export default {
  odd: "each field in an open shadow root, three deep, and a form that swaps itself for a greeting",
  account: { user: "operator7", password: "switch-rack-7" },
  person: typed("input[name=uid]", "input[name=pwd]", "button[type=submit]"),
  refuses,
  routes: scriptLogin(login, refuses),
} satisfies App;
