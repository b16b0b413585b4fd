// The finder on labelled pages, where they are there: beside the checkout, or where LANYARD_CORPUS says. Their content belongs to
// its sites and is no part of the sources.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Judged, judge, read_known_failures } from "./judge.ts";
import { predict } from "./predict.ts";

const FOLDER = resolve(
  process.env.LANYARD_CORPUS ?? fileURLToPath(new URL("../../../shared/corpus", import.meta.url)),
);
const skip = existsSync(join(FOLDER, "labels.jsonl")) ? false : `no labelled pages in ${FOLDER}`;

/** Least right, in per cent. */
const LEAST: Record<string, number> = {
  "login: username and current password both right": 99,
  "login: labelled submit control chosen": 93,
  "login: password never called new": 97,
  "login: username-only step right": 100,
  "bait: no field called current password": 95,
  "bait: no field called username": 95,
  "signup: new password called new": 98.5,
  "signup: new password never called current": 99.5,
  "change: new password called new": 98.5,
  "change: whole page right": 93,
  "otp: pages without a false one": 99.5,
};

describe("the finder on labelled pages", { skip }, () => {
  let judged: Judged;
  before(async () => {
    judged = await judge(FOLDER, await predict(FOLDER));
  });

  for (const [metric, least] of Object.entries(LEAST))
    test(metric, () => {
      const { right, of } = judged.all[metric] ?? { right: 0, of: 1 };
      assert.ok((100 * right) / of >= least, `${right} of ${of}, wanted ${least} %`);
    });

  test("fails where it is known to, and nowhere else: known-failures.json", async () => {
    assert.deepEqual(judged.misses, await read_known_failures());
  });
});
