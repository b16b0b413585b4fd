import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Wrong customer number or password.";

const form = (message?: string, user = "") =>
  page({
    title: "Trade Bank",
    body: `<form action="/login" method="post" autocomplete="off"><h2>Trade Bank</h2>${complaint(message)}
      <label for="c">Customer number</label><input id="c" name="c" autocomplete="off" value="${escapeHtml(user)}">
      <label for="p">Password</label><input id="p" name="p" type="password" autocomplete="off" readonly>
      <button>Continue</button></form>
    <script>
      const refuse = (event) => event.preventDefault();
      for (const kind of ["paste", "drop", "copy", "contextmenu"]) document.addEventListener(kind, refuse, true);
      document.addEventListener("beforeinput", (event) => { if (/Paste|Replacement/.test(event.inputType)) event.preventDefault(); }, true);
      const p = document.getElementById("p");
      p.addEventListener("focus", () => p.removeAttribute("readonly"));
      p.addEventListener("blur", () => p.setAttribute("readonly", ""));
    </script>`,
  });

export default {
  odd: "refuses what is pasted, and its password is read-only until it has the focus",
  account: { user: "88120043", password: "Letter-of-Credit" },
  person: typed("#c", "#p", "button"),
  refuses,
  routes: formLogin({ form, user: "c", password: "p", refuses }),
} satisfies App;
