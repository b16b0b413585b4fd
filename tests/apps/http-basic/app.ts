import { html } from "../answer.ts";
import type { App } from "../app.ts";

const refuses = "401 Authorization Required";

export default {
  odd: "HTTP Basic: the browser asks, not a page",
  account: { user: "nagios", password: "check:all the hosts" },
  login: "/status",
  person: [],
  prompt: true,
  refuses,
  routes: {
    "GET /status": ({ headers, site }) => {
      const given = /^Basic (.+)$/.exec(headers.authorization ?? "")?.[1];
      if (!given) return asks();
      const [user, password] = Buffer.from(given, "base64").toString().split(/:(.*)/s);
      if (!site.allows(user ?? null, password ?? null)) return asks();
      return html(`<h1>Status</h1><p>Signed in as ${user}</p>`);
    },
  },
} satisfies App;

function asks() {
  return html(`<h1>${refuses}</h1>`, 401, {
    "www-authenticate": 'Basic realm="Monitoring", charset="UTF-8"',
  });
}
