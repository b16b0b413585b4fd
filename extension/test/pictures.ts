// Takes a picture of every page in every state, light and dark, in English and German, for somebody to look at:
// `node extension/test/pictures.ts [FOLDER]`, docs/screens/extension/ where none is named.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { State } from "../../crates/protocol/bindings/browser.ts";
import { type ExtensionBrowser, start_extension_browser } from "./extension-browser.ts";
import { DONE, LOCKED, problem, READY, SIGNED_OUT, suggestions } from "./scripted-companion.ts";

const folder = process.argv[2] ?? fileURLToPath(new URL("../../docs/screens/extension", import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const FORM = `<title>Payroll 2004</title><form><input name="user"><input type="password"><button>Log in</button></form>`;
const ACCOUNTS = [
  { app: "a", name: "Payroll 2004", user_name: "alice" },
  { app: "b", name: "Payroll 2004", user_name: "payroll-admin@finance.corp.example" },
];
const MANY = ["alice", "alice.meyer", "audit", "finance", "payroll-admin", "test"].map((user_name) => ({
  app: user_name,
  name: "Payroll 2004",
  user_name,
}));

for (const language of ["en", "de"]) {
  const browser = await start_extension_browser({ language });
  await browser.companion.next("hello");
  await take_all(browser, language);
  await browser.close();
  const missing = await start_extension_browser({ language, host: "missing" });
  await picture(missing, language, "popup.html", "popup-missing", [360, 290]);
  await picture(missing, language, "help.html", "help", [640, 560]);
  await picture(missing, language, "welcome.html", "welcome-missing", [640, 460]);
  await missing.close();
}

async function take_all(browser: ExtensionBrowser, language: string): Promise<void> {
  const { companion } = browser;
  const take = (
    path: string,
    name: string,
    size: [width: number, height: number],
    press?: string,
  ): Promise<void> => picture(browser, language, path, name, size, press);
  const keyring = problem("keychain", "the keychain is locked", "unlock Lanyard, then try again").problem;
  const states: Record<string, State> = {
    signed_out: SIGNED_OUT,
    locked: LOCKED,
    unavailable: { ...READY, vault: { unavailable: { problem: keyring, may_begin_new: false } } },
    empty: READY,
  };
  const login = await browser.context.newPage();
  await login.route("https://payroll.corp.example/**", (route) =>
    route.fulfill({ contentType: "text/html", body: FORM }),
  );
  await login.goto("https://payroll.corp.example/login");
  const popup = `popup.html?tab=${await browser.tab_of(login)}`;
  for (const [name, state] of Object.entries(states)) {
    companion.change_state(state);
    await take(popup, `popup-${name}`, [360, 200]);
  }
  companion.answers.suggest = () => suggestions(ACCOUNTS, "offered");
  await take(popup, "popup-accounts", [360, 210]);
  await take(popup.replace("popup", "choose"), "choose", [380, 392]);
  companion.answers.never = () => {
    companion.answers.suggest = () => suggestions(ACCOUNTS, "never");
    return DONE;
  };
  await take(popup, "popup-never", [360, 280], "never_here");
  companion.answers.suggest = () => suggestions(MANY, "offered");
  await take(popup, "popup-search", [360, 520]);
  await take(popup.replace("popup", "choose"), "choose-search", [380, 392]);
  await take(popup, "popup-add", [360, 360], "add");
  companion.answers.fill = () =>
    problem(
      "refused",
      "this page is not at the address the account was saved for",
      "compare the address with the one in Lanyard; if both are right, sign in by hand once and save it",
    );
  companion.answers.suggest = () => suggestions(ACCOUNTS, "offered");
  await take(popup, "popup-refused", [360, 260], "fill");
  const options = '{"rpId":"localhost","challenge":"AAAA"}';
  for (const [name, purpose] of Object.entries({
    add: { add: { name: "Blue key" } },
    confirm: { confirm: {} },
    fill: { fill: { app: "Payroll 2004" } },
    unlock: { unlock: {} },
    slot: { slot: { name: "Blue key" } },
  })) {
    companion.answers.security_key = () => ({ ok: { security_key: { purpose, options } } });
    await take("security-key.html?task=t", `security-key-${name}`, [380, 360]);
  }
  await take("security-key.html?task=t", "security-key-waiting", [380, 360], "key_use");
  companion.answers.security_key = () => ({
    ok: { security_key: { purpose: { confirm: {} }, options: '{"rpId":"not allowed","challenge":"AAAA"}' } },
  });
  await take("security-key.html?task=t", "security-key-trouble", [380, 360], "key_use");
  await take("welcome.html", "welcome-connected", [640, 420]);
  companion.unpair(async (clicked) => (clicked ? null : "later"));
  await take(popup, "popup-unpaired", [360, 200]);
  await take("welcome.html", "welcome", [640, 420]);
  const shown = browser.context.waitForEvent("page", (page) => page.url().endsWith("/pair.html"));
  await take("welcome.html", "welcome-comparing", [640, 420], "connect");
  const pair = await shown;
  await take("pair.html", "pair", [420, 400]);
  await pair.locator("button.primary").click();
  await companion.next("hello");
  companion.answers.never_sites = () => ({
    ok: { sites: { origins: ["https://canteen.example", "https://payroll.corp.example:8443"] } },
  });
  await take("options.html", "options", [640, 860]);
  for (const kind of ["save", "update"] as const) {
    const offer = {
      capture: "c",
      kind,
      name: "Payroll 2004",
      user_name: "alice",
      origin: "https://payroll.corp.example:8443",
      auto_submit: true,
    };
    companion.answers.offer = () => ({ ok: { offer } });
    await take("offer.html?capture=c", `offer-${kind}`, [420, 340]);
  }
  const offer = { capture: "c", kind: "save", name: "Payroll 2004", user_name: "alice" } as const;
  companion.answers.offer = () => ({
    ok: { offer: { ...offer, origin: "https://payroll.corp.example:8443", auto_submit: true } },
  });
  await take("offer.html?capture=c", "offer-never", [420, 340], "never_for_site");
  const change = await (await fetch(`${browser.app.origin}/o/change`)).text();
  await login.route("https://payroll.corp.example/password", (route) =>
    route.fulfill({ contentType: "text/html", body: change }),
  );
  await login.goto("https://payroll.corp.example/password");
  const tab = await browser.tab_of(login);
  companion.answers.suggest = () => suggestions(ACCOUNTS.slice(0, 1), "offered");
  companion.answers.generate = () => ({ ok: { generated: { password: "kT7-quvLo9mXz-4wRe" } } });
  companion.answers.fill = () => ({ ok: { fill: { fill: "f", password: "correct horse", submit: false } } });
  await take(`popup.html?tab=${tab}`, "popup-change", [360, 210]);
  await take(`change.html?tab=${tab}`, "change", [420, 400]);
  await take(`change.html?tab=${tab}`, "change-filled", [420, 400], "fill");
  companion.stop();
  await take(popup, "popup-ended", [360, 200]);
}

function said(language: string, key: string): string {
  const file = new URL(`../_locales/${language}/messages.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"))[key].message;
}

async function picture(
  browser: ExtensionBrowser,
  language: string,
  path: string,
  name: string,
  [width, height]: [width: number, height: number],
  press?: string,
): Promise<void> {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width, height });
  await page.goto(`chrome-extension://${browser.id}/${path}`);
  await page.locator(".message h1, .accounts, form, .card h1, .card h2, .steps, .key h1").first().waitFor();
  if (press)
    await page
      .getByRole("button", { name: said(language, press), exact: true })
      .first()
      .click();
  await page.waitForTimeout(500);
  // A popup is as high as what it shows.
  const shown = await page.evaluate(() => document.body.scrollHeight);
  if (path.startsWith("popup")) await page.setViewportSize({ width, height: shown });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const file = `${folder}/${name}-${colorScheme}-${language}.png`;
    await page.screenshot({ path: file });
    execFileSync("convert", [file, "+dither", "-colors", "128", "-strip", file]);
  }
  await page.close();
}
