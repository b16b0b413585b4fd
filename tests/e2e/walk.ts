// The main job, end to end, as a person does it: six steps, each with its checks. The demo shows them, the test asserts
// them.

import { join } from "node:path";
import type { Page } from "./browser.ts";
import { expect, StepFailed } from "./failure.ts";
import { lanyardJson, status } from "./lanyard.ts";
import { alice, logins } from "./payroll.ts";
import { approve, events } from "./provider.ts";
import { pssOf } from "./pss.ts";
import { compare, SAME } from "./question.ts";
import { logs } from "./stage.ts";
import type { World } from "./world.ts";

/** What the walk found out; the last line of the demo. */
export interface Findings {
  signed_in: boolean;
  paired: boolean;
  captured: boolean;
  filled: boolean;
  submitted: boolean;
  locked: boolean;
  restarted: boolean;
  signed_out: boolean;
  dom_to_filled_ms: number | null;
  companion_pss_mb: number | null;
}

export interface Step {
  title: string;
  /** What to do when it fails. */
  hint: string;
  run(world: World, findings: Findings): Promise<void>;
}

export function nothingYet(): Findings {
  return {
    signed_in: false,
    paired: false,
    captured: false,
    filled: false,
    submitted: false,
    locked: false,
    restarted: false,
    signed_out: false,
    dom_to_filled_ms: null,
    companion_pss_mb: null,
  };
}

export const steps: Step[] = [
  { title: "signed in as Alice", hint: "the provider's words are in log/provider.log", run: signIn },
  {
    title: "the browser is connected",
    hint: "see whether the native messaging host is installed",
    run: pair,
  },
  {
    title: "the first login to Payroll 2004 is saved",
    hint: "see what the offer says in the picture",
    run: capture,
  },
  {
    title: "Payroll 2004 opens signed in",
    hint: "`lanyard activity` says what was refused and why",
    run: launch,
  },
  { title: "locked, unlocked, quit, started again", hint: "see the state in the tray", run: lockAndRestart },
  { title: "signed out, refresh token revoked", hint: "see the provider's events", run: signOut },
];

/** Runs a step; a failure says what, what to do, and where the log is. */
export async function play(step: Step, world: World, findings: Findings): Promise<void> {
  try {
    await step.run(world, findings);
  } catch (error) {
    const what = (error as Error).message.split("\n").slice(0, 3).join(" ");
    throw new StepFailed(what, step.hint, join(logs, "companion.log"));
  }
}

async function signIn(world: World, findings: Findings): Promise<void> {
  const { desktop, browser, provider } = world;
  await desktop.choose("Sign in…");
  const host = new URL(provider.issuer).host;
  await desktop.find({ role: "heading", name: `Sign in to ${host}` }, 20_000);
  const { code, uri } = await shownCode(desktop, provider.issuer);
  await world.picture("1-code", { role: "button", name: "Open in browser" });
  await desktop.press({ name: "Open in browser" });
  const page = await browser.pageAt(uri);
  await approve(page, code);

  await desktop.trayShows({ has: "Sign out", says: "Alice Meyer" });
  await desktop.find({ says: "Alice Meyer" });
  const { account, vault } = await status();
  expect(account?.name === "Alice Meyer", "`lanyard status` to show Alice Meyer", account);
  expect("unlocked" in vault, "the vault to be open after the sign-in", vault);
  await page.close();
  await desktop.choose("Open Lanyard");
  findings.signed_in = true;
}

/** The code and the address, as the window shows them, once the provider has given them. */
async function shownCode(desktop: World["desktop"], issuer: string): Promise<{ code: string; uri: string }> {
  await desktop.find({ role: "button", name: "Open in browser" }, 20_000);
  const elements = await desktop.elements();
  const words = elements.map(({ name, text }) => `${name}\n${text}`).join("\n");
  const code = /\b[A-Z]{4}-[A-Z]{4}\b/.exec(words)?.[0];
  expect(code !== undefined, "the window to show a code like BCDF-GHJK", words);
  expect(words.includes(`${issuer}/device`), `the window to show ${issuer}/device`, words);
  const picture = elements.some(({ role, name }) => role === "image" && /QR/i.test(name));
  expect(picture, "the window to have a picture whose name says that it is a QR code", words);
  return { code, uri: `${issuer}/device` };
}

async function pair(world: World, findings: Findings): Promise<void> {
  const { desktop, browser } = world;
  const page = await browser
    .pageAt(browser.own("welcome.html"), 3000)
    .catch(() => browser.open(browser.own("popup.html")));
  await page.bringToFront();
  const connect = { role: "button", name: "Connect this browser" };
  await page.click(connect);
  await desktop.find({ role: "heading", name: `Connect ${browser.name}?` });
  await world.picture("2-question", { role: "button", name: SAME });
  await compare(desktop, browser);
  await page.waitUntilGone(connect);
  const { browsers } = await status();
  expect(browsers === 1, "`lanyard status` to count one connected browser", browsers);
  await page.bringToFront();
  findings.paired = true;
}

async function capture(world: World, findings: Findings): Promise<void> {
  const { browser, desktop, payroll } = world;
  const page = await browser.open(payroll.login);
  const offered = browser.pageAt(browser.own("offer.html"), 15_000);
  offered.catch(() => {});
  await typeAndSubmit(page);
  await page.waitFor({ says: `Signed in as ${alice.user}` });
  const offer = await offered;
  await offer.waitFor({ role: "heading", name: "Save this sign-in?" });
  const name = { role: "textbox", name: "Name" };
  const proposed = await offer.valueOf(name);
  expect(proposed.includes("Payroll"), "the proposed name to be like the page's", proposed);
  const contained = (await offer.html()).includes(alice.password);
  expect(!contained, "the offer not to contain the password", await offer.url());
  await offer.fill(name, "Payroll 2004");
  await offer.check({ role: "checkbox", name: "Sign in by itself next time" });
  await world.picture("3-offer");
  await offer.click({ role: "button", name: "Save" });

  const apps = await waitForApps((found) => found.length === 1);
  expect(apps[0]?.name === "Payroll 2004", "Payroll 2004 in `lanyard credentials list`", apps);
  await desktop.choose("Open Lanyard");
  await desktop.find({ role: "button", name_begins: "Payroll 2004" });
  findings.captured = true;
}

async function typeAndSubmit(page: Page): Promise<void> {
  await page.click({ label: "User name" });
  await page.type(alice.user);
  await page.press("Tab");
  await page.type(alice.password);
  await page.press("Enter");
}

async function launch(world: World, findings: Findings): Promise<void> {
  await world.browser.restart();
  await expectLogin(world);
  const before = await logins(world.payroll);
  const page = await launchPayroll(world);
  const seen = (await logins(world.payroll)).slice(before.length);
  expect(seen.length === 1 && seen[0]?.ok === true, "Payroll to have seen one login, a good one", seen);
  const fill = world.browser.fills.find(({ url }) => url.startsWith(world.payroll.origin));
  expect(fill !== undefined, "the page to have noticed the password in its form", world.browser.fills);
  findings.filled = true;
  findings.submitted = true;
  findings.dom_to_filled_ms = Math.round(fill.milliseconds * 10) / 10;
  findings.companion_pss_mb = await pssOf(world.companion.pid);
  await page.bringToFront();
}

/** A new session of the browser has to begin at the form, or nothing was shown. */
async function expectLogin({ browser, payroll }: World): Promise<void> {
  const page = await browser.open(payroll.origin);
  // Nobody launched it: an open form stays empty.
  const typed = await page.valueOf({ label: "Password" });
  expect(typed === "", "the form to stay empty where nobody asked for a fill", `${typed.length} characters`);
  await page.close();
}

/** Presses the app in Lanyard's window; returns the page that greets the person. */
export async function launchPayroll({ desktop, browser, payroll }: World): Promise<Page> {
  await desktop.choose("Open Lanyard");
  await desktop.press({ name_begins: "Payroll 2004" });
  const page = await browser.pageAt(`${payroll.origin}/payslips`, 15_000);
  await page.waitFor({ says: `Signed in as ${alice.user}` });
  return page;
}

async function lockAndRestart(world: World, findings: Findings): Promise<void> {
  await lockedIsNotFilled(world);
  findings.locked = true;

  await world.desktop.choose("Quit");
  await world.restartCompanion();
  await world.desktop.trayShows({ has: "Sign out", says: "Alice Meyer" });
  const { account, vault } = await status();
  expect(account?.name === "Alice Meyer", "Alice to be signed in after Quit and start", account);
  expect("unlocked" in vault, "the vault to be readable after Quit and start", vault);
  const apps = await waitForApps((found) => found.length === 1);
  expect(apps[0]?.name === "Payroll 2004", "Payroll 2004 to be listed after Quit and start", apps);
  findings.restarted = true;
}

async function lockedIsNotFilled(world: World): Promise<void> {
  const { desktop, browser, payroll } = world;
  await desktop.choose("Lock");
  await desktop.trayShows({ has: "Unlock" });
  const page = await signedOutPayroll(world);
  const popup = await browser.popupAbove(page);
  await popup.waitFor({ says: /locked/i });
  expect(!(await popup.has({ role: "button", name: "Fill" })), "no Fill while locked", await popup.text());
  await world.picture("5-locked");
  await popup.close();
  const typed = await page.valueOf({ label: "Password" });
  expect(typed === "", "nothing to be filled while locked", `${typed.length} characters`);
  await page.close();

  await desktop.choose("Unlock");
  await desktop.trayShows({ has: "Lock" });
  const before = (await logins(payroll)).length;
  await launchPayroll(world);
  const seen = (await logins(payroll)).slice(before);
  expect(seen.length === 1 && seen[0]?.ok === true, "one good login after the unlock", seen);
}

/** Logs out of Payroll by its own button; the page is its form again. */
export async function signedOutPayroll({ browser, payroll }: World): Promise<Page> {
  const page = await browser.pageAt(`${payroll.origin}/payslips`);
  await page.click({ role: "button", name: "Log out" });
  await page.waitFor({ label: "Password" });
  return page;
}

async function signOut({ desktop, browser, provider }: World, findings: Findings): Promise<void> {
  await desktop.choose("Sign out");
  await desktop.trayShows({ has: "Sign in…" });
  const seen = await events(provider);
  const revoked = seen.some(
    ({ type, token, known }) => type === "revocation" && token === "refresh_token" && known === true,
  );
  expect(revoked, "the provider to have revoked the refresh token", seen.slice(-5));
  const { account, vault } = await status();
  expect(account === null, "nobody to be signed in", account);
  expect("locked" in vault, "the vault to be locked", vault);
  const popup = await browser.open(browser.own("popup.html"));
  await popup.waitFor({ says: /signed out|sign in/i });
  findings.signed_out = true;
}

interface App {
  name: string;
  user_name: string;
}

/** Reads the list of apps until it is as expected: the extension's last words may still be on their way. */
async function waitForApps(expected: (apps: App[]) => boolean): Promise<App[]> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const { apps } = (await lanyardJson(["credentials", "list"])) as { apps: App[] };
    if (expected(apps) || Date.now() > deadline) return apps;
  }
}
