import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Λάθος όνομα χρήστη ή κωδικός";

const form = (message?: string, user = "") =>
  page({
    title: "Παραγγελίες",
    lang: "el",
    body: `<form action="/login" method="post"><h2>Σύνδεση</h2>${complaint(message)}
      <label for="o">Όνομα χρήστη</label><input id="o" name="o" value="${escapeHtml(user)}">
      <label for="k">Κωδικός</label><input id="k" name="k" type="password"><button>Σύνδεση</button></form>`,
  });

export default {
  odd: "after the login it comes back to the login once more, which then sends on",
  account: { user: "papadopoulos", password: "Ελιά-και-φέτα" },
  person: typed("#o", "#k", "button"),
  refuses,
  routes: {
    // A page that was kept from before: the form is there for a moment although somebody is in.
    "GET /login": (asked) =>
      html(form() + (asked.user ? "<script>setTimeout(() => location.replace('/home'), 400)</script>" : "")),
    "POST /login": (asked) => {
      const user = asked.form.get("o") ?? "";
      if (!asked.site.allows(user, asked.form.get("k"))) return html(form(refuses, user));
      asked.begin(user);
      return redirect("/login");
    },
  },
} satisfies App;
