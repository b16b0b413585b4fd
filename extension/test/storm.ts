// What a page that changes a great deal costs with page.js watching it, in the words of Chromium's tracing.
//
// Three parts, each of them the main thread's: the records that the browser writes while the page makes its changes, which
// show as the page's own script taking longer; the microtask that hands them over; and what our script does. Each is the
// time that the thread had a processor, so that a busy machine does not count.

import type { CDPSession, Page } from "playwright-core";

/** Single changes, each a record of its own: the dearest way to make so many nodes. */
export const STORM = `<input name=search><div id=here></div><script>
  storm = () => new Promise((done) => setTimeout(function storming() {
    for (let n = 0; n < 10_000; n += 1) { const node = document.createElement("div"); node.className = "row"; here.appendChild(node) }
    setTimeout(done, 300);
  }));
</script>`;

export type Cost = { page: number; records: number; ours: number };

type TraceEvent = {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tdur?: number;
  tid: number;
  pid: number;
  args?: { data?: { url?: string; functionName?: string } };
};

const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "v8.execute"];

/** One storm in a page, in milliseconds. */
export async function storm_cost(page: Page): Promise<Cost> {
  const session = await page.context().newCDPSession(page);
  const events = await traced(session, () => page.evaluate("here.replaceChildren(); storm()"));
  await session.detach();
  const storming = events.find(
    ({ name, args }) => name === "FunctionCall" && args?.data?.functionName === "storming",
  );
  if (!storming) throw new Error("the trace does not have the storm");
  const later = events.filter(
    (event) => event.tid === storming.tid && event.pid === storming.pid && event.ts >= storming.ts,
  );
  const ours = later.filter(is_ours);
  const delivered = later.filter(
    (event) => event.name === "RunMicrotasks" && ours.some((call) => is_in(call, event)),
  );
  const called = ours.filter((call) => !delivered.some((event) => is_in(call, event)));
  return {
    page: milliseconds([storming]),
    records: milliseconds(delivered),
    ours: milliseconds(outermost(called)),
  };
}

async function traced(session: CDPSession, what: () => Promise<unknown>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES },
  });
  await what();
  const ended = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await ended;
  return events.filter(({ dur }) => dur !== undefined);
}

function is_ours({ name, args }: TraceEvent): boolean {
  return name === "FunctionCall" && args?.data?.url?.startsWith("chrome-extension://") === true;
}

function is_in(inner: TraceEvent, outer: TraceEvent): boolean {
  return (
    inner !== outer && inner.ts >= outer.ts && inner.ts + (inner.dur ?? 0) <= outer.ts + (outer.dur ?? 0)
  );
}

function outermost(events: TraceEvent[]): TraceEvent[] {
  return events.filter((event) => !events.some((other) => is_in(event, other)));
}

function milliseconds(events: TraceEvent[]): number {
  return events.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1_000;
}
