import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bytes, join } from "./bytes.ts";
import { Cipher } from "./primitives.ts";
import { MAX_FROM_COMPANION, MAX_FROM_EXTENSION, Transport } from "./transport.ts";

const CHUNK = 65_518;
const NOTHING = new Uint8Array();

test("messages arrive as they were sent, up to the longest in each direction", async () => {
  const { extension, companion } = await sides();
  for (const length of [0, 1, CHUNK, CHUNK + 1, 2 * CHUNK, MAX_FROM_COMPANION]) {
    assert.deepEqual(await carry(companion, extension, length), counted(length));
  }
  for (const length of [0, CHUNK, MAX_FROM_EXTENSION]) {
    assert.deepEqual(await carry(extension, companion, length), counted(length));
  }
});

test("calls that do not wait for each other are answered in their order", async () => {
  const { extension, companion } = await sides();
  const messages = [CHUNK * 5, 1, CHUNK * 2, 0, 3, 100_000].map(counted);
  const order: number[] = [];
  const sealed = messages.map(async (message, at) => {
    const frames = await companion.seal(message);
    order.push(at);
    return frames;
  });
  const frames = (await Promise.all(sealed)).flat();
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5]);
  const opened = await Promise.all(frames.map((frame) => extension.open(frame)));
  assert.deepEqual(
    opened.filter((message) => message !== null),
    messages,
  );
});

test("what is too long is not sent, and the channel goes on", async () => {
  const { extension, companion } = await sides();
  await assert.rejects(extension.seal(counted(MAX_FROM_EXTENSION + 1)), { problem: "too_long" });
  await assert.rejects(companion.seal(counted(MAX_FROM_COMPANION + 1)), { problem: "too_long" });
  assert.deepEqual(await carry(extension, companion, 5), counted(5));
});

test("what is too long is not received, and ends the channel", async () => {
  const { extension, raw } = await sides();
  const full = Math.floor(MAX_FROM_COMPANION / CHUNK);
  for (let count = 0; count < full; count += 1) {
    assert.equal(await extension.open(await chunk(raw, 0, CHUNK)), null);
  }
  const left = MAX_FROM_COMPANION - full * CHUNK;
  await assert.rejects(extension.open(await chunk(raw, 1, left + 1)), { problem: "too_long" });
  await assert.rejects(extension.open(await chunk(raw, 1, 1)), { problem: "ended" });
  await assert.rejects(extension.seal(NOTHING), { problem: "ended" });
});

test("a chunk of another form has no meaning", async () => {
  for (const [header, length] of [
    [0, CHUNK - 1],
    [0, 0],
    [2, 5],
    [255, CHUNK],
  ] as const) {
    const { extension, raw } = await sides();
    await assert.rejects(extension.open(await chunk(raw, header, length)), { problem: "malformed" });
  }
  const { extension, raw } = await sides();
  await extension.open(await chunk(raw, 0, CHUNK));
  await assert.rejects(extension.open(await chunk(raw, 1, 0)), { problem: "malformed" });
});

test("frames of no possible length are not opened", async () => {
  for (const length of [0, 1, 16, 65_536]) {
    const { extension } = await sides();
    await assert.rejects(extension.open(new Uint8Array(length)), { problem: "length" });
  }
});

test("what was altered, cut, extended, lost, repeated, moved or is one's own is refused, and ends the channel", async () => {
  const flip = (frame: Bytes, bit: number) => {
    const flipped = frame.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return flipped;
  };
  const tampering: [string, (frames: [Bytes, Bytes, Bytes]) => Bytes[]][] = [
    ...[0, 7, 100, 8 * 18 - 1].map((bit): [string, (frames: [Bytes, Bytes, Bytes]) => Bytes[]] => [
      `bit ${bit}`,
      ([first]) => [flip(first, bit)],
    ]),
    ["cut", ([first]) => [first.slice(0, -1)]],
    ["extended", ([first]) => [join(first, Uint8Array.of(0))]],
    ["lost", ([, second]) => [second]],
    ["repeated", ([first]) => [first, first]],
    ["moved", ([first, second, third]) => [first, third, second]],
  ];
  for (const [name, alter] of tampering) {
    const { extension, companion } = await sides();
    const frames = [await companion.seal_short(counted(1)), await companion.seal_short(counted(1))];
    const altered = alter([...frames, await companion.seal_short(counted(2))] as [Bytes, Bytes, Bytes]);
    const opened = await Promise.allSettled(altered.map((frame) => extension.open(frame)));
    const refused = opened.find((each) => each.status === "rejected");
    assert.equal(refused?.reason.problem, "not_ours", name);
    await assert.rejects(extension.seal(NOTHING), { problem: "ended" }, name);
  }
  const { extension } = await sides();
  await assert.rejects(extension.open(await extension.seal_short(counted(1))), { problem: "not_ours" });
});

async function carry(from: Transport, to: Transport, length: number): Promise<Bytes | null | undefined> {
  const opened = await Promise.all((await from.seal(counted(length))).map((frame) => to.open(frame)));
  assert.ok(opened.slice(0, -1).every((nothing) => nothing === null));
  return opened.at(-1);
}

/** Both ends of a channel, and a companion's end that says what it likes. */
async function sides(): Promise<{ extension: Transport; companion: Transport; raw: Cipher }> {
  const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const with_key = (key: Bytes) => Cipher.with_key(key);
  return {
    extension: new Transport({ send: await with_key(one), receive: await with_key(other) }, "extension"),
    companion: new Transport({ send: await with_key(other), receive: await with_key(one) }, "companion"),
    raw: await with_key(other),
  };
}

function chunk(raw: Cipher, header: number, length: number): Promise<Bytes> {
  return raw.seal(join(Uint8Array.of(header), counted(length)), NOTHING);
}

function counted(length: number): Bytes {
  return Uint8Array.from({ length }, (_, at) => at % 251);
}
