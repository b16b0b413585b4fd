// The main job as a test: one subtest a step. A step that fails ends the walk.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepFailed } from "./failure.ts";
import { screenshot } from "./screenshot.ts";
import { nothingYet, play, steps } from "./walk.ts";
import { World } from "./world.ts";

test("the walk", async (walk) => {
  const world = await World.start();
  const findings = nothingYet();
  try {
    for (const [index, step] of steps.entries()) {
      await walk.test(`${index + 1}. ${step.title}`, async () => {
        try {
          await play(step, world, findings);
        } catch (error) {
          const picture = await screenshot(`walk-failed-${index + 1}`);
          const { message, hint, log } = error as StepFailed;
          assert.fail(`${message} · hint: ${hint} · log: ${log} · picture: ${picture}`);
        }
      });
    }
    const { dom_to_filled_ms, round_trip_ms_p50, companion_pss_mb: _, ...done } = findings;
    assert.deepEqual(Object.values(done), Array(8).fill(true), JSON.stringify(findings));
    assert.ok(dom_to_filled_ms !== null && dom_to_filled_ms < 1000, `dom_to_filled_ms ${dom_to_filled_ms}`);
    assert.ok(
      round_trip_ms_p50 !== null && round_trip_ms_p50 < 100,
      `round_trip_ms_p50 ${round_trip_ms_p50}`,
    );
  } finally {
    await world.end();
  }
});
