import assert from "node:assert/strict";
import { test } from "node:test";
import { groupCode, piecesOf } from "./secret.ts";

test("letters, digits and symbols are pieces of their own, and together they are the secret", () => {
  const pieces = piecesOf("lO10-ß²x");
  assert.deepEqual(
    pieces.map(({ is, text }) => [is, text]),
    [
      ["letter", "lO"],
      ["digit", "10"],
      ["symbol", "-"],
      ["letter", "ß"],
      ["digit", "²"],
      ["letter", "x"],
    ],
  );
  assert.deepEqual(piecesOf(""), []);
});

test("a code is shown in two halves", () => {
  assert.equal(groupCode("123456"), "123 456");
  assert.equal(groupCode("1234567"), "1234 567");
  assert.equal(groupCode("12345678"), "1234 5678");
});
