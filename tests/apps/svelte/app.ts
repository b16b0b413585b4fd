import { script } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { bundle } from "../bundle.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

import { svelte } from "./compile.ts";

const refuses = "No such account";

const login = () =>
  page({ title: "Shifts", era: "flat", body: `<div id="root"></div><script src="/app.js"></script>` });

export default {
  odd: "Svelte, with bound values",
  account: { user: "sven", password: "Runes-are-fun" },
  person: typed("#user", "#password", "button"),
  refuses,
  routes: {
    ...scriptLogin(login, refuses),
    "GET /app.js": async () => script(await bundle(new URL("client.js", import.meta.url), [svelte])),
  },
} satisfies App;
