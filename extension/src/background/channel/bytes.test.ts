import assert from "node:assert/strict";
import { test } from "node:test";
import { are_equal, from_base64, from_text, is_text_of_32, to_base64 } from "./bytes.ts";

test("bytes are equal where all of them are, and none is left over", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  assert.ok(are_equal(bytes, Uint8Array.of(1, 2, 3)));
  for (const other of [[0, 2, 3], [1, 2, 4], [1, 2], [1, 2, 3, 0], []]) {
    assert.ok(!are_equal(bytes, Uint8Array.from(other)), `${other}`);
    assert.ok(!are_equal(Uint8Array.from(other), bytes), `${other}`);
  }
});

test("32 bytes are read as they were written, and no other text is taken for them", () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, at) => at * 8 + 7);
  const text = to_base64(bytes);
  assert.ok(is_text_of_32(text));
  assert.deepEqual(from_text(text), bytes);
  const others = [
    to_base64(bytes.slice(1)),
    `${text}=`,
    `!${text.slice(1)}`,
    text.replace(/.=$/, "/="),
    "",
    null,
  ];
  for (const other of others) assert.ok(!is_text_of_32(other), `${other}`);
});

test("bytes of any number travel, and what is no base64 is none", () => {
  for (const length of [0, 1, 2, 3, 65_535]) {
    const bytes = Uint8Array.from({ length }, (_, at) => at % 251);
    assert.equal(to_base64(bytes), Buffer.from(bytes).toString("base64"));
    assert.deepEqual(from_base64(to_base64(bytes)), bytes);
  }
  assert.equal(from_base64("a%"), null);
});
