// The main job as a test, from the same steps in each kind of browser: one subtest a step. A step that fails ends the
// walk.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Chromium } from "./chromium.ts";
import type { StepFailed } from "./failure.ts";
import { Firefox } from "./firefox.ts";
import { screenshot } from "./screenshot.ts";
import { nothingYet, play, steps } from "./walk.ts";
import { type Kind, World } from "./world.ts";

for (const kind of [Chromium, Firefox]) test(`the walk in ${kind.name}`, (walk) => walkIn(kind, walk));

async function walkIn(kind: Kind, walk: TestContext): Promise<void> {
  const world = await World.start(kind);
  const findings = nothingYet();
  try {
    for (const [index, step] of steps.entries()) {
      let failed = false;
      await walk.test(`${index + 1}. ${step.title}`, async () => {
        try {
          await play(step, world, findings);
        } catch (error) {
          failed = true;
          const picture = await screenshot(`walk-failed-${world.browser.name}-${index + 1}`);
          const { message, hint, log } = error as StepFailed;
          assert.fail(`${message} · hint: ${hint} · log: ${log} · picture: ${picture}`);
        }
      });
      if (failed) return;
    }
    const { dom_to_filled_ms, companion_pss_mb: _, ...done } = findings;
    assert.deepEqual(Object.values(done), Array(8).fill(true), JSON.stringify(findings));
    assert.ok(dom_to_filled_ms !== null && dom_to_filled_ms < 1000, `dom_to_filled_ms ${dom_to_filled_ms}`);
  } finally {
    await world.end();
  }
}
