// The budgets, measured with 100, 10,000 and 100,000 credentials: round trips through the real native host, start-up and
// memory; with 10,000 also the window, and in both browsers the time from a form in the page to the values in it. What was
// measured of the extension alone comes as an argument. Prints a table, then one line of JSON.

import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "../e2e/browser.ts";
import { Chromium } from "../e2e/chromium.ts";
import { Desktop } from "../e2e/desktop.ts";
import { makeDefault } from "../e2e/desktop-browser.ts";
import { Firefox } from "../e2e/firefox.ts";
import { Host, newProfile, type Outcome, percentile } from "../e2e/host.ts";
import { lanyard, status, vaultIsThere } from "../e2e/lanyard.ts";
import { alice, startPayroll } from "../e2e/payroll.ts";
import { end, type Started } from "../e2e/process.ts";
import { startProvider } from "../e2e/provider.ts";
import { pssOf } from "../e2e/pss.ts";
import { compare, pairHost } from "../e2e/question.ts";
import { signInAtTerminal } from "../e2e/sign-in.ts";
import { program, stage } from "../e2e/stage.ts";
import { closeWindow, windowsOf } from "../e2e/window.ts";
import { configure, forgetEverything, installHost, startCompanion } from "../e2e/world.ts";
import { budgets, type Figures, ORDINARY, SIZES, table } from "./budgets.ts";

/** Suggests and fills together stay below the thousand that a browser may ask at once. */
const ROUND_TRIPS = 400;
const STARTS = 5;
const LAUNCHES = 24;

const environment = makeDefault(Chromium.opener());
const [provider, payroll, desktop] = await Promise.all([startProvider(), startPayroll(), Desktop.start()]);
const figures: Figures = JSON.parse(process.argv[2] ?? "{}");
let companion: Started;
for (const credentials of SIZES) {
  console.error(`  ${credentials} credentials`);
  await makeVault(credentials);
  companion = await measureStart(credentials);
  desktop.pid = companion.pid;
  await desktop.trayShows({ has: "Lock" });
  figures[`companion_pss_mb_${credentials}`] = await pssOf(companion.pid);
  await measureRoundTrips(credentials);
  if (credentials === ORDINARY) {
    await measureWindow();
    for (const kind of [Chromium, Firefox]) await measureFills(await kind.start());
  }
  await end(companion);
}
figures.credential_bytes = memoryOfOne();
measureSizes();

console.log(table(figures));
console.log(JSON.stringify(figures));
await Promise.all([desktop.end(), end(payroll), end(provider)]);
process.exit(budgets.some(({ figure }) => figures[figure] === undefined) ? 1 : 0);

/** A vault of its own, signed in once, with many credentials and the one for Payroll. */
async function makeVault(credentials: number): Promise<void> {
  forgetEverything();
  configure(provider);
  await installHost();
  const first = await startCompanion(environment);
  await vaultIsThere();
  await signInAtTerminal(provider);
  const password = { input: `${alice.password}\n` };
  const add = ["credentials", "add", "--name", "Payroll 2004", "--url", payroll.login, "--user", alice.user];
  const added = await lanyard(add, password);
  if (added.code !== 0) throw new Error(`Payroll 2004 could not be added: ${added.stderr}`);
  await end(first);
  await promisify(execFile)(program("bench-vault"), [String(credentials)]);
}

/** From the start of the process to the line that says that the socket listens, the vault being there. */
async function measureStart(credentials: number): Promise<Started> {
  const times: number[] = [];
  for (let turn = 0; ; turn++) {
    const from = performance.now();
    const started = await startCompanion(environment);
    times.push(performance.now() - from);
    if (turn === STARTS - 1) {
      figures[`start_ms_${credentials}`] = round(percentile(times, 0.5));
      return started;
    }
    await end(started);
  }
}

async function measureRoundTrips(credentials: number): Promise<void> {
  const host = new Host();
  must(await pairHost(desktop, host, await newProfile()));
  await closeWindow(desktop, companion);

  const suggest = await times(host, (turn) => ({ suggest: { frame: frameOf(turn, credentials) } }));
  figures[`suggest_ms_p50_${credentials}`] = round(percentile(suggest, 0.5));
  figures[`suggest_ms_p99_${credentials}`] = round(percentile(suggest, 0.99));

  const frame = frameOf(7, credentials);
  const { suggestions } = must(await host.ask({ suggest: { frame } })) as {
    suggestions: { accounts: { app: string }[] };
  };
  const app = suggestions.accounts[0]?.app;
  const fill = await times(host, () => ({
    fill: { frame, app, cause: { gesture: {} }, parts: ["user_name", "password"] },
  }));
  figures[`fill_ms_p50_${credentials}`] = round(percentile(fill, 0.5));
  figures[`fill_ms_p99_${credentials}`] = round(percentile(fill, 0.99));
  if (credentials === ORDINARY) figures.host_pss_mb = await pssOf(host.process.pid as number);
  await host.close();
}

async function times(host: Host, request: (turn: number) => object): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < ROUND_TRIPS; turn++) {
    const message = request(turn);
    const from = performance.now();
    const outcome = await host.ask(message);
    times.push(performance.now() - from);
    must(outcome);
  }
  return times;
}

function frameOf(turn: number, credentials: number) {
  const origin = `https://app-${(turn * 7919) % credentials}.corp.example`;
  return { tab: 1, frame: 0, document: "0", frame_origin: origin, top_origin: origin };
}

/** From asking for the window to its search field being there, and what it and the companion weigh then. */
async function measureWindow(): Promise<void> {
  const from = performance.now();
  await desktop.choose("Open Lanyard");
  await desktop.find({ role: "entry", name: "Search apps and accounts" }, 30_000);
  figures.window_usable_ms = round(performance.now() - from);
  const weights = await Promise.all((await processesOfWindow()).map(pssOf));
  figures.window_pss_mb = weights.includes(null)
    ? null
    : round(weights.reduce((sum: number, mb) => sum + (mb ?? 0), 0));
  await closeWindow(desktop, companion);
  // By the time it answers it has noticed.
  await status();
  figures.companion_pss_mb_after_window = await pssOf(companion.pid);
}

/** The window's process and those that its web engine started. */
async function processesOfWindow(): Promise<number[]> {
  const [window] = await windowsOf(companion);
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid=,ppid="]);
  const all = stdout.trim().split("\n");
  const pids = all.map((line) => line.trim().split(/\s+/).map(Number));
  const children = pids.filter(([, parent]) => parent === window).map(([pid]) => pid);
  return [window, ...children].filter((pid) => pid !== undefined);
}

/** Launches Payroll again and again; the page itself measures from the form to the password in it. */
async function measureFills(browser: Browser): Promise<void> {
  const welcome = await browser.pageAt(browser.own("welcome.html"));
  const connect = { role: "button", name: "Connect this browser" };
  await welcome.click(connect);
  await compare(desktop, browser);
  await welcome.waitUntilGone(connect);
  for (let turn = 0; turn < LAUNCHES; turn++) {
    const launched = await lanyard(["launch", "Payroll 2004"]);
    if (launched.code !== 0) throw new Error(`launch ended with ${launched.code}: ${launched.stderr}`);
    const page = await browser.pageAt(`${payroll.origin}/payslips`, 15_000);
    await page.click({ role: "button", name: "Log out" });
    await page.waitFor({ label: "Password" });
    await page.close();
  }
  const milliseconds = browser.fills.map((fill) => fill.milliseconds);
  const where = browser.name.toLowerCase();
  figures[`dom_to_filled_ms_p50_${where}`] = round(percentile(milliseconds, 0.5));
  figures[`dom_to_filled_ms_p95_${where}`] = round(percentile(milliseconds, 0.95));
  await browser.end();
}

/** What one credential more costs the companion, in bytes: the slope between the smallest and the largest vault. */
function memoryOfOne(): number | null {
  const [least = 0, most = 0] = [SIZES[0], SIZES.at(-1)];
  const [small, large] = [figures[`companion_pss_mb_${least}`], figures[`companion_pss_mb_${most}`]];
  if (!small || !large) return null;
  return Math.round(((large - small) * 1024 * 1024) / (most - least));
}

function measureSizes(): void {
  const kilobytes = (file: string) => round(statSync(join(stage, "extension/chromium", file)).size / 1000);
  figures.content_script_kb = kilobytes("stub.js");
  figures.content_script_with_finder_kb = kilobytes("finder.js");
  figures.content_script_capturing_kb = kilobytes("page.js");
  figures.content_script_filling_kb = kilobytes("fill.js");
}

function must(outcome: Outcome): unknown {
  if ("ok" in outcome) return outcome.ok;
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
