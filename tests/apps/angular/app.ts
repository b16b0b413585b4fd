import { script } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { bundle } from "../bundle.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Login refused";

const login = () =>
  page({ title: "Assets", era: "flat", body: `<div id="root"></div><script src="/app.js"></script>` });

export default {
  odd: "Angular, with a reactive form, compiled in the page",
  account: { user: "angela", password: "Zone-less 22" },
  person: typed("#user", "#password", "button"),
  refuses,
  routes: {
    ...scriptLogin(login, refuses),
    "GET /app.js": async () => script(await bundle(new URL("client.js", import.meta.url))),
  },
} satisfies App;
