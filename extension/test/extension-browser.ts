// Chromium with the built extension, a scripted companion behind its native messaging host, and a few legacy pages.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import type { Options } from "./both.ts";
import { install_host } from "./install-host.ts";
import { type LegacyApp, start_legacy_app } from "./legacy-app.ts";
import { ScriptedCompanion } from "./scripted-companion.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const EXTENSION = here("../dist/chromium");
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/lib/chromium/chromium";
/** A sandbox cannot be made by root. */
export const SANDBOX = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export type ExtensionBrowser = {
  context: BrowserContext;
  companion: ScriptedCompanion;
  app: LegacyApp;
  id: string;
  /** Runs something with the extension's own rights, without waking its background worker. */
  run<Argument, Result>(what: (argument: Argument) => Promise<Result>, argument: Argument): Promise<Result>;
  /** A page of the extension, opened in a tab. */
  open(path: string): Promise<Page>;
  /** The browser's number for a tab with a page. */
  tab_of(page: Page): Promise<number>;
  /** Closes what a test opened. */
  tidy(): Promise<void>;
  /** As the browser does when it wants its memory back. The worker's port, and so its host, end with it. */
  end_worker(): Promise<void>;
  close(): Promise<void>;
};

export async function start_extension_browser(options: Options = {}): Promise<ExtensionBrowser> {
  const folder = await mkdtemp(join(tmpdir(), "lanyard-extension-"));
  const profile = join(folder, "profile");
  const id = (await readFile(here("../chromium-id.txt"), "utf8")).trim();
  const companion = new ScriptedCompanion(join(folder, "companion.sock"), `chrome-extension://${id}/`);
  await companion.start();
  const app = await start_legacy_app();
  const allowed = options.host === "forbidden" ? "a".repeat(32) : id;
  if (options.host !== "missing")
    await install_host(folder, join(profile, "NativeMessagingHosts"), {
      allowed_origins: [`chrome-extension://${allowed}/`],
    });
  if (options.unwritable) {
    // A file where the browser keeps what extensions store: it can make no folder there.
    await mkdir(join(profile, "Default"), { recursive: true });
    await writeFile(join(profile, "Default/Local Extension Settings"), "");
  }
  const built = options.extension ?? EXTENSION;
  const extension = options.language ? await speaking_only(options.language, folder) : built;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: false,
    args: [
      ...SANDBOX,
      "--headless=new",
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  const [inert = await context.newPage()] = context.pages();
  await inert.goto(`chrome-extension://${id}/manifest.json`);
  const open = async (path: string) => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${id}/${path}`);
    return page;
  };
  if (!options.host || options.host === "scripted") await pair(context);
  return {
    context,
    companion,
    app,
    id,
    run: (what, argument) => inert.evaluate(what as never, argument),
    open,
    tab_of: (page) => inert.evaluate(find_tab, page.url()),
    tidy: () => inert.evaluate(close_tabs, inert.url()),
    async end_worker() {
      const { ends } = companion;
      const session = await context.newCDPSession(inert);
      await session.send("ServiceWorker.enable");
      await session.send("ServiceWorker.stopAllWorkers");
      await companion.until(() => companion.ends > ends, "the worker's end");
      await session.detach();
    },
    async close() {
      await context.close();
      companion.stop();
      app.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** As a person does who sees the same code in both windows. */
async function pair(context: BrowserContext): Promise<void> {
  const is_pairing = (page: Page) => page.url().endsWith("/pair.html");
  const page = context.pages().find(is_pairing) ?? (await context.waitForEvent("page", is_pairing));
  await page.locator("button.primary").click();
  if (!page.isClosed()) await page.waitForEvent("close");
}

/** A copy of the extension that knows one language, so that a browser of any other speaks it too. */
async function speaking_only(language: string, folder: string): Promise<string> {
  const copy = join(folder, "extension");
  await cp(EXTENSION, copy, { recursive: true });
  await rm(join(copy, "_locales"), { recursive: true });
  await cp(join(EXTENSION, "_locales", language), join(copy, "_locales", language), { recursive: true });
  const manifest = JSON.parse(await readFile(join(EXTENSION, "manifest.json"), "utf8"));
  await writeFile(join(copy, "manifest.json"), JSON.stringify({ ...manifest, default_locale: language }));
  return copy;
}

async function find_tab(url: string): Promise<number> {
  return (await chrome.tabs.query({})).findLast((tab) => tab.url === url)?.id ?? -1;
}

/**
 * Closes every tab but the one at `own`, in which it runs. The browser's debugger, asked to close a
 * tab that goes to another page just then, may never do so.
 */
async function close_tabs(own: string): Promise<void> {
  for (;;) {
    const others = (await chrome.tabs.query({})).filter(({ url }) => url !== own);
    if (others.length === 0) return;
    // One that has gone meanwhile cannot be closed.
    for (const { id } of others) await chrome.tabs.remove(id as number).catch(() => undefined);
  }
}
