import { script } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { bundle } from "../bundle.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Wrong user name or password";

const login = () =>
  page({ title: "Rota", era: "flat", body: `<div id="root"></div><script src="/app.js"></script>` });

export default {
  odd: "React, with inputs that it controls",
  account: { user: "rhea", password: "Virtual#DOM-1" },
  person: typed("#user", "#password", "button"),
  refuses,
  routes: {
    ...scriptLogin(login, refuses),
    "GET /app.js": async () => script(await bundle(new URL("client.jsx", import.meta.url))),
  },
} satisfies App;
