import "../../test/english.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pending } from "./pending.ts";

const DONE = { ok: { done: {} } };
const LOST = { code: "unavailable", message: "m", hint: "h" } as const;

test("answers find who asked, in whatever order they come", async () => {
  const pending = new Pending();
  const [one, two] = [pending.add(1_000), pending.add(1_000)];
  assert.notEqual(one.id, two.id);
  assert.ok(pending.settle(two.id, { ok: { unchanged: {} } }));
  assert.ok(pending.settle(one.id, DONE));
  assert.deepEqual(await one.answer, DONE);
  assert.deepEqual(await two.answer, { ok: { unchanged: {} } });
});

test("an answer that nobody waits for changes nothing", async () => {
  const pending = new Pending();
  const { id, answer } = pending.add(1_000);
  assert.equal(pending.settle(id + 1, DONE), false);
  assert.ok(pending.settle(id, DONE));
  assert.equal(pending.settle(id, { problem: LOST }), false);
  assert.deepEqual(await answer, DONE);
});

test("the end of the connection answers everybody", async () => {
  const pending = new Pending();
  const answers = [pending.add(1_000).answer, pending.add(1_000).answer];
  pending.fail(LOST);
  assert.deepEqual(await Promise.all(answers), [{ problem: LOST }, { problem: LOST }]);
  assert.equal(pending.size, 0);
});

test("silence is answered when the time is up", async () => {
  const answer = await new Pending().add(1).answer;
  assert.equal("problem" in answer && answer.problem.code, "expired");
});
