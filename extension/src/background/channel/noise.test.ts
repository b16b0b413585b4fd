import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { from_hex, given_key, hex } from "../../../test/channel-keys.ts";
import { Noise, type Side } from "./noise.ts";

/** Data of others is beside the repository. */
const VECTORS = new URL("../../../../../shared/data/noise/XX_25519_AESGCM_SHA256.json", import.meta.url);

type Vector = {
  protocol_name: string;
  handshake_hash: string;
  messages: { payload: string; ciphertext: string }[];
} & Record<"init_prologue" | "init_static" | "init_ephemeral", string> &
  Record<"resp_prologue" | "resp_static" | "resp_ephemeral", string>;

const skip = existsSync(VECTORS) ? false : "there are no published vectors beside the repository";

test("the published vectors are reproduced by both sides", { skip }, async () => {
  const { vectors } = JSON.parse(readFileSync(VECTORS, "utf8")) as { vectors: Vector[] };
  const ours = vectors.filter((vector) => vector.protocol_name === "Noise_XX_25519_AESGCM_SHA256");
  assert.notEqual(ours.length, 0);
  for (const vector of ours) await reproduce(vector);
});

test("a step that is not one's turn, or is taken twice, or follows one that failed, is refused", async () => {
  const ended = { problem: "ended" };
  const [initiator, responder] = [await side("initiator"), await side("responder")];
  await assert.rejects(initiator.read(new Uint8Array(32)), ended);
  await assert.rejects(responder.write(new Uint8Array()), ended);
  await assert.rejects(initiator.done(), ended);
  const message_1 = await initiator.write(new Uint8Array());
  await assert.rejects(initiator.write(new Uint8Array()), ended);
  await responder.read(message_1);
  await assert.rejects(initiator.read(new Uint8Array(96)), { problem: "not_ours" });
  await assert.rejects(initiator.write(new Uint8Array()), ended);
});

test("keys that lead to zeros are refused", async () => {
  const responder = await side("responder");
  await responder.read(new Uint8Array(32));
  await assert.rejects(responder.write(new Uint8Array()), { problem: "not_ours" });
});

test("what ends in the middle of a key is not parsed", async () => {
  await assert.rejects((await side("responder")).read(new Uint8Array(31)), { problem: "length" });
});

async function reproduce(vector: Vector): Promise<void> {
  let [sends, hears] = [
    await side("initiator", vector.init_static, vector.init_ephemeral, vector.init_prologue),
    await side("responder", vector.resp_static, vector.resp_ephemeral, vector.resp_prologue),
  ];
  for (const { payload, ciphertext } of vector.messages.slice(0, 3)) {
    assert.equal(hex(await sends.write(from_hex(payload))), ciphertext);
    assert.equal(hex(await hears.read(from_hex(ciphertext))), payload);
    [sends, hears] = [hears, sends];
  }
  // Three messages: the responder is the one that sends next.
  let [speaker, listener] = [await sends.done(), await hears.done()];
  assert.equal(hex(speaker.hash), vector.handshake_hash);
  assert.equal(hex(listener.hash), vector.handshake_hash);
  for (const { payload, ciphertext } of vector.messages.slice(3)) {
    assert.equal(hex(await speaker.send.seal(from_hex(payload), new Uint8Array())), ciphertext);
    assert.equal(hex(await listener.receive.open(from_hex(ciphertext), new Uint8Array())), payload);
    [speaker, listener] = [listener, speaker];
  }
}

async function side(
  which: Side,
  own = "11".repeat(32),
  ephemeral = "22".repeat(32),
  prologue = "",
): Promise<Noise> {
  return Noise.begin(which, await given_key(own), from_hex(prologue), await given_key(ephemeral));
}
