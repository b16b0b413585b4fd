import { script } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { bundle } from "../bundle.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Sorry, wrong password";

const login = () =>
  page({ title: "Meal cards", era: "flat", body: `<div id="root"></div><script src="/app.js"></script>` });

export default {
  odd: "jQuery, with handlers that are delegated",
  account: { user: "jana", password: "Ready(function)" },
  person: typed("#user", "#password", "#go"),
  refuses,
  routes: {
    ...scriptLogin(login, refuses),
    "GET /app.js": async () => script(await bundle(new URL("client.js", import.meta.url))),
  },
} satisfies App;
