import { script } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { bundle } from "../bundle.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "These are not right";

const login = () =>
  page({ title: "Vacation", era: "flat", body: `<div id="root"></div><script src="/app.js"></script>` });

export default {
  odd: "Vue, with a model behind each input",
  account: { user: "vivian", password: "Two-way+binding" },
  person: typed("#user", "#password", "button"),
  refuses,
  routes: {
    ...scriptLogin(login, refuses),
    "GET /app.js": async () => script(await bundle(new URL("client.js", import.meta.url))),
  },
} satisfies App;
