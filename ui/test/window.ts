// The built window in a headless browser, under its own content security policy, with the scripted companion.

import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import type { World } from "./scripted-companion.ts";
import { TIME_ZONE } from "./worlds.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const CHROMIUM = process.env.CHROMIUM ?? "/usr/lib/chromium/chromium";
/** A sandbox cannot be made by root. */
const SANDBOX = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export interface Look {
  theme: "light" | "dark";
  language: "en" | "de";
}

export const LOOKS: Look[] = [
  { theme: "light", language: "en" },
  { theme: "dark", language: "en" },
  { theme: "light", language: "de" },
  { theme: "dark", language: "de" },
];

export class WindowBrowser {
  #browser: Browser;
  #server: Server;
  #companion: string;
  /** What the pages complained about. */
  readonly complaints: string[] = [];

  private constructor(browser: Browser, server: Server, companion: string) {
    this.#browser = browser;
    this.#server = server;
    this.#companion = companion;
  }

  static async start(): Promise<WindowBrowser> {
    const [server, companion, browser] = await Promise.all([
      serve(),
      bundleCompanion(),
      chromium.launch({
        executablePath: CHROMIUM,
        headless: false,
        args: [...SANDBOX, "--headless=new", "--hide-scrollbars"],
      }),
    ]);
    return new WindowBrowser(browser, server, companion);
  }

  /** A window of the size that it has when it is opened. `running` clocks are moved by the test. */
  async open(
    world: World,
    look: Look = LOOKS[0] as Look,
    clock: "fixed" | "running" = "fixed",
  ): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width: 1000, height: 700 },
      deviceScaleFactor: 1,
      colorScheme: look.theme,
      reducedMotion: "reduce",
      locale: look.language === "de" ? "de-DE" : "en-GB",
      timezoneId: TIME_ZONE,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    if (clock === "fixed") await page.clock.setFixedTime(world.now);
    else await page.clock.install({ time: world.now });
    await page.addInitScript(`window.world = ${JSON.stringify(world)};\n${this.#companion}`);
    await page.goto(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/index.html`);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

const TYPES: Record<string, string> = { html: "text/html", js: "text/javascript", css: "text/css" };

async function serve(): Promise<Server> {
  const policy = await readPolicy();
  const server = createServer(async (request, response) => {
    const file = (request.url ?? "").match(/^\/(index\.html|app\.js|app\.css)$/)?.[1];
    if (!file) {
      // A browser asks for an icon by itself.
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, {
      "content-type": `${TYPES[file.split(".")[1] ?? ""]}; charset=utf-8`,
      "content-security-policy": policy,
    });
    response.end(await readFile(here(`../dist/${file}`)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** The policy that the real window has. */
async function readPolicy(): Promise<string> {
  const config = JSON.parse(await readFile(here("../../src-tauri/tauri.conf.json"), "utf8"));
  const policy = config.app.security.csp as Record<string, string>;
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

async function bundleCompanion(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here("scripted-companion.ts")],
    bundle: true,
    format: "iife",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
