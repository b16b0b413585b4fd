// Legacy login pages, served as they were written long ago. `alice` with `correct horse` is let in.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answer_outcome, OUTCOME_PAGES } from "./outcome-pages.ts";
import { body_of } from "./page-server.ts";
import { answer_challenge, answer_step, STEP_PAGES } from "./step-pages.ts";

export type LegacyApp = { origin: string; other_origin: string; logins: string[]; close(): void };

const FIELDS = `<p>User name <input name="user"></p><p>Password <input type="password" name="pass"></p>`;
const FORM = `<form method="post" action="/login">${FIELDS}<input type="submit" value="Log in"></form>`;

/** Pages by path. */
const PAGES: Record<string, string> = {
  "/": FORM,
  "/timed": `${FORM}<script>there = performance.now();
    document.querySelector("[name=pass]").addEventListener("input", () => { filled = performance.now() })</script>`,
  "/plain": "<h1>Cafeteria</h1><input name=search>",
  "/late": `<div id="here"></div><script>setTimeout(() => { here.innerHTML = \`${FORM}\` }, 300)</script>`,
  "/formless": `<div>${FIELDS}<button onclick="login()">Log in</button></div><script>
    function login() { fetch("/login", { method: "POST", body: new URLSearchParams({ user: document.querySelector("[name=user]").value, pass: document.querySelector("[name=pass]").value }) })
      .then((answer) => { location.href = answer.ok ? "/home" : "/formless"; }) }</script>`,
  "/sign-up": `<form method="post" action="/register"><input name="user"><input type="password" name="pass" autocomplete="new-password"><button>Register</button></form>`,
  "/two-passwords": `<form method="post" action="/account"><input name="user"><input type="password" name="a"><input type="password" name="b"><button>Go</button></form>`,
  "/frame": `<iframe src="/" width="400" height="300"></iframe>`,
  "/foreign-frame": `<iframe src="OTHER/" width="400" height="300"></iframe>`,
  "/framing": `<iframe src="OTHER" width="400" height="300"></iframe>`,
  "/foreign-frame-first": `<iframe src="OTHER/" width="400" height="300"></iframe><iframe src="/" width="400" height="300"></iframe>`,
  "/home": "<h1>Welcome alice</h1>",
  ...OUTCOME_PAGES,
  ...STEP_PAGES,
};

export async function start_legacy_app(): Promise<LegacyApp> {
  const logins: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const say = (status: number, body: string, headers: Record<string, string> = {}) => {
      response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
      response.end(`<!doctype html><title>Payroll 2004</title>${body}`);
    };
    if (request.method === "POST") {
      const typed = new URLSearchParams(await body_of(request));
      const [user, pass] = [typed.get("user"), typed.get("pass")];
      logins.push(`${user}:${pass}`);
      const answer = answer_outcome(url.pathname, typed) ?? answer_step(url.pathname, typed);
      if (answer) return say(answer.status, answer.body, answer.headers);
      if (user === "alice" && pass === "correct horse") return say(303, "", { location: "/home" });
      if (user === "error") return say(500, "<h1>Something went wrong</h1>");
      return say(200, `<p>Wrong user name or password</p>${FORM}`);
    }
    const challenge = answer_challenge(request, url.pathname);
    if (challenge) return say(challenge.status, challenge.body, challenge.headers);
    if (url.pathname === "/o/hop") return say(302, "", { location: "/home" });
    const page = PAGES[url.pathname];
    if (page === undefined) return say(404, "<h1>Not found</h1>");
    say(200, page.replace("OTHER", url.searchParams.get("other") ?? ""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    other_origin: `http://127.0.0.1:${port}`,
    logins,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
