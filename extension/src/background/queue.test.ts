import assert from "node:assert/strict";
import { test } from "node:test";
import { NothingCame, Queue } from "./queue.ts";

test("what came is taken in its order, also by one who waited for it", async () => {
  const queue = new Queue<number>();
  queue.put(1);
  queue.put(2);
  assert.equal(await queue.next(null), 1);
  assert.equal(await queue.next(null), 2);
  const third = queue.next(null);
  queue.put(3);
  assert.equal(await third, 3);
});

test("nobody waits for what will not come", async () => {
  const queue = new Queue<number>();
  await assert.rejects(queue.next(1), NothingCame);
  const waits = queue.next(null);
  queue.end();
  await assert.rejects(waits, NothingCame);
  await assert.rejects(queue.next(null), NothingCame);
});
