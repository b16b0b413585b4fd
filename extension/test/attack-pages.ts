// The pages of attacks/, which want a click on the icon that nobody meant, and of attacks/honest/, which want nothing.

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const FOLDER = new URL("attacks/", import.meta.url);

const FORM = `<form method="post" action="/login"><p>User name <input name="user"></p><p>Password <input type="password" name="pass"></p><input type="submit" value="Log in"></form>`;

const OVERLAY = `<div id="over" popover="manual">Win a prize</div>
<style>#over { position: fixed; inset: 0; width: 100vw; height: 100vh; margin: 0; border: 0; background: #fff; pointer-events: none; }</style>`;

/** In every page: a page finds the icon's host as easily as this. */
const ICON = `<script>function icon() { return document.querySelector("[popover=manual][aria-hidden]"); }</script>`;

export const ATTACKS = names_in("");
export const HONEST = names_in("honest/");

export type AttackPages = {
  origin: string;
  /** The same server, as another site. */
  other_origin: string;
  close(): void;
};

export async function start_attack_pages(): Promise<AttackPages> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const strict = pathname === "/honest/strict";
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      ...(strict && { "content-security-policy": "default-src 'none'; script-src 'unsafe-inline'" }),
    });
    const body = pathname === "/login" ? "FORM" : read(pathname);
    const filled = body
      .replaceAll("FORM", FORM)
      .replace("OVERLAY", OVERLAY)
      .replace("LOGIN", `http://localhost:${port}/login`);
    response.end(`<!doctype html><title>Payroll 2004</title>${ICON}${filled}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    other_origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function read(pathname: string): string {
  try {
    return readFileSync(new URL(`.${pathname}.html`, FOLDER), "utf8");
  } catch {
    return "";
  }
}

function names_in(folder: string): string[] {
  return readdirSync(new URL(folder || ".", FOLDER))
    .filter((name) => name.endsWith(".html"))
    .map((name) => name.slice(0, -".html".length));
}
