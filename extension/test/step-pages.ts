// Logins over several steps, logins that the browser itself asks for, and forms that lead elsewhere. `alice` with
// `correct horse` and the code 123456 is let in.

import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

type Answer = { status: number; body: string; headers?: Record<string, string> };

const USER = `<p><label>User name <input name="user" autocomplete="username"></label></p>`;
const PASS = `<p><label>Password <input type="password" name="pass" autocomplete="current-password"></label></p>`;
const CODE = `<p><label>One-time code <input name="code" autocomplete="one-time-code" inputmode="numeric"></label></p>`;
const BOX = `<input class="box" inputmode="numeric" maxlength="1" size="1">`;
const form = (action: string, fields: string, send: string) =>
  `<h1>Sign in</h1><form method="post" action="${action}">${fields}<button type="submit">${send}</button></form>`;

/** By path, below /s/. `OTHER` is another origin. */
export const STEP_PAGES: Record<string, string> = {
  "/s/user": form("/s/user", USER, "Next"),
  "/s/password": form("/s/password", PASS, "Log in"),
  "/s/login": form("/s/login", USER + PASS, "Log in"),
  "/s/code": form("/s/code", CODE, "Verify"),
  "/s/boxes": `<h1>Enter the code from your app</h1><form method="post" action="/s/code">${BOX.repeat(6)}<input type="hidden" name="code">
    <button type="submit">Verify</button></form><script>
    const boxes = [...document.querySelectorAll(".box")];
    for (const box of boxes) box.addEventListener("input", () => box.nextElementSibling?.focus());
    document.querySelector("form").addEventListener("submit", ({ target }) => { target.code.value = boxes.map(({ value }) => value).join("") })</script>`,
  "/s/then-boxes": form("/s/then-boxes", USER + PASS, "Log in"),
  "/s/in-place": `<h1>Sign in</h1><div id="box">${USER}<button type="button">Next</button></div><script>
    box.querySelector("button").onclick = () => {
      const { value } = box.querySelector("input");
      box.innerHTML = \`${form("/s/password", PASS, "Log in")}\`;
      box.querySelector("form").insertAdjacentHTML("afterbegin", '<input type="hidden" name="user">');
      box.querySelector("[name=user]").value = value };</script>`,
  "/s/tenant": form(
    "/s/tenant",
    `<p><label>Company <select name="tenant"><option value="">Choose</option><option value="n">North</option><option value="s">South</option></select></label></p>${USER}${PASS}`,
    "Log in",
  ),
  "/s/away": form("OTHER/s/login", USER + PASS, "Log in"),
  "/s/framed": `<h1>Portal</h1><iframe src="OTHER/s/login" width="400" height="300"></iframe>`,
  "/s/frameset": `<frameset cols="30%,*"><frame src="/plain"><frame src="/s/login"></frameset>`,
  "/s/redraws": `<div id="box">${form("/s/anew", USER + PASS, "Log in")}</div><script>
    const draw = () => { box.innerHTML = box.innerHTML; };
    box.querySelector("[name=user]").addEventListener("input", draw, { once: true })</script>`,
  "/s/heard": `${form("/s/login", USER + PASS, "Log in")}<script>
    heard = []; for (const name of ["focus", "blur"])
      document.querySelector("[name=pass]").addEventListener(name, ({ type }) => heard.push(type))</script>`,
  "/s/script-link": `<h1>Sign in</h1><form id="sent" method="post" action="/s/anew">${USER}${PASS}</form>
    <a href="javascript:send()" id="login-button">Log in</a><script>function send() { sent.submit() }</script>`,
  "/s/out": `<h1>Welcome alice</h1><a href="/s/login">Sign out</a>`,
};

export function answer_step(path: string, typed: URLSearchParams): Answer | null {
  const [user, pass, code] = [typed.get("user"), typed.get("pass"), typed.get("code")];
  const is_right = user === "alice" && pass === "correct horse";
  const again = (page: string): Answer => ({
    status: 200,
    body: `<p>That was not right</p>${STEP_PAGES[page]}`,
  });
  const on = (location: string): Answer => ({ status: 303, body: "", headers: { location } });
  if (path === "/s/user") return user === "alice" ? on("/s/password") : again("/s/user");
  if (path === "/s/password") return pass === "correct horse" ? on("/home") : again("/s/password");
  if (path === "/s/login") return is_right ? on("/s/code") : again("/s/login");
  if (path === "/s/then-boxes") return is_right ? on("/s/boxes") : again("/s/then-boxes");
  if (path === "/s/anew") return is_right ? on("/home") : again("/s/login");
  if (path === "/s/tenant") return is_right && typed.get("tenant") === "s" ? on("/home") : again("/s/tenant");
  if (path === "/s/code") return code === "123456" ? on("/home") : again("/s/code");
  return null;
}

const REALM = "Intranet";

/** Pages that the browser asks a sign-in for, by path: /s/basic and /s/digest. */
export function answer_challenge(request: IncomingMessage, path: string): Answer | null {
  const given = request.headers.authorization ?? "";
  const asks = (challenge: string): Answer => ({
    status: 401,
    body: "<h1>Sign in first</h1>",
    headers: { "www-authenticate": challenge },
  });
  const welcome: Answer = { status: 200, body: "<h1>Welcome alice</h1>" };
  if (path === "/s/basic") {
    const right = `Basic ${Buffer.from("alice:correct horse").toString("base64")}`;
    return given === right ? welcome : asks(`Basic realm="${REALM}", charset="UTF-8"`);
  }
  if (path === "/s/digest") {
    const right = is_digest_of_alice(given, request.method ?? "");
    return right ? welcome : asks(`Digest realm="${REALM}", qop="auth", nonce="n1", algorithm=MD5`);
  }
  return null;
}

/** RFC 7616, section 3.4.1, with the algorithm that every browser has. */
function is_digest_of_alice(given: string, method: string): boolean {
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const said = new Map(
    [...given.matchAll(/(\w+)="?([^",]+)"?/g)].map(([, key = "", value = ""]) => [key, value]),
  );
  const [uri, nonce, nc, cnonce, qop] = ["uri", "nonce", "nc", "cnonce", "qop"].map((key) => said.get(key));
  const secret = md5(`alice:${REALM}:correct horse`);
  return said.get("response") === md5(`${secret}:${nonce}:${nc}:${cnonce}:${qop}:${md5(`${method}:${uri}`)}`);
}
