import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clampLength,
  DEFAULT_RULES,
  makePassword,
  type PasswordRules,
  strengthBits,
  strengthOf,
} from "./generate.ts";

const only = (name: keyof PasswordRules, length = 8): PasswordRules => ({
  length,
  lower: false,
  upper: false,
  digits: false,
  symbols: false,
  noLookAlikes: false,
  [name]: true,
});

/** Random bytes that are told beforehand, the last of them for ever. */
const told = (bytes: number[]) => (into: Uint8Array) => {
  into[0] = bytes.length > 1 ? (bytes.shift() as number) : (bytes[0] as number);
};

test("a password has the length and only the classes that were chosen", () => {
  for (const length of [8, 20, 64]) assert.equal(makePassword({ ...DEFAULT_RULES, length }).length, length);
  assert.match(makePassword(only("digits", 40)), /^\d{40}$/);
  assert.match(makePassword(only("lower", 40)), /^[a-z]{40}$/);
  assert.match(makePassword(only("upper", 40)), /^[A-Z]{40}$/);
  assert.match(makePassword(only("symbols", 40)), /^[^A-Za-z0-9\s"'<>\\`]{40}$/);
});

test("every chosen class occurs, even in the shortest password", () => {
  for (let turn = 0; turn < 200; turn++) {
    const password = makePassword({ ...DEFAULT_RULES, length: 8 });
    for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/]) assert.match(password, kind);
  }
});

test("what looks alike is left out when asked", () => {
  const rules = { ...DEFAULT_RULES, length: 64, noLookAlikes: true };
  for (let turn = 0; turn < 100; turn++) assert.doesNotMatch(makePassword(rules), /[lI1O0]/);
});

test("bytes that would favour the first characters are thrown away", () => {
  // Ten digits: 250 and above would make 0 to 5 more likely.
  assert.equal(makePassword(only("digits"), told([255, 250, 249, 255, 7])), "97777777");
});

test("each character is as likely as any other", () => {
  const counts = new Map<string, number>();
  for (let turn = 0; turn < 500; turn++) {
    for (const digit of makePassword(only("digits", 64))) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  }
  // 3200 of each are expected, with a standard deviation of 54.
  for (const [digit, count] of counts) assert.ok(Math.abs(count - 3200) < 330, `${digit}: ${count}`);
  assert.equal(counts.size, 10);
});

test("the strength of one class is that of its characters", () => {
  assert.ok(Math.abs(strengthBits(only("digits", 8)) - 8 * Math.log2(10)) < 1e-9);
  assert.ok(Math.abs(strengthBits(only("lower", 64)) - 64 * Math.log2(26)) < 1e-9);
});

test("the strength counts only passwords in which every class occurs", () => {
  const rules = { ...only("digits", 8), lower: true };
  const count = 36 ** 8 - 26 ** 8 - 10 ** 8;
  assert.ok(Math.abs(strengthBits(rules) - Math.log2(count)) < 1e-9);
});

test("longer and more kinds of characters are stronger", () => {
  assert.ok(strengthBits({ ...DEFAULT_RULES, length: 21 }) > strengthBits(DEFAULT_RULES));
  assert.ok(strengthBits(DEFAULT_RULES) > strengthBits({ ...DEFAULT_RULES, symbols: false }));
  assert.ok(strengthBits(DEFAULT_RULES) > strengthBits({ ...DEFAULT_RULES, noLookAlikes: true }));
});

test("bits have words", () => {
  assert.deepEqual([49, 50, 70, 100].map(strengthOf), ["weak", "fair", "strong", "very_strong"]);
});

test("a length that no password can have becomes one that it can", () => {
  assert.deepEqual([3, 20.4, 99, Number.NaN].map(clampLength), [8, 20, 64, 8]);
});
