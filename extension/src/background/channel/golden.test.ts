// Every byte of some channels, as crates/channel says them: this side says the same, and understands the other.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { GivenCompanion } from "../../../test/channel-companion.ts";
import { from_hex, type GivenFresh, given_fresh, given_key, hex } from "../../../test/channel-keys.ts";
import type { Bytes } from "./bytes.ts";
import { type Answer, Calling } from "./call.ts";
import type { Pin } from "./pairing.ts";
import { is_pin } from "./pairing.ts";
import { sha256 } from "./primitives.ts";
import { prologue } from "./prologue.ts";
import type { Transport } from "./transport.ts";

type Call = {
  fresh_companion: GivenFresh;
  fresh_extension: GivenFresh;
  message_1: string;
  message_2: string;
  message_3: string;
  first_of_companion: string;
};
type Message = { from: "extension" | "companion"; length: number; frames: string[] };
type Golden = {
  prologue: { versions: number[]; origin: string; bytes: string };
  keys: Record<"companion" | "extension", { private: string; public: string }>;
  pairing: Call & { code: string; pin_of_extension: Pin; messages: Message[] };
  channels: (Call & {
    first_of_extension: string;
    pin_of_extension_before: Pin;
    pin_of_extension?: Pin;
    cloned?: true;
  })[];
};

const golden = JSON.parse(
  readFileSync(new URL("../../../../tests/golden/channel.json", import.meta.url), "utf8"),
) as Golden;
const agreed = prologue(golden.prologue.versions, golden.prologue.origin);

test("the prologue is the companion's", () => {
  assert.equal(hex(agreed), golden.prologue.bytes);
});

test("a key has the public half that it has in the companion", async () => {
  for (const key of Object.values(golden.keys)) {
    assert.equal(hex((await given_key(key.private)).public), key.public);
  }
});

test("a pairing is what the companion takes it for, and its messages are opened on both sides", async () => {
  const { answer, of_companion } = await call(golden.pairing, null);
  assert.ok("pairing" in answer);
  assert.equal(answer.pairing.code, golden.pairing.code);
  const { pin, transport } = answer.pairing.confirm();
  assert.deepEqual(pin, golden.pairing.pin_of_extension);
  for (const message of golden.pairing.messages) {
    const sides = message.from === "extension" ? [transport, of_companion] : [of_companion, transport];
    await carry(message, ...(sides as [Transport, Transport]));
  }
});

test("a channel that goes on keeps step with the companion, also after one that was cut off, and shows a copy", async () => {
  const kinds: string[] = [];
  for (const channel of golden.channels) {
    assert.ok(is_pin(channel.pin_of_extension_before));
    const { answer } = await call(channel, channel.pin_of_extension_before);
    if ("going_on" in answer) {
      assert.deepEqual(answer.going_on.pin, channel.pin_of_extension);
      assert.equal(hex(answer.going_on.stored().frame), channel.first_of_extension);
    } else {
      assert.ok("cloned" in answer && channel.cloned);
      assert.equal(hex(answer.cloned.frame), channel.first_of_extension);
    }
    kinds.push(...Object.keys(answer));
  }
  assert.deepEqual(kinds, ["going_on", "going_on", "going_on", "cloned"]);
});

/** Both sides as far as the companion's first frame, each message compared. */
async function call(said: Call, pin: Pin | null): Promise<{ answer: Answer; of_companion: Transport }> {
  const [own, theirs] = [golden.keys.extension, golden.keys.companion];
  const fresh = await given_fresh(said.fresh_extension);
  const { calling, message_1 } = await Calling.begin(await given_key(own.private), agreed, pin, fresh);
  assert.equal(hex(message_1), said.message_1);

  const fresh_companion = await given_fresh(said.fresh_companion);
  const companion = await GivenCompanion.listen(await given_key(theirs.private), agreed, fresh_companion);
  assert.equal(hex(await companion.answer(message_1)), said.message_2);

  const { called, message_3 } = await calling.hear(from_hex(said.message_2));
  assert.equal(hex(message_3), said.message_3);

  const { transport } = await companion.open(message_3);
  if (!pin) assert.equal(hex(await transport.seal_short(companion.pairing())), said.first_of_companion);
  return { answer: await called.hear(from_hex(said.first_of_companion)), of_companion: transport };
}

async function carry({ length, frames }: Message, from: Transport, to: Transport): Promise<void> {
  const message = counted(length);
  const sealed = await from.seal(message);
  const digests = await Promise.all(sealed.map(async (frame) => hex(await sha256(frame))));
  assert.deepEqual(digests, frames, `length ${length}`);
  const opened = await Promise.all(sealed.map((frame) => to.open(frame)));
  assert.ok(opened.slice(0, -1).every((nothing) => nothing === null));
  assert.deepEqual(opened.at(-1), message);
}

/** Bytes that count up to 250 again and again. */
function counted(length: number): Bytes {
  return Uint8Array.from({ length }, (_, at) => at % 251);
}
