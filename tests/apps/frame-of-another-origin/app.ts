import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Anmeldung fehlgeschlagen";

const widget = (message?: string, user = "") =>
  page({
    title: "Login",
    lang: "de",
    body: `<form action="/sso" method="post">${complaint(message)}
      <label for="u">Personalnummer</label><input id="u" name="u" value="${escapeHtml(user)}">
      <label for="p">Passwort</label><input id="p" type="password" name="p"><button>Anmelden</button></form>`,
  });

export default {
  odd: "the login is in a frame of another origin",
  account: { user: "P-20417", password: "Kantine+Kaffee" },
  person: typed("#u", "#p", "button", "/sso"),
  refuses,
  organisation: { template: "frame", frame: "/sso" },
  routes: {
    "GET /login": (asked) =>
      asked.user
        ? redirect("/home")
        : html(
            page({
              title: "Kantine",
              lang: "de",
              body: `<h1>Kantine</h1><iframe src="${asked.site.elsewhere}/sso" width="480" height="360" frameborder="0"></iframe>
              <script>addEventListener("message", ({ origin }) => {
                if (origin === "${asked.site.elsewhere}") location.href = "/home";
              });</script>`,
            }),
          ),
    "GET /sso": () => html(widget()),
    "POST /sso": (asked) => {
      const user = asked.form.get("u") ?? "";
      if (!asked.site.allows(user, asked.form.get("p"))) return html(widget(refuses, user));
      asked.begin(user);
      // A frame that nobody has clicked in may not send the page on; it may ask the page to go.
      return html(`<script>parent.postMessage("in", "${asked.site.origin}")</script>`);
    },
  },
} satisfies App;
