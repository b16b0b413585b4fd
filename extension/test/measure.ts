// How long a launched page waits for its values, what the stub costs a page that has no app, and what the page script that
// waits for a form costs one that changes ten thousand times. Prints one JSON object.
//
// The host is the scripted one: what the real one and the companion take is measured where they are.

import { readFile } from "node:fs/promises";
import { start_extension_browser } from "./extension-browser.ts";
import { type Cost, STORM, storm_cost } from "./storm.ts";

const ROUNDS = 20;

const browser = await start_extension_browser();
const { companion, app, context } = browser;
await companion.next("hello");
companion.answers.fill = () => ({
  ok: { fill: { fill: "f", user_name: "alice", password: "correct horse", submit: false } },
});

const fills: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const opened = context.waitForEvent("page");
  const launch = {
    launch: `l${round}`,
    app: "a",
    origin: app.origin,
    open: `${app.origin}/timed`,
    expires_in: 60_000,
  };
  companion.tell({ launch });
  const page = await opened;
  await companion.next("fill_ended", round);
  fills.push((await page.evaluate("filled - there")) as number);
  await page.close();
}

console.log(
  JSON.stringify({
    dom_to_filled_ms_p50: middle(fills),
    dom_to_filled_ms_max: Math.max(...fills),
    stub_ms_p50: await stub_cost(),
    ...(await storms()),
  }),
);
await browser.close();

/** The stub's own code in a page, run again and again, with the message going out for real. */
async function stub_cost(): Promise<number> {
  const stub = await readFile(new URL("../dist/chromium/stub.js", import.meta.url), "utf8");
  const page = await context.newPage();
  await page.goto(`${app.origin}/plain`);
  const session = await context.newCDPSession(page);
  const contexts: { id: number; name: string }[] = [];
  session.on("Runtime.executionContextCreated", ({ context }) => contexts.push(context));
  await session.send("Runtime.enable");
  const contextId = contexts.find(({ name }) => name === "Lanyard")?.id;
  if (contextId === undefined) throw new Error("the stub is not in the page");
  const expression = `Array.from({ length: 101 }, () => { const start = performance.now(); ${stub}; return performance.now() - start })`;
  const { result } = await session.send("Runtime.evaluate", { expression, contextId, returnByValue: true });
  return middle(result.value as number[]);
}

/**
 * All of the main thread's time that is not the page's own: what a storm takes in a page that is watched, less what it takes
 * in the middle in one that is not. One page after the other: timers of a page in the background wait.
 */
async function storms(): Promise<object> {
  await context.route("**/storm", (route) => route.fulfill({ contentType: "text/html", body: STORM }));
  const without = middle((await storms_in(app.other_origin)).map(({ page }) => page));
  companion.tell({
    launch: { launch: "storm", app: "a", origin: app.origin, open: null, expires_in: 60_000 },
  });
  await browser.run(async () => {
    const is_there = async () =>
      JSON.stringify(await chrome.storage.session.get("rights")).includes('"storm"');
    while (!(await is_there())) await new Promise((done) => setTimeout(done, 20));
  }, null);
  const watched = await storms_in(app.origin);
  if (watched.every(({ ours }) => ours === 0)) throw new Error("the page is not watched");
  const costs = watched.map(({ page, records, ours }) => page + records + ours - without);
  costs.sort((one, other) => one - other);
  return {
    storm_ms_p50: middle(costs),
    storm_ms_p95: round_of(costs[Math.floor(costs.length * 0.95)] ?? Number.NaN),
  };
}

async function storms_in(origin: string): Promise<Cost[]> {
  const page = await context.newPage();
  await page.goto(`${origin}/storm`);
  // The first is of a page that is compiled.
  await storm_cost(page);
  const costs: Cost[] = [];
  for (let round = 0; round < ROUNDS; round += 1) costs.push(await storm_cost(page));
  await page.close();
  return costs;
}

function middle(times: number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return round_of(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

function round_of(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
