// Everything that the walk plays in: provider, legacy app, companion, browser, and who sits in front of them.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "./browser.ts";
import { Desktop, type Look } from "./desktop.ts";
import { makeDefault } from "./desktop-browser.ts";
import { lanyard, vaultIsThere } from "./lanyard.ts";
import { alice, type Payroll, startPayroll } from "./payroll.ts";
import { end, type Started, start, within } from "./process.ts";
import { type Provider, startProvider } from "./provider.ts";
import { compare } from "./question.ts";
import { drawn, screenshot } from "./screenshot.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { config, data, home, logs, out, program } from "./stage.ts";

/** What a browser says that is not connected yet. */
export const CONNECT = { role: "button", name: "Connect this browser" };

/** A kind of browser: it starts, and says what opens a page in it. */
export interface Kind {
  start(): Promise<Browser>;
  opener(): string;
}

export class World {
  readonly provider: Provider;
  readonly payroll: Payroll;
  readonly desktop: Desktop;
  readonly browser: Browser;
  companion: Started;
  /** Pictures taken within steps, oldest first. */
  readonly pictures: string[] = [];
  #environment: Record<string, string>;
  #logIn: typeof startCompanion;

  private constructor(parts: {
    provider: Provider;
    payroll: Payroll;
    desktop: Desktop;
    companion: Started;
    browser: Browser;
    environment: Record<string, string>;
    logIn: typeof startCompanion;
  }) {
    this.provider = parts.provider;
    this.payroll = parts.payroll;
    this.desktop = parts.desktop;
    this.companion = parts.companion;
    this.browser = parts.browser;
    this.#environment = parts.environment;
    this.#logIn = parts.logIn;
    this.#meansCompanion();
  }

  /** Starts all of it, with a browser of this kind as the desktop's. `logIn` starts what a login to the desktop starts. */
  static async start(kind: Kind, logIn = startCompanion): Promise<World> {
    forgetEverything();
    const environment = makeDefault(kind.opener());
    const [provider, payroll, desktop] = await Promise.all([
      startProvider(),
      startPayroll(),
      Desktop.start(),
    ]);
    configure(provider);
    await installHost();
    const companion = await logIn(environment);
    const browser = await kind.start();
    return new World({ provider, payroll, desktop, companion, browser, environment, logIn });
  }

  /** Waits until the companion, which was told to quit, is gone, and starts it anew. */
  async restartCompanion(): Promise<void> {
    const code = await within(5000, "the companion ends after Quit", this.companion.ended);
    if (code !== 0) throw new Error(`expected the companion to end with 0, it ended with ${code}`);
    this.companion = await this.#logIn(this.#environment);
    this.#meansCompanion();
  }

  /** Takes a picture of what the person sees at this moment; in Lanyard's window that is this at least. */
  async picture(name: string, look?: Look): Promise<void> {
    if (look) await drawn(await this.desktop.where(look));
    this.pictures.push(await screenshot(name));
  }

  async end(): Promise<void> {
    const activity = await lanyard(["activity"]).catch(() => undefined);
    writeFileSync(join(logs, "activity.txt"), activity ? activity.stdout + activity.stderr : "");
    await this.browser.end().catch(() => {});
    await Promise.all([end(this.companion), this.desktop.end(), end(this.payroll), end(this.provider)]);
  }

  #meansCompanion(): void {
    this.desktop.pid = this.companion.pid;
    writeFileSync(join(out, "companion.pid"), `${this.companion.pid}\n`);
  }
}

/** What most tests need and no more: a provider, the person at the desktop, and a companion whose vault is there. */
export class Office {
  provider: Provider;
  readonly desktop: Desktop;
  companion: Started;

  private constructor(provider: Provider, desktop: Desktop, companion: Started) {
    this.provider = provider;
    this.desktop = desktop;
    this.companion = companion;
    this.desktop.pid = companion.pid;
  }

  static async open(environment: Record<string, string> = {}): Promise<Office> {
    forgetEverything();
    const [provider, desktop] = await Promise.all([startProvider(), Desktop.start()]);
    configure(provider);
    const companion = await startCompanion(environment);
    await vaultIsThere();
    return new Office(provider, desktop, companion);
  }

  /** Starts a companion where none runs; its vault may still be on its way. */
  async startCompanion(): Promise<void> {
    this.companion = await startCompanion();
    this.desktop.pid = this.companion.pid;
  }

  /** Ends the companion, where it has not ended by itself, and starts another. */
  async restartCompanion(): Promise<void> {
    await end(this.companion);
    await this.startCompanion();
    await vaultIsThere();
  }

  /** Connects a browser that was started, on the page that greets a person. */
  async connect(browser: Browser): Promise<void> {
    const welcome = await browser.pageAt(browser.own("welcome.html"));
    await welcome.click(CONNECT);
    await compare(this.desktop, browser);
    await welcome.waitUntilGone(CONNECT);
    await welcome.close();
  }

  async close(): Promise<void> {
    await end(this.companion);
    await Promise.all([this.desktop.end(), end(this.provider)]);
  }
}

/** An office whose person is signed in and has an account at a legacy app. Who ends it ends the app too. */
export async function openWithPayroll(): Promise<{ office: Office; payroll: Payroll }> {
  const [office, payroll] = await Promise.all([Office.open(), startPayroll()]);
  await installHost();
  await signInAtTerminal(office.provider);
  await addPayroll(payroll.login, alice);
  return { office, payroll };
}

/** Adds an account at Payroll 2004, as a person does in a terminal. */
export async function addPayroll(url: string, who: { user: string; password: string }): Promise<void> {
  const where = ["--name", "Payroll 2004", "--url", url, "--user", who.user];
  const { code, stderr } = await lanyard(["credentials", "add", ...where], { input: `${who.password}\n` });
  if (code !== 0) throw new Error(`the account was not added: ${stderr}`);
}

/** A laptop as it is handed out: without a vault, settings and browser profiles of tests before. */
export function forgetEverything(): void {
  const left = [
    join(data, "lanyard"),
    join(config, "lanyard"),
    join(config, "chromium"),
    join(home, ".mozilla"),
  ];
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
}

/** Starts it as the login to the desktop does: in the tray, without its window. */
export function startCompanion(environment: Record<string, string> = {}): Promise<Started> {
  return start("companion", program("lanyard-companion"), ["--background"], environment);
}

/** What an administrator does: tells Lanyard which provider. */
export function configure(provider: Provider, directory = config): void {
  mkdirSync(join(directory, "lanyard"), { recursive: true, mode: 0o700 });
  const settings = { provider: { issuer: provider.issuer, client_id: provider.client_id } };
  writeFileSync(join(directory, "lanyard/settings.json"), JSON.stringify(settings));
}

/** What the installer does: tells browsers where the native messaging host is. */
export async function installHost(): Promise<void> {
  const { code, stderr } = await lanyard(["browsers", "install"]);
  if (code !== 0) throw new Error(`\`lanyard browsers install\` ended with ${code}: ${stderr.trim()}`);
}
