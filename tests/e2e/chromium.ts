// Debian's Chromium with its ordinary profile, so that the native messaging host that Lanyard told it of is found, and
// with the extension as it was built.

import { createHash } from "node:crypto";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type BrowserContext,
  chromium,
  type Locator,
  type Page as PlaywrightPage,
  type Worker,
} from "playwright-core";
import { type Browser, type FillTime, type Look, PATIENCE, type Page, tabAt, watchForms } from "./browser.ts";
import { within } from "./process.ts";
import { config, logs, stage } from "./stage.ts";

const CHROMIUM = "/usr/lib/chromium/chromium";
const ORDINARY = join(config, "chromium");
const SANDBOX = process.env.LANYARD_E2E_NO_SANDBOX !== "1";
/** Nothing leaves the machine. */
const RESOLVER = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";

const EXTENSION = join(stage, "extension/chromium");

export class Chromium implements Browser {
  readonly name = "Chromium";
  readonly fills: FillTime[] = [];
  readonly #profile: string;
  /** A folder with an extension to load; none where the browser was told by policy to install it. */
  readonly #extension: string | undefined;
  #context!: BrowserContext;

  private constructor(profile: string, extension: string | undefined) {
    this.#profile = profile;
    this.#extension = extension;
  }

  /** Starts it on its ordinary profile, or on another that finds Lanyard in the same place. */
  static async start(
    options: { profile?: string; extension?: string; installed?: boolean } = {},
  ): Promise<Chromium> {
    const profile = options.profile ? join(config, options.profile) : ORDINARY;
    prepareProfile(profile);
    const extension = options.installed ? undefined : (options.extension ?? EXTENSION);
    const browser = new Chromium(profile, extension);
    await browser.#launch();
    return browser;
  }

  /** What opens a page in it. A second start hands the address to the browser that runs on the same profile. */
  static opener(): string {
    return `${CHROMIUM} ${SANDBOX ? "" : "--no-sandbox "}--user-data-dir=${ORDINARY} "$1"`;
  }

  async #launch(): Promise<void> {
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: CHROMIUM,
      headless: false,
      viewport: null,
      timeout: 30_000,
      chromiumSandbox: SANDBOX,
      // Without the second of them nothing is installed that a policy names.
      ignoreDefaultArgs: [
        "--disable-extensions",
        ...(this.#extension ? [] : ["--disable-background-networking"]),
      ],
      args: [
        ...(this.#extension
          ? [`--disable-extensions-except=${this.#extension}`, `--load-extension=${this.#extension}`]
          : []),
        RESOLVER,
      ],
    });
    keepConsole(this.#context);
    await this.#context.exposeBinding("lanyardTestFilled", (_, time: FillTime) => {
      this.fills.push(time);
    });
    await this.#context.addInitScript(watchForms);
  }

  own(path: string): string {
    return `chrome-extension://${extensionId()}/${path}`;
  }

  async open(url: string): Promise<ChromiumPage> {
    const page = await this.#context.newPage();
    await page.goto(url);
    return new ChromiumPage(page);
  }

  async pageAt(begins: string, timeout = PATIENCE): Promise<Page> {
    const leave = new AbortController();
    const found = new Promise<PlaywrightPage>((resolve) => {
      const look = (page: PlaywrightPage) => page.url().startsWith(begins) && resolve(page);
      const follow = (page: PlaywrightPage) => {
        const navigated = () => look(page);
        page.on("framenavigated", navigated);
        leave.signal.addEventListener("abort", () => page.off("framenavigated", navigated));
        look(page);
      };
      this.#context.on("page", follow);
      leave.signal.addEventListener("abort", () => this.#context.off("page", follow));
      for (const page of this.#context.pages()) follow(page);
    });
    try {
      return new ChromiumPage(await within(timeout, `a page at ${begins}`, found));
    } catch (error) {
      const open = this.#context.pages().map((page) => page.url());
      throw new Error(`${(error as Error).message}; open are: ${open.join(", ")}`);
    } finally {
      leave.abort();
    }
  }

  async pages(): Promise<ChromiumPage[]> {
    return this.#context.pages().map((page) => new ChromiumPage(page));
  }

  async popupAbove(page: Page): Promise<Page> {
    const popup = await this.#context.newPage();
    await popup.goto(this.own("popup.html"));
    const tab = await popup.evaluate(tabAt, await page.url());
    await popup.goto(this.own(`popup.html?tab=${tab}`));
    return new ChromiumPage(popup);
  }

  async restart(): Promise<void> {
    await this.end();
    await this.#launch();
  }

  async end(): Promise<void> {
    await within(20_000, "Chromium ends", this.#context.close());
  }
}

/** As the browser's debugger tells it. */
type Credential = {
  credentialId: string;
  isResidentCredential: boolean;
  privateKey: string;
  signCount: number;
};

/** A security key in software. Chromium has one for each window, so what it holds is carried from one to the next. */
export class SoftKey {
  credentials: Credential[] = [];

  keep(credential: Credential): void {
    const others = this.credentials.filter(({ credentialId }) => credentialId !== credential.credentialId);
    this.credentials = [...others, credential];
  }
}

export class ChromiumPage implements Page {
  readonly #page: PlaywrightPage;

  constructor(page: PlaywrightPage) {
    this.#page = page;
  }

  async url(): Promise<string> {
    return this.#page.url();
  }

  /** The key is touched at once, and checks who does so. */
  async plugIn(key: SoftKey): Promise<void> {
    const session = await this.#page.context().newCDPSession(this.#page);
    session.on("WebAuthn.credentialAdded", ({ credential }) => key.keep(credential));
    session.on("WebAuthn.credentialAsserted", ({ credential }) => key.keep(credential));
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        hasPrf: true,
        transport: "usb",
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    for (const credential of [...key.credentials])
      await session.send("WebAuthn.addCredential", { authenticatorId, credential });
  }

  /** Whatever page is in it next does not close it. */
  async stayOpen(): Promise<void> {
    await this.#page.addInitScript("globalThis.close = () => undefined");
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  bringToFront(): Promise<void> {
    return this.#page.bringToFront();
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async text(): Promise<string> {
    return (await this.#page.locator("body").textContent()) ?? "";
  }

  html(): Promise<string> {
    return this.#page.content();
  }

  waitFor(look: Look, timeout = PATIENCE): Promise<void> {
    return this.#find(look).waitFor({ timeout });
  }

  waitUntilGone(look: Look, timeout = PATIENCE): Promise<void> {
    return this.#find(look).waitFor({ state: "hidden", timeout });
  }

  has(look: Look): Promise<boolean> {
    return this.#find(look).isVisible();
  }

  valueOf(look: Look): Promise<string> {
    return this.#find(look).inputValue({ timeout: PATIENCE });
  }

  click(look: Look): Promise<void> {
    return this.#find(look).click({ timeout: PATIENCE });
  }

  check(look: Look): Promise<void> {
    return this.#find(look).check({ timeout: PATIENCE });
  }

  fill(look: Look, text: string): Promise<void> {
    return this.#find(look).fill(text, { timeout: PATIENCE });
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text, { delay: 20 });
  }

  press(key: "Tab" | "Enter" | "Space"): Promise<void> {
    return this.#page.keyboard.press(key);
  }

  #find(look: Look): Locator {
    if ("label" in look) return this.#page.getByLabel(look.label).first();
    if ("css" in look) {
      const { css, frame } = look;
      return (
        frame ? this.#page.frameLocator(`[src$="${frame}"]`).locator(css) : this.#page.locator(css)
      ).first();
    }
    if ("says" in look) return this.#page.getByText(look.says).first();
    const role = look.role as Parameters<PlaywrightPage["getByRole"]>[0];
    return this.#page
      .getByRole(role, look.name === undefined ? {} : { name: look.name, exact: true })
      .first();
  }
}

/** As Chromium makes it from the key in the manifest: 32 hexadecimal digits of its hash, written with a to p. */
export function extensionId(): string {
  const { key } = JSON.parse(readFileSync(join(EXTENSION, "manifest.json"), "utf8")) as { key: string };
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  return [...digest].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join("");
}

/** Chromium's own question whether to save a password is off, as where Lanyard is rolled out. */
function prepareProfile(profile: string): void {
  const preferences = join(profile, "Default/Preferences");
  if (existsSync(preferences)) return;
  mkdirSync(join(profile, "Default"), { recursive: true });
  const chosen = {
    credentials_enable_service: false,
    profile: { password_manager_enabled: false },
    browser: { window_placement: { left: 20, top: 10, right: 1020, bottom: 710, maximized: false } },
  };
  writeFileSync(preferences, JSON.stringify(chosen));
  // Chromium looks for hosts in the folder of the profile alone.
  const hosts = join(ORDINARY, "NativeMessagingHosts");
  if (profile !== ORDINARY) cpSync(hosts, join(profile, "NativeMessagingHosts"), { recursive: true });
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
