// One way to drive Chromium and Firefox, for the scenarios that have to hold in both.

import { generateKeyPairSync } from "node:crypto";
import { after, afterEach, before, beforeEach } from "node:test";
import type { Page } from "playwright-core";
import type { Launch } from "../../crates/protocol/bindings/browser.ts";
import { type ExtensionBrowser, start_extension_browser } from "./extension-browser.ts";
import { start_firefox } from "./firefox.ts";
import type { LegacyApp } from "./legacy-app.ts";
import { READY, type ScriptedCompanion } from "./scripted-companion.ts";

/** What is on every security key from the start. */
export const HELD = {
  id: "aGVsZA",
  rp: "localhost",
  private_key: generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ format: "der", type: "pkcs8" })
    .toString("base64url"),
};

export type NamedKey = "Enter" | "Escape" | "ArrowDown";

/** A tab or a window of the browser. */
export type Shown = {
  /** Waits until a text is there to be seen. */
  see(text: string): Promise<void>;
  /** Presses the button of this name. */
  press(button: string): Promise<void>;
  /** Presses a key where the focus is, or those of a word. */
  key(key: NamedKey | Lowercase<string>): Promise<void>;
  /** Runs the body of an async function in the page. */
  run<Result>(body: string): Promise<Result>;
  /** Types into a field as a person does. */
  type(selector: string, text: string): Promise<void>;
  click(selector: string): Promise<void>;
  /** A security key in software: it is touched at once, and checks who does so. `HELD` is on it. */
  plug_in_key(): Promise<void>;
  /** Whether it is gone. */
  gone(): Promise<boolean>;
  value(selector: string): Promise<string>;
  /** The browser's number for this tab. */
  number(): Promise<number>;
};

export type TestBrowser = {
  companion: ScriptedCompanion;
  app: LegacyApp;
  /** What the browser calls itself. */
  name: string;
  go(path: string): Promise<Shown>;
  /** A page of the extension, in a tab. */
  own(path: string): Promise<Shown>;
  /** The tab or window that comes up while something is done. */
  comes_up(during: () => Promise<void>): Promise<Shown>;
  /** What the extension keeps, without waking its background script. */
  kept(): Promise<string>;
  /** Waits until Lanyard's script is in the page of a tab, as it is before a person has typed a word. */
  watched(tab: number): Promise<void>;
  /** As the browser does when it wants its memory back. */
  end_worker(): Promise<void>;
  /** As a person does who takes the extension's access to web pages away. Chromium has no way to do it for a test. */
  keep_out?(): Promise<void>;
  /** Closes what a test opened. */
  tidy(): Promise<void>;
  close(): Promise<void>;
};

export type Options = {
  host?: "scripted" | "missing" | "forbidden";
  /** A profile that the extension can write nothing to, as on a disk that is read-only. */
  unwritable?: boolean;
  /** The only language that the extension knows; Chromium only. */
  language?: string;
  /** Another folder than the built extension; Chromium only. */
  extension?: string;
};

export const BROWSERS: Record<string, (options?: Options) => Promise<TestBrowser>> = {
  Chromium: async (options) => chromium_of(await start_extension_browser(options)),
  Firefox: start_firefox,
};

/** The right to fill the account `a1` at the browser's app, in a page that somebody else opens. */
export function launch_of({ app }: TestBrowser, change: Partial<Launch>): Launch {
  return { launch: "l1", app: "a1", origin: app.origin, open: null, expires_in: 60_000, ...change };
}

/** So that a browser that does not do as told costs little of the time that all tests have. */
const SOON = { timeout: 30_000 };

/** One browser for the tests of a `describe`, each of which finds the companion as new and no page of the one before. */
export function share_browser(
  start: (options?: Options) => Promise<TestBrowser>,
  started: (browser: TestBrowser) => void,
): void {
  let browser: TestBrowser;
  before(async () => {
    browser = await start();
    started(browser);
    await browser.companion.next("hello");
  });
  beforeEach(() => {
    browser.companion.reset();
    browser.companion.change_state(READY);
  });
  afterEach(() => browser.tidy(), SOON);
  after(() => browser.close(), SOON);
}

function chromium_of(browser: ExtensionBrowser): TestBrowser {
  const { context, companion, app } = browser;
  const shown = (page: Page): Shown => ({
    see: (text) => page.getByText(text).first().waitFor(),
    press: async (name) => {
      const pressed = page.getByRole("button", { name, exact: true }).first().click();
      // A button may close its own page before the browser has said that it was pressed.
      await pressed.catch((error) => {
        if (!page.isClosed()) throw error;
      });
    },
    // A window may be gone before the key is up.
    key: (key) =>
      (/^[A-Z]/.test(key) ? page.keyboard.press(key) : page.keyboard.type(key)).catch(() => undefined),
    run: (body) => page.evaluate(`(async () => { ${body} })()`),
    type: (selector, text) => page.locator(selector).fill(text),
    click: (selector) => page.locator(selector).click(),
    plug_in_key: () => plug_in_key(page),
    gone: async () => page.isClosed() || page.waitForEvent("close").then(() => true),
    value: (selector) => page.locator(selector).inputValue(),
    number: () => browser.tab_of(page),
  });
  return {
    companion,
    app,
    name: "Chromium",
    go: async (path) => {
      const page = await context.newPage();
      await page.goto(app.origin + path);
      return shown(page);
    },
    own: async (path) => shown(await browser.open(path)),
    comes_up: async (during) => {
      const [page] = await Promise.all([context.waitForEvent("page"), during()]);
      return shown(page);
    },
    kept: () =>
      browser.run(
        async () => JSON.stringify([await chrome.storage.session.get(), await chrome.storage.local.get()]),
        null,
      ),
    watched: (tab) => browser.run(until_watched, tab),
    end_worker: () => browser.end_worker(),
    tidy: () => browser.tidy(),
    close: () => browser.close(),
  };
}

async function plug_in_key(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "usb",
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf: true,
    },
  });
  // Chromium's debugger writes bytes in plain base64.
  const plain = (bytes: string) => Buffer.from(bytes, "base64url").toString("base64");
  await session.send("WebAuthn.addCredential", {
    authenticatorId,
    credential: {
      credentialId: plain(HELD.id),
      isResidentCredential: false,
      rpId: HELD.rp,
      privateKey: plain(HELD.private_key),
      signCount: 1,
    },
  });
}

/** Runs in a page of the extension. */
export async function until_watched(tabId: number): Promise<void> {
  const is_there = () => "lanyard" in globalThis;
  for (const end = performance.now() + 8_000; performance.now() < end; ) {
    const [{ result } = { result: false }] = await chrome.scripting.executeScript({
      target: { tabId },
      func: is_there,
    });
    if (result) return;
  }
  throw new Error("the script did not come into the page");
}
