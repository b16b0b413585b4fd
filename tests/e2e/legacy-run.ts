// What a person does at a legacy app, twice: signs in by hand and has it saved, comes back another day and launches it.

import type { Change, Step } from "../apps/app.ts";
import type { Site } from "../apps/site.ts";
import { words } from "../apps/words.ts";
import type { Browser, Page } from "./browser.ts";
import { lanyard, lanyardJson } from "./lanyard.ts";

/** What became of an app in a browser. */
export interface Result {
  app: string;
  /** Null where there is nothing that could be captured. */
  captured: boolean | null;
  filled: boolean;
  submitted: boolean;
  signed_in: boolean;
  /** What went wrong first. */
  problem: string;
  /** Where the app has a page to change the password: whether the new one was made, taken, stored and gets in. */
  changed?: boolean;
  seconds: number;
}

const OFFER = 6_000;
const LAUNCH = 8_000;

/** These are got wrong once before they are got right: what is saved has to be what was right. */
const WRONG_FIRST = [
  "table-form",
  "react",
  "error-with-status-200",
  "refused-with-status-401",
  "redirect-chain",
];

export async function run(site: Site, browser: Browser): Promise<Result> {
  const from = performance.now();
  const result: Result = {
    app: site.name,
    captured: site.app.prompt ? null : false,
    filled: false,
    submitted: false,
    signed_in: false,
    problem: "",
    seconds: 0,
  };
  const opened: Page[] = [];
  try {
    if (!site.app.prompt) await firstLogin(site, browser, result, opened);
    await tidy(opened);
    // What was not captured is typed into Lanyard: how it is filled is worth knowing all the same.
    if (!result.captured) await add(site);
    if (site.app.account.seed) await addSeed(site);
    await secondLogin(site, browser, result, opened);
    if (site.app.leave && result.signed_in) await leave(site, site.app.leave, browser, opened);
    if (site.app.change && result.signed_in) await change(site, site.app.change, browser, result, opened);
  } catch (error) {
    result.signed_in = false;
    result.problem ||= (error as Error).message.split("\n")[0]?.slice(0, 160) ?? "";
  }
  await tidy(opened);
  result.seconds = Math.round((performance.now() - from) / 100) / 10;
  return result;
}

async function firstLogin(site: Site, browser: Browser, result: Result, opened: Page[]): Promise<void> {
  try {
    const page = await browser.open(site.login);
    opened.push(page);
    if (WRONG_FIRST.includes(site.name)) {
      await signIn(page, site, "not the right one");
      await page.waitFor({ says: site.app.refuses });
      await page.goto(site.login);
    }
    const offer = browser.pageAt(browser.own("offer.html"), OFFER + 10_000);
    offer.catch(() => {});
    await signIn(page, site, site.password);
    await page.waitFor({ says: site.greeting });
    const shown = await Promise.race([offer, late(OFFER, "no offer to save it")]);
    opened.push(shown);
    await shown.fill({ role: "textbox", name: "Name" }, site.name);
    await shown.check({ role: "checkbox", name: "Sign in by itself next time" });
    await shown.click({ role: "button", name: "Save" });
    await saved(site);
    result.captured = true;
  } catch (error) {
    result.problem = `first login: ${(error as Error).message.split("\n")[0]?.slice(0, 140)}`;
  }
}

async function secondLogin(site: Site, browser: Browser, result: Result, opened: Page[]): Promise<void> {
  const page = await launch(site, browser, opened);
  for (const step of opening(site)) await act(page, step, site, site.password);
  const seen = await page.waitFor({ says: site.greeting }, LAUNCH).catch((error: Error) => error);
  const [first, ...more] = site.attempts;
  result.submitted = first !== undefined;
  result.filled = first !== undefined || (await holdsSomething(page, site));
  result.signed_in = !(seen instanceof Error) && first?.ok === true && more.length === 0;
  if (result.signed_in) return;
  const tries = site.attempts.map(({ user, ok }) => `${user}: ${ok ? "right" : "wrong"}`).join(", ");
  result.problem += ` launch: not signed in; tried: ${tries || "nothing"}; at ${await page.url()}`;
}

/** Whoever leaves is not signed in again by the form that comes then. */
async function leave(site: Site, press: string, browser: Browser, opened: Page[]): Promise<void> {
  const [page] = opened;
  if (!page) return;
  await page.click({ css: press });
  await page.waitFor({ css: "[type=password]" });
  // Once its popup knows the account, the extension has dealt with the page.
  const popup = await browser.popupAbove(page);
  opened.push(popup);
  await popup.waitFor({ says: site.app.account.user });
  const typed = await page.valueOf({ css: "[type=password]" });
  if (typed !== "" || site.attempts.length > 1) throw new Error("filled again after the logout");
}

/** The old password is filled and a new one made where the person asks for it; it is stored once the page has taken it. */
async function change(
  site: Site,
  { path, press, says }: Change,
  browser: Browser,
  result: Result,
  opened: Page[],
): Promise<void> {
  result.changed = false;
  const [page] = opened;
  if (!page) return;
  const before = site.password;
  await page.goto(site.origin + path);
  const popup = await browser.popupAbove(page);
  opened.push(popup);
  await popup.click({ role: "button", name: "Change password" });
  const made = await browser.pageAt(browser.own("change.html"));
  opened.push(made);
  await made.click({ role: "button", name: "Fill" });
  await made.waitFor({ role: "button", name: "It worked: save it" });
  await page.bringToFront();
  const offer = browser.pageAt(browser.own("offer.html"), 3 * OFFER);
  offer.catch(() => {});
  await page.click({ css: press });
  await page.waitFor({ says });
  const shown = await Promise.race([offer, late(OFFER, "no offer to save the new password")]);
  opened.push(shown);
  await shown.waitFor({ role: "heading", name: "Update the password?" });
  await shown.click({ role: "button", name: "Update" });
  await tidy(opened);
  const again = await launch(site, browser, opened);
  await again.waitFor({ says: site.greeting }, LAUNCH);
  result.changed = site.password !== before && site.attempts.length === 1 && site.attempts[0]?.ok === true;
}

/** Another day: nobody is signed in, and the person opens the app from Lanyard. */
async function launch(site: Site, browser: Browser, opened: Page[]): Promise<Page> {
  site.forgetSessions();
  site.attempts.length = 0;
  const { code, stderr } = await lanyard(["launch", site.name]);
  if (code !== 0) throw new Error(`launch: ${stderr}`);
  const page = await browser.pageAt(site.origin, LAUNCH);
  opened.push(page);
  return page;
}

/** What a person still presses to come to the form. */
function opening({ app }: Site): Step[] {
  const first = app.person.findIndex((step) => !("press" in step));
  return app.person.slice(0, first);
}

/** Goes through it as the app says. */
export async function signIn(page: Page, site: Site, password: string): Promise<void> {
  await page.bringToFront();
  for (const step of site.app.person) await act(page, step, site, password);
}

async function act(page: Page, step: Step, site: Site, password: string): Promise<void> {
  if ("key" in step) return page.press(step.key);
  const there = step.frame === undefined ? {} : { frame: step.frame };
  if ("press" in step) return page.click({ css: step.press, ...there });
  if (step.into) await page.click({ css: step.into, ...there });
  await page.type(words(step.type, site.app.account, password));
}

async function add(site: Site): Promise<void> {
  const { user, password } = site.app.account;
  const args = ["credentials", "add", "--name", site.name, "--url", site.login, "--user", user];
  const { code, stderr } = await lanyard(args, { input: `${password}\n` });
  if (code !== 0) throw new Error(`credentials add: ${stderr}`);
}

async function addSeed(site: Site): Promise<void> {
  const { code, stderr } = await lanyard(["credentials", "edit", site.name, "--one-time-code"], {
    input: `${site.app.account.seed}\n`,
  });
  if (code !== 0) throw new Error(`credentials edit: ${stderr}`);
}

/** The extension's last words may still be on their way. */
async function saved(site: Site): Promise<void> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const { apps } = (await lanyardJson(["credentials", "list"])) as { apps: { name: string }[] };
    if (apps.some(({ name }) => name === site.name)) return;
    if (Date.now() > deadline) throw new Error("it was saved and is not in the list");
  }
}

async function holdsSomething(page: Page, site: Site): Promise<boolean> {
  const step = site.app.person.find((one) => "type" in one && one.type === "password");
  if (!step || !("into" in step) || !step.into || step.frame) return false;
  return (await page.valueOf({ css: step.into }).catch(() => "")) !== "";
}

async function tidy(opened: Page[]): Promise<void> {
  for (const page of opened.splice(0)) await page.close().catch(() => undefined);
}

function late(milliseconds: number, what: string): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(what)), milliseconds));
}

/** The table of results, for people. */
export function table(results: Map<string, Result[]>, notYet: Record<string, string>): string {
  const mark = (value: boolean | null) => (value === null ? "–" : value ? "✓" : "✗");
  const cells = ({ captured, filled, submitted, signed_in }: Result) =>
    [captured, filled, submitted, signed_in].map((value) => mark(value).padStart(3)).join(" ");
  const browsers = [...results.keys()];
  const apps = results.get(browsers[0] ?? "")?.map(({ app }) => app) ?? [];
  const lines = apps.map((app) => {
    const found = browsers.map((browser) => results.get(browser)?.find((one) => one.app === app));
    const columns = found.map((one) => (one ? cells(one) : "").padEnd(17)).join(" │ ");
    return `${app.padEnd(24)} ${columns} ${notYet[app] ?? ""}`.trimEnd();
  });
  const heads = browsers.map((name) => name.padEnd(17)).join(" │ ");
  return [
    `${"app".padEnd(24)} ${heads}`,
    `${"".padEnd(24)} ${browsers.map(() => "cap fil sub in   ").join(" │ ")}`,
    ...lines,
  ].join("\n");
}
