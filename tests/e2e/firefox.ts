// Debian's Firefox, driven by geckodriver over WebDriver BiDi, with the extension as it was built: unsigned, which this
// build of Firefox may be told to take.

import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Builder } from "selenium-webdriver";
import firefox from "selenium-webdriver/firefox.js";
import { Bidi, type Context } from "./bidi.ts";
import { type Browser, type FillTime, PATIENCE, type Page, tabAt, watchForms } from "./browser.ts";
import { FirefoxPage } from "./firefox-page.ts";
import { within } from "./process.ts";
import { home, logs, program, stage } from "./stage.ts";

const FIREFOX = "/usr/bin/firefox-esr";
const EXTENSION = join(stage, "extension/firefox");
export const EXTENSION_ID = "companion@lanyard";
/** Firefox makes one up for each profile; pages of the extension are found at this one. */
const UUID = "6f1c9d3e-3c1e-4b59-9a2e-2f9b6f4d7c10";
const ORDINARY = join(home, ".mozilla/firefox/ordinary");
const FILLS = "fills";

type Driver = Awaited<ReturnType<typeof startDriver>>;

export class Firefox implements Browser {
  readonly name = "Firefox";
  readonly fills: FillTime[] = [];
  readonly #profile: string;
  #driver!: Driver;
  #bidi!: Bidi;

  private constructor(profile: string) {
    this.#profile = profile;
  }

  static async start(): Promise<Firefox> {
    mkdirSync(ORDINARY, { recursive: true });
    const browser = new Firefox(ORDINARY);
    await browser.#launch();
    await browser.#driver.installAddon(EXTENSION, false);
    return browser;
  }

  /** What opens a page in it. A second start hands the address to the browser that runs on the same profile. */
  static opener(): string {
    return `${FIREFOX} --profile ${ORDINARY} "$1"`;
  }

  async #launch(): Promise<void> {
    this.#driver = await startDriver(this.#profile);
    this.#bidi = await Bidi.of(this.#driver);
    this.#bidi.on("log.entryAdded", ({ text, source }: { text: string; source: { context?: string } }) => {
      appendFileSync(join(logs, "firefox.log"), `${source.context ?? "?"}: ${text}\n`);
    });
    this.#bidi.on("script.message", ({ channel, data }: { channel: string; data: { value: string } }) => {
      if (channel === FILLS) this.fills.push(JSON.parse(data.value));
    });
    await this.#bidi.subscribe(["log.entryAdded", "script.message"]);
    await this.#bidi.send("script.addPreloadScript", {
      functionDeclaration: `(report) => {
        globalThis.lanyardTestFilled = (time) => report(JSON.stringify(time));
        (${watchForms})();
      }`,
      arguments: [{ type: "channel", value: { channel: FILLS } }],
    });
  }

  own(path: string): string {
    return `moz-extension://${UUID}/${path}`;
  }

  async open(url: string): Promise<Page> {
    const { context } = await this.#bidi.send<{ context: string }>("browsingContext.create", { type: "tab" });
    const page = new FirefoxPage(this.#bidi, context);
    await page.goto(url);
    return page;
  }

  async pageAt(begins: string, timeout = PATIENCE): Promise<Page> {
    let open: Context[] = [];
    const look = async (): Promise<Page> => {
      for (;;) {
        const changed = this.#bidi.nextChange();
        open = await this.#bidi.contexts();
        const found = open.find(({ url }) => url.startsWith(begins));
        if (found) return new FirefoxPage(this.#bidi, found.context);
        await changed;
      }
    };
    return within(timeout, `a page at ${begins}`, look()).catch((error: Error) => {
      throw new Error(`${error.message}; open are: ${open.map(({ url }) => url).join(", ")}`);
    });
  }

  async pages(): Promise<Page[]> {
    return (await this.#bidi.contexts()).map(({ context }) => new FirefoxPage(this.#bidi, context));
  }

  async popupAbove(page: Page): Promise<Page> {
    const popup = (await this.open(this.own("popup.html"))) as FirefoxPage;
    const tab = await popup.evaluate(tabAt, await page.url());
    await popup.goto(this.own(`popup.html?tab=${tab}`));
    return popup;
  }

  async restart(): Promise<void> {
    await this.end();
    await this.#launch();
  }

  async end(): Promise<void> {
    await within(20_000, "Firefox ends", this.#driver.quit());
  }
}

async function startDriver(profile: string) {
  const options = new firefox.Options()
    .setBinary(FIREFOX)
    .addArguments("-profile", profile, "--width", "1000", "--height", "700")
    .setPreference("extensions.webextensions.uuids", JSON.stringify({ [EXTENSION_ID]: UUID }))
    // The extension is not signed by Mozilla.
    .setPreference("xpinstall.signatures.required", false)
    // Nothing leaves the machine.
    .setPreference("services.settings.server", "data:,#remote-settings-dummy/v1")
    // Times are measured.
    .setPreference("privacy.reduceTimerPrecision", false)
    // Firefox' own question whether to save a password is off, as where Lanyard is rolled out.
    .setPreference("signon.rememberSignons", false);
  options.enableBidi();
  // Without system access no page of an extension is opened.
  const service = new firefox.ServiceBuilder(program("geckodriver")).addArguments("--allow-system-access");
  return (await new Builder()
    .forBrowser("firefox")
    .setFirefoxOptions(options)
    .setFirefoxService(service)
    .build()) as firefox.Driver;
}
