// How long a launched page waits for its values, and what the stub costs a page that has no app. Prints one JSON object.
//
// The host is the scripted one: what the real one and the companion take is measured where they are.

import { readFile } from "node:fs/promises";
import { start_extension_browser } from "./extension-browser.ts";

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

function middle(times: number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 100) / 100;
}
