import { createHash, randomBytes } from "node:crypto";
import { html } from "../answer.ts";
import type { App } from "../app.ts";
import type { Site } from "../site.ts";

const refuses = "401 Unauthorized";
const REALM = "Camera 3";
const nonces = new Set<string>();

export default {
  odd: "HTTP Digest (RFC 7616), with MD5 as such devices have it",
  account: { user: "viewer", password: "Porch-Light" },
  login: "/view",
  person: [],
  prompt: true,
  refuses,
  routes: {
    "GET /view": ({ headers, site }) => {
      const given = headers.authorization;
      if (!given?.startsWith("Digest ")) return asks();
      const { username = "", ok } = check(given, site);
      if (!site.allows(username, ok ? site.password : null)) return asks();
      return html(`<h1>Camera 3</h1><p>Signed in as ${username}</p>`);
    },
  },
} satisfies App;

function check(header: string, site: Site): { username?: string; ok: boolean } {
  const found = header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g);
  const given = Object.fromEntries(
    [...found].map(([, name, quoted, bare]) => [name, quoted ?? bare]),
  ) as Record<string, string | undefined>;
  const { username, nonce = "", uri, nc, cnonce, qop, response } = given;
  if (username === undefined || !nonces.has(nonce)) return { ok: false };
  const secret = md5(`${username}:${REALM}:${site.password}`);
  const right = md5(`${secret}:${nonce}:${nc}:${cnonce}:${qop}:${md5(`GET:${uri}`)}`);
  return { username, ok: response === right };
}

function asks() {
  const nonce = randomBytes(12).toString("hex");
  nonces.add(nonce);
  return html(`<h1>${refuses}</h1>`, 401, {
    "www-authenticate": `Digest realm="${REALM}", qop="auth", nonce="${nonce}", algorithm=MD5`,
  });
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
