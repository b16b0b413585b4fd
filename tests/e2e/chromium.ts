// The person's browser: Debian's Chromium with its ordinary profile, so that the native messaging host that
// `lanyard browsers install` put there is found, and with the extension as it was built.

import { createHash } from "node:crypto";
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page, type Worker } from "playwright-core";
import { within } from "./process.ts";
import { config, home, logs, stage } from "./stage.ts";

const CHROMIUM = "/usr/lib/chromium/chromium";
const PROFILE = join(config, "chromium");
const EXTENSION = join(stage, "extension/chromium");
const SANDBOX = process.env.LANYARD_E2E_NO_SANDBOX !== "1";
/** Nothing leaves the machine. */
const RESOLVER = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";

/** How long it took from the form in the page to the password in it, as the page itself saw it. */
export interface FillTime {
  url: string;
  milliseconds: number;
}

export class Browser {
  readonly context: BrowserContext;
  readonly fills: FillTime[] = [];

  private constructor(context: BrowserContext) {
    this.context = context;
  }

  static async start(): Promise<Browser> {
    prepareProfile();
    const context = await chromium.launchPersistentContext(PROFILE, {
      executablePath: CHROMIUM,
      headless: false,
      viewport: null,
      timeout: 30_000,
      chromiumSandbox: SANDBOX,
      ignoreDefaultArgs: ["--disable-extensions"],
      args: [`--disable-extensions-except=${EXTENSION}`, `--load-extension=${EXTENSION}`, RESOLVER],
    });
    const browser = new Browser(context);
    keepConsole(context);
    await context.exposeBinding("lanyardTestFilled", ({ page }, milliseconds: number) => {
      browser.fills.push({ url: page.url(), milliseconds });
    });
    await context.addInitScript(watchForms);
    return browser;
  }

  /** Waits for a page at an address, in whatever tab or window. */
  async pageAt(begins: string, timeout = 10_000): Promise<Page> {
    const leave = new AbortController();
    const found = new Promise<Page>((resolve) => {
      const look = (page: Page) => page.url().startsWith(begins) && resolve(page);
      const follow = (page: Page) => {
        const navigated = () => look(page);
        page.on("framenavigated", navigated);
        leave.signal.addEventListener("abort", () => page.off("framenavigated", navigated));
        look(page);
      };
      this.context.on("page", follow);
      leave.signal.addEventListener("abort", () => this.context.off("page", follow));
      for (const page of this.context.pages()) follow(page);
    });
    try {
      return await within(timeout, `a page at ${begins}`, found);
    } catch (error) {
      throw new Error(`${(error as Error).message}; open are: ${this.addresses()}`);
    } finally {
      leave.abort();
    }
  }

  /** A page of the extension in a tab of its own. */
  async openOwn(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(own(path));
    return page;
  }

  /** The popup, as the toolbar shows it above this page. */
  async popupAbove(page: Page): Promise<Page> {
    const helper = await this.openOwn("popup.html");
    const tab = await helper.evaluate(async (url) => {
      const api = (
        globalThis as unknown as {
          chrome: { tabs: { query(q: object): Promise<{ id: number; url?: string }[]> } };
        }
      ).chrome;
      const tabs = await api.tabs.query({});
      return tabs.find((tab) => tab.url === url)?.id;
    }, page.url());
    await helper.goto(own(`popup.html?tab=${tab}`));
    return helper;
  }

  addresses(): string {
    return this.context
      .pages()
      .map((page) => page.url())
      .join(", ");
  }

  async end(): Promise<void> {
    await this.context.close();
  }
}

/** The address of a page of the extension. */
export function own(path: string): string {
  return `chrome-extension://${extensionId()}/${path}`;
}

/** As Chromium makes it from the key in the manifest: 32 hexadecimal digits of its hash, written with a to p. */
export function extensionId(): string {
  const { key } = JSON.parse(readFileSync(join(EXTENSION, "manifest.json"), "utf8")) as { key: string };
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  return [...digest].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join("");
}

/** Makes this browser the one that the desktop opens pages in. Returns the variables to start programs with. */
export function makeDefault(): Record<string, string> {
  const bin = join(home, "bin");
  mkdirSync(bin, { recursive: true });
  const open = join(bin, "open-in-chromium");
  // A second start hands the address to the browser that runs on the same profile.
  const sandbox = SANDBOX ? "" : "--no-sandbox ";
  writeFileSync(
    open,
    `#!/bin/sh\nexec ${CHROMIUM} ${sandbox}--user-data-dir=${PROFILE} "$1" >/dev/null 2>&1\n`,
  );
  chmodSync(open, 0o755);
  const applications = join(process.env.XDG_DATA_HOME ?? join(home, ".local/share"), "applications");
  mkdirSync(applications, { recursive: true });
  writeFileSync(
    join(applications, "open-in-chromium.desktop"),
    `[Desktop Entry]\nType=Application\nName=Chromium\nExec=${open} %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\n`,
  );
  mkdirSync(config, { recursive: true });
  const handlers = ["http", "https"].map((scheme) => `x-scheme-handler/${scheme}=open-in-chromium.desktop\n`);
  writeFileSync(join(config, "mimeapps.list"), `[Default Applications]\n${handlers.join("")}`);
  return { BROWSER: open };
}

/** Chromium's own question whether to save a password is off, as where Lanyard is rolled out. */
function prepareProfile(): void {
  const preferences = join(PROFILE, "Default/Preferences");
  if (existsSync(preferences)) return;
  mkdirSync(join(PROFILE, "Default"), { recursive: true });
  const chosen = {
    credentials_enable_service: false,
    profile: { password_manager_enabled: false },
    browser: { window_placement: { left: 20, top: 10, right: 1020, bottom: 710, maximized: false } },
  };
  writeFileSync(preferences, JSON.stringify(chosen));
}

/** What pages and the extension's worker complain about goes to a file. */
function keepConsole(context: BrowserContext): void {
  const log = join(logs, "chromium.log");
  const keep = (where: string, words: string) => appendFileSync(log, `${where}: ${words}\n`);
  context.on("console", (message) => keep(message.page()?.url() ?? "page", message.text()));
  context.on("weberror", (error) => keep(error.page()?.url() ?? "page", error.error().message));
  const follow = (worker: Worker) => worker.on("console", (message) => keep("worker", message.text()));
  context.serviceWorkers().forEach(follow);
  context.on("serviceworker", follow);
}

/** Runs in every page: from the password field's coming to the value in it. */
function watchForms(): void {
  if (!location.protocol.startsWith("http")) return;
  let formAt: number | undefined;
  const look = () => {
    if (formAt !== undefined || !document.querySelector("input[type=password]")) return;
    formAt = performance.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener(
    "input",
    (event) => {
      const field = event.target as HTMLInputElement;
      if (field.type !== "password" || formAt === undefined) return;
      const report = (globalThis as unknown as { lanyardTestFilled(milliseconds: number): void })
        .lanyardTestFilled;
      report(performance.now() - formAt);
    },
    true,
  );
}
