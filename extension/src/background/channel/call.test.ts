import assert from "node:assert/strict";
import { test } from "node:test";
import { GivenCompanion, step } from "../../../test/channel-companion.ts";
import { given_key } from "../../../test/channel-keys.ts";
import { type Bytes, from_text, join, utf8 } from "./bytes.ts";
import { type Answer, type Called, Calling, make_fresh } from "./call.ts";
import { is_pin, type Pin, type Unconfirmed } from "./pairing.ts";
import { hmac, is_hmac, key_pair, make_key_pair } from "./primitives.ts";
import { prologue } from "./prologue.ts";
import type { Transport } from "./transport.ts";

const AGREED = prologue([4, 3], "moz-extension:companion@lanyard");
const OURS = await key_pair(await make_key_pair());
const THEIRS = await given_key("33".repeat(32));

test("a key that is made here never leaves as bytes", async () => {
  const { privateKey } = await make_key_pair();
  assert.equal(privateKey.extractable, false);
  for (const format of ["pkcs8", "jwk"] as const) {
    await assert.rejects(crypto.subtle.exportKey(format, privateKey));
  }
});

test("each pairing has a code of two groups, another each time, and a pin that is read as it was written", async () => {
  const [one, other] = [await pair(), await pair()];
  for (const { code } of [one, other]) {
    assert.match(code, /^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/);
  }
  assert.notEqual(one.code, other.code);
  const { pin } = one.confirm();
  assert.ok(is_pin(JSON.parse(JSON.stringify(pin))));
  assert.ok(!is_pin({ ...pin, key: pin.key.slice(4) }));
  assert.ok(!is_pin({ ...pin, ratchet: { ...pin.ratchet, next: "" } }));
});

test("channels that go on move the ratchet, also where the companion did not accept the last", async () => {
  let { pin } = (await pair()).confirm();
  let theirs = from_text(pin.ratchet.current);
  for (const accepts of [true, true, false, false, true, true]) {
    const { answer, next, transport, hash } = await go_on(pin, theirs);
    assert.ok("going_on" in answer);
    pin = answer.going_on.pin;
    const { frame } = answer.going_on.stored();
    const said = await transport.open_short(frame);
    assert.equal(said[0], 2);
    assert.ok(await is_hmac(next, said.slice(1), utf8("lanyard channel 1 proof of the extension"), hash));
    if (accepts) theirs = next;
  }
});

test("who is second of two with one pin notices the copy, and says so", async () => {
  const { pin } = (await pair()).confirm();
  const { next } = await go_on(pin, from_text(pin.ratchet.current));
  const { answer, transport } = await go_on(pin, next);
  assert.ok("cloned" in answer);
  assert.deepEqual(await transport.open_short(answer.cloned.frame), Uint8Array.of(0));
});

test("our own proof, sent back to us, is none", async () => {
  const { pin } = (await pair()).confirm();
  const label = utf8("lanyard channel 1 proof of the extension");
  const { answer } = await go_on(pin, from_text(pin.ratchet.current), label);
  assert.ok("cloned" in answer);
});

test("a companion that reveals another number is refused, in pairing and in going on", async () => {
  const { pin } = (await pair()).confirm();
  for (const known of [null, pin]) {
    const { called, companion, transport } = await call(known);
    companion.nonce = new Uint8Array(32);
    const proof = await prove(from_text(pin.ratchet.current), companion.hash);
    const message = known ? companion.going_on(proof) : companion.pairing();
    await assert.rejects(called.hear(await transport.seal_short(message)), { problem: "commitment" });
  }
});

test("another companion than the pinned one does not learn who calls", async () => {
  const { pin } = (await pair()).confirm();
  const { calling, message_1 } = await Calling.begin(OURS, AGREED, pin, await make_fresh());
  const other = await GivenCompanion.listen(await given_key("44".repeat(32)), AGREED, await make_fresh());
  const message_2 = await other.answer(message_1);
  await assert.rejects(calling.hear(message_2), { problem: "other_key" });
  await assert.rejects(calling.hear(message_2), { problem: "ended" });
});

test("a companion that does not know us is told from one that answers what was not asked", async () => {
  const { pin } = (await pair()).confirm();
  const answers: [Pin | null, (companion: GivenCompanion) => Bytes, string][] = [
    [pin, () => Uint8Array.of(0), "not_paired"],
    [null, () => Uint8Array.of(0), "not_paired"],
    [pin, (companion) => companion.pairing(), "malformed"],
    [null, (companion) => companion.going_on(new Uint8Array(32)), "malformed"],
    [null, () => new Uint8Array(), "malformed"],
    [null, () => Uint8Array.of(0, 0), "malformed"],
    [null, () => Uint8Array.of(3), "malformed"],
    [null, (companion) => join(companion.pairing(), Uint8Array.of(0)), "malformed"],
    [pin, (companion) => companion.going_on(new Uint8Array(31)), "malformed"],
  ];
  for (const [known, says, problem] of answers) {
    const { called, companion, transport } = await call(known);
    const frame = await transport.seal_short(says(companion));
    await assert.rejects(called.hear(frame), { problem });
    await assert.rejects(called.hear(frame), { problem: "ended" });
  }
});

test("another version or another origin is refused", async () => {
  for (const told of [
    prologue([3], "moz-extension:companion@lanyard"),
    prologue([4, 3], "chrome-extension://a/"),
  ]) {
    const { calling, message_1 } = await Calling.begin(OURS, AGREED, null, await make_fresh());
    const companion = await GivenCompanion.listen(THEIRS, told, await make_fresh());
    await assert.rejects(calling.hear(await companion.answer(message_1)), { problem: "not_ours" });
  }
});

test("message 2 has one length, and each altered byte of it is noticed", async () => {
  for (const alter of [
    (message: Bytes) => message.slice(1),
    (message: Bytes) => join(message, Uint8Array.of(0)),
    () => new Uint8Array(),
  ]) {
    const { calling, message_2 } = await answered();
    await assert.rejects(calling.hear(alter(message_2)), { problem: "length" });
    await assert.rejects(calling.hear(message_2), { problem: "ended" });
  }
  for (let at = 0; at < 128; at += 9) {
    const { calling, message_2 } = await answered();
    message_2[at] = (message_2[at] ?? 0) ^ 1;
    await assert.rejects(calling.hear(message_2), { problem: "not_ours" }, `byte ${at}`);
  }
});

test("the first frame of another channel is refused", async () => {
  const [one, other] = [await call(null), await call(null)];
  const frame = await other.transport.seal_short(other.companion.pairing());
  await assert.rejects(one.called.hear(frame), { problem: "not_ours" });
});

test("a prologue has versions and an origin, and not too much of either", () => {
  const refused: [number[], string][] = [
    [[], "o"],
    [[1], ""],
    [[65_536], "o"],
    [[1.5], "o"],
    [Array(256).fill(1), "o"],
    [[1], "o".repeat(256)],
  ];
  for (const [versions, origin] of refused) {
    assert.throws(() => prologue(versions, origin), { problem: "prologue" });
  }
});

async function answered(): Promise<{ calling: Calling; message_2: Bytes; companion: GivenCompanion }> {
  const { calling, message_1 } = await Calling.begin(OURS, AGREED, null, await make_fresh());
  const companion = await GivenCompanion.listen(THEIRS, AGREED, await make_fresh());
  return { calling, message_2: await companion.answer(message_1), companion };
}

/** As far as message 3. */
async function call(
  pin: Pin | null,
): Promise<{ called: Called; companion: GivenCompanion; transport: Transport }> {
  const { calling, message_1 } = await Calling.begin(OURS, AGREED, pin, await make_fresh());
  const companion = await GivenCompanion.listen(THEIRS, AGREED, await make_fresh());
  const { called, message_3 } = await calling.hear(await companion.answer(message_1));
  const { wish, transport } = await companion.open(message_3);
  assert.equal(wish[0], pin ? 2 : 1);
  assert.equal(wish.length, 33);
  return { called, companion, transport };
}

async function pair(): Promise<Unconfirmed> {
  const { called, companion, transport } = await call(null);
  const answer = await called.hear(await transport.seal_short(companion.pairing()));
  assert.ok("pairing" in answer);
  return answer.pairing;
}

/** A companion that is at `theirs` proves it. */
async function go_on(
  pin: Pin,
  theirs: Bytes,
  label?: Bytes,
): Promise<{ answer: Answer; next: Bytes; transport: Transport; hash: Bytes }> {
  const { called, companion, transport } = await call(pin);
  const proof = await prove(theirs, companion.hash, label);
  const answer = await called.hear(await transport.seal_short(companion.going_on(proof)));
  return { answer, next: await step(theirs, companion.hash), transport, hash: companion.hash };
}

async function prove(
  value: Bytes,
  hash: Bytes,
  label = utf8("lanyard channel 1 proof of the companion"),
): Promise<Bytes> {
  return hmac(await step(value, hash), label, hash);
}
