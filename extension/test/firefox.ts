// Firefox with the built extension as a temporary add-on, through geckodriver.

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Builder, By, Key, type WebElement } from "selenium-webdriver";
import firefox, { type Driver } from "selenium-webdriver/firefox.js";
import {
  Credential,
  Protocol,
  Transport,
  VirtualAuthenticatorOptions,
} from "selenium-webdriver/lib/virtual_authenticator.js";
import { HELD, type Options, type Shown, type TestBrowser } from "./both.ts";
import { install_host } from "./install-host.ts";
import { start_legacy_app } from "./legacy-app.ts";
import { ScriptedCompanion } from "./scripted-companion.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const EXTENSION = here("../dist/firefox");
const ADD_ON = "companion@lanyard";
/** Firefox draws the host of an extension's pages by lot; this preference says which it is. */
const HOST = "6f6d2f6e-6c61-4e79-a172-640000000001";
const PATIENCE = 8_000;

export async function start_firefox(options: Options = {}): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), "lanyard-firefox-"));
  const companion = new ScriptedCompanion(join(folder, "companion.sock"), `moz-extension:${ADD_ON}`);
  await companion.start();
  const app = await start_legacy_app();
  const allowed = options.host === "forbidden" ? "other@lanyard" : ADD_ON;
  if (options.host !== "missing")
    await install_host(folder, join(folder, ".mozilla/native-messaging-hosts"), {
      allowed_extensions: [allowed],
    });
  const driver = await start_driver(folder, await make_profile(folder, options));
  const inert = await driver.getWindowHandle();
  await driver.installAddon(EXTENSION, true);
  // Not a page with a script: it lets a test look at what is kept without waking the background script.
  await driver.get(own("icons/on-16.png"));

  if (!options.host || options.host === "scripted") await pair(driver, inert);

  const open = async (url: string): Promise<Shown> => {
    await driver.switchTo().newWindow("tab");
    const handle = await driver.getWindowHandle();
    await driver.get(url);
    return shown(driver, handle);
  };
  return {
    companion,
    app,
    name: "Firefox",
    go: (path) => open(app.origin + path),
    own: (path) => open(own(path)),
    comes_up: async (during) => {
      const before = await driver.getAllWindowHandles();
      await during();
      const handle = await driver.wait(async () => {
        const handles = await driver.getAllWindowHandles();
        return handles.find((other) => !before.includes(other));
      }, PATIENCE);
      return shown(driver, handle as string);
    },
    kept: async () => {
      await driver.switchTo().window(inert);
      return driver.executeAsyncScript(
        "const [done] = arguments; Promise.all([browser.storage.session.get(), browser.storage.local.get()]).then((all) => done(JSON.stringify(all)))",
      );
    },
    async watched(tab) {
      await driver.switchTo().window(inert);
      const is_there = () =>
        driver.executeAsyncScript<boolean>(
          `const [tabId, done] = arguments;
          browser.scripting.executeScript({ target: { tabId }, func: () => "lanyard" in globalThis }).then(([{ result }]) => done(result))`,
          tab,
        );
      await driver.wait(is_there, PATIENCE, "the script in the page");
    },
    async end_worker() {
      const { ends } = companion;
      await privileged(
        driver,
        `WebExtensionPolicy.getByID("${ADD_ON}").extension.terminateBackground({ disableResetIdleForTest: true })`,
      );
      await companion.until(() => companion.ends > ends, "the background script's end");
    },
    keep_out: () =>
      privileged(
        driver,
        `ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs").ExtensionPermissions.remove(
          "${ADD_ON}",
          { permissions: [], origins: ["https://*/*", "http://*/*"] },
          WebExtensionPolicy.getByID("${ADD_ON}").extension,
        )`,
      ),
    async tidy() {
      for (const handle of await driver.getAllWindowHandles()) {
        if (handle === inert) continue;
        // A window may close itself in between, once it has done what it is for.
        await driver
          .switchTo()
          .window(handle)
          .then(() => driver.close())
          .catch(() => undefined);
      }
      await driver.switchTo().window(inert);
    },
    async close() {
      await driver.quit();
      companion.stop();
      app.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** As a person does who sees the same code in both windows. */
async function pair(driver: Driver, inert: string): Promise<void> {
  const handle = await driver.wait(
    async () => {
      for (const handle of await driver.getAllWindowHandles()) {
        // One that closes in between is not it.
        const url = await driver
          .switchTo()
          .window(handle)
          .then(() => driver.getCurrentUrl())
          .catch(() => "");
        if (url === own("pair.html")) return handle;
      }
      return null;
    },
    PATIENCE,
    "the window with the code",
  );
  await shown(driver, handle as string).click("button.primary");
  await driver.wait(async () => !(await driver.getAllWindowHandles()).includes(handle as string), PATIENCE);
  await driver.switchTo().window(inert);
}

async function make_profile(folder: string, { unwritable }: Options): Promise<string> {
  const profile = join(folder, "profile");
  await mkdir(profile);
  // A file where the browser keeps what pages and extensions store: it can make no folder there.
  if (unwritable) await writeFile(join(profile, "storage"), "");
  return profile;
}

async function start_driver(home: string, profile: string): Promise<Driver> {
  const options = new firefox.Options()
    .setBinary(process.env.FIREFOX ?? "/usr/bin/firefox-esr")
    .addArguments("-headless")
    .setProfile(profile)
    .setPreference("extensions.webextensions.uuids", JSON.stringify({ [ADD_ON]: HOST }))
    // Security keys in software, and no others.
    .setPreference("security.webauth.webauthn_enable_softtoken", true)
    .setPreference("security.webauth.webauthn_enable_usbtoken", false)
    .setPreference("services.settings.server", "data:,#remote-settings-dummy/v1");
  const installed = here("../../target/tools/cargo/bin/geckodriver");
  const service = new firefox.ServiceBuilder(existsSync(installed) ? installed : "geckodriver")
    // Pages of extensions and the browser's own code are out of reach without it.
    .addArguments("--allow-system-access")
    // Native messaging manifests are looked for below the home directory.
    .setEnvironment({ ...(process.env as Record<string, string>), HOME: home });
  const builder = new Builder().forBrowser("firefox").setFirefoxOptions(options).setFirefoxService(service);
  return (await builder.build()) as Driver;
}

/** What the types of selenium-webdriver leave out. */
type WithKeys = {
  addVirtualAuthenticator(key: VirtualAuthenticatorOptions): Promise<void>;
  addCredential(credential: Credential): Promise<void>;
};

const KEYS: Record<string, string> = { Enter: Key.ENTER, Escape: Key.ESCAPE, ArrowDown: Key.ARROW_DOWN };

function own(path: string): string {
  return `moz-extension://${HOST}/${path}`;
}

/** Runs something with the browser's own rights. */
async function privileged(driver: Driver, expression: string): Promise<void> {
  await driver.setContext(firefox.Context.CHROME);
  try {
    await driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1]; Promise.resolve(${expression}).then(() => done(null), done)`,
    );
  } finally {
    await driver.setContext(firefox.Context.CONTENT);
  }
}

function shown(driver: Driver, handle: string): Shown {
  const find = async (what: By): Promise<WebElement> => {
    await driver.switchTo().window(handle);
    return driver.wait(
      async () => {
        for (const element of await driver.findElements(what)) {
          // One that is drawn anew in between is found again in the next round.
          if (await element.isDisplayed().catch(() => false)) return element;
        }
        return null;
      },
      PATIENCE,
      `${what}`,
    ) as Promise<WebElement>;
  };
  const field = (selector: string) => find(By.css(selector));
  return {
    see: async (text) => {
      await find(By.xpath(`//*[text()[contains(normalize-space(.), ${JSON.stringify(text)})]]`));
    },
    press: async (name) =>
      (await find(By.xpath(`//button[normalize-space(.)=${JSON.stringify(name)}]`))).click(),
    key: async (key) => {
      await driver.switchTo().window(handle);
      await driver
        .switchTo()
        .activeElement()
        .sendKeys(KEYS[key] ?? key);
    },
    run: async (body) => {
      await driver.switchTo().window(handle);
      const said = await driver.executeAsyncScript<{ value: never } | { error: string }>(
        `const done = arguments[arguments.length - 1];
        (async () => { ${body} })().then((value) => done({ value }), (error) => done({ error: String(error) }))`,
      );
      if ("error" in said) throw new Error(said.error);
      return said.value;
    },
    type: async (selector, text) => {
      const element = await field(selector);
      await element.clear();
      await element.sendKeys(text);
    },
    click: async (selector) => (await field(selector)).click(),
    // One for all windows.
    plug_in_key: async () => {
      const key = new VirtualAuthenticatorOptions();
      key.setProtocol(Protocol.CTAP2);
      key.setTransport(Transport.USB);
      key.setHasUserVerification(true);
      key.setIsUserVerified(true);
      key.setIsUserConsenting(true);
      const keys = driver as unknown as WithKeys;
      await keys.addVirtualAuthenticator(key);
      const id = Uint8Array.from(Buffer.from(HELD.id, "base64url"));
      const secret = Buffer.from(HELD.private_key, "base64url").toString("binary");
      await keys.addCredential(Credential.createNonResidentCredential(id, HELD.rp, secret, 1));
    },
    gone: () =>
      driver.wait(async () => !(await driver.getAllWindowHandles()).includes(handle), PATIENCE, "its end"),
    value: async (selector) => (await (await field(selector)).getAttribute("value")) ?? "",
    async number() {
      await driver.switchTo().window(handle);
      const url = await driver.getCurrentUrl();
      await driver.switchTo().newWindow("tab");
      await driver.get(own("icons/off-16.png"));
      const number = await driver.executeAsyncScript<number>(
        "const [url, done] = arguments; browser.tabs.query({}).then((tabs) => done(tabs.findLast((tab) => tab.url === url)?.id ?? -1))",
        url,
      );
      await driver.close();
      await driver.switchTo().window(handle);
      return number;
    },
  };
}
