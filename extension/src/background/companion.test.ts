import "../../test/english.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { FromCompanion, FromExtension } from "../../../crates/protocol/bindings/channel.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { type Caller, ScriptedChannel } from "../../test/scripted-channel.ts";
import type { Port } from "../ext.ts";
import type { Bytes } from "./channel/bytes.ts";
import type { Pin } from "./channel/pairing.ts";
import { key_pair, make_key_pair } from "./channel/primitives.ts";
import { Companion, type PairingStep, type Surroundings } from "./companion.ts";

const STATE = { signed_in: null, vault: { locked: {} }, field_icon: true, saving: "offered" };
const WELCOME = { welcome: { version: 4, companion_version: "0.1.0", state: STATE } };
const LOST: Problem = { code: "unavailable", message: "lost", hint: "h" };
const DECLINED: Problem = { code: "declined", message: "no", hint: "h" };
const ORIGIN = "moz-extension:companion@lanyard";
const ASKED = { open_lanyard: {} };

const fail = () => {
  throw new Error("the browser's own");
};

const FAILURES: Record<string, Partial<Surroundings>> = {
  "a name that cannot be told": { who: async () => fail() },
  "a greeting that fails at once": { hello: fail },
  "a port that the browser does not open": { connect: fail },
  "a pin that cannot be read": { stored_pin: async () => fail() },
  "a pin that cannot be stored": { store_pin: async () => fail() },
  "a state that cannot be shown": { on_welcome: fail },
};

for (const [name, failure] of Object.entries(FAILURES)) {
  test(`${name} is a problem for who asks, and the next question connects`, async () => {
    const desk = await Desk.paired();
    const working = { ...desk.surroundings };
    Object.assign(desk.surroundings, failure);
    assert.deepEqual(await desk.companion.ask(ASKED), { problem: LOST });
    assert.deepEqual(desk.troubles, [LOST]);
    assert.equal(desk.companion.greeted_at, null);
    Object.assign(desk.surroundings, working);
    assert.deepEqual(await desk.companion.ask(ASKED), { ok: { done: {} } });
    assert.deepEqual(desk.troubles, [LOST]);
  });
}

test("everybody who waits for the same greeting gets its problem, and it is told once", async () => {
  const desk = await Desk.paired();
  desk.surroundings.connect = fail;
  const { companion } = desk;
  assert.deepEqual(await Promise.all([companion.connected(), companion.connected()]), [LOST, LOST]);
  assert.equal(desk.troubles.length, 1);
});

test("without a pin nothing is asked, and the person is shown a code once both want it", async () => {
  const desk = await Desk.new();
  assert.equal(problem_of(await desk.companion.ask(ASKED)), "not_paired");
  assert.deepEqual(desk.steps, ["none"]);
  assert.equal(await desk.companion.pair(), null);
  const [, shown] = await desk.until(2);
  assert.deepEqual(shown, { code: desk.codes[0] });
  assert.equal(desk.pin, null, "nothing is kept before the person has confirmed");
  await desk.companion.confirm(true);
  assert.ok(desk.pin);
  assert.deepEqual(await desk.companion.ask(ASKED), { ok: { done: {} } });
});

test("where the organisation says so nobody is shown a code", async () => {
  const desk = await Desk.new();
  desk.surroundings.is_codeless = async () => true;
  await desk.companion.pair();
  await desk.welcomed;
  assert.deepEqual(desk.steps, ["none"]);
  assert.ok(desk.pin);
});

test("a code that is shown before the organisation's word is there is not waited for any longer", async () => {
  const desk = await Desk.new();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  desk.surroundings.is_codeless = () => promise;
  await desk.companion.pair();
  await desk.until(2);
  assert.equal(desk.pin, null);
  resolve(true);
  await desk.welcomed;
  assert.ok(desk.pin);
});

test("a code that is another one is the end of it, and the next has another", async () => {
  const desk = await Desk.new();
  await desk.companion.pair();
  await desk.until(2);
  await desk.companion.confirm(false);
  assert.equal(desk.pin, null);
  await desk.companion.pair();
  await desk.until(5);
  assert.notEqual(desk.codes[1], desk.codes[0]);
  await desk.companion.confirm(true);
  assert.deepEqual(await desk.companion.ask(ASKED), { ok: { done: {} } });
});

test("a no at the window is told, also after a yes here; nothing is kept, and it waits once more", async () => {
  const desk = await Desk.new();
  desk.answers_pair = DECLINED;
  await desk.companion.pair();
  assert.deepEqual((await desk.until(2))[1], { failed: DECLINED });
  desk.answers_pair = null;
  desk.greets = false;
  await desk.companion.pair();
  await desk.until(3);
  const confirmed = desk.companion.confirm(true);
  await desk.asked();
  desk.say({ not_now: DECLINED });
  await confirmed;
  assert.deepEqual(desk.steps.at(-1), { failed: DECLINED });
  assert.equal(desk.pin, null);
  await desk.until(desk.steps.length + 1);
  assert.equal(desk.steps.at(-1), "none");
});

test("a browser that was removed at the companion waits to be connected again", async () => {
  const desk = await Desk.paired();
  assert.equal(await desk.companion.connected(), null);
  desk.ratchets.clear();
  desk.drop();
  assert.equal((await desk.companion.connected())?.code, "not_paired");
  assert.equal(desk.pin, null);
  assert.deepEqual(desk.steps, ["none"]);
});

test("another companion is told, and what is known of the first is kept", async () => {
  const desk = await Desk.paired();
  desk.own_companion = make_key_pair().then(key_pair);
  assert.equal((await desk.companion.connected())?.code, "not_paired");
  assert.deepEqual(desk.steps, ["other"]);
  assert.ok(desk.pin);
  await desk.companion.pair_anew();
  await desk.until(3);
  await desk.companion.confirm(true);
  assert.deepEqual(await desk.companion.ask(ASKED), { ok: { done: {} } });
});

for (const [when, is_first] of [
  ["just before", true],
  ["while the first is forgotten", false],
] as const)
  test(`who wants another companion is shown a code, also where a page connects ${when}`, async () => {
    const desk = await Desk.paired();
    desk.own_companion = make_key_pair().then(key_pair);
    await desk.companion.connected();
    const { companion, surroundings } = desk;
    const { forget_pairing } = surroundings;
    surroundings.forget_pairing = () => turn().then(forget_pairing);
    const pages = is_first ? companion.connected() : null;
    const paired = companion.pair_anew();
    await (pages ?? companion.connected());
    assert.equal(await paired, null);
    await desk.until_code();
    await companion.confirm(true);
    assert.deepEqual(await companion.ask(ASKED), { ok: { done: {} } });
  });

test("a copy is told on both sides, and what it had is forgotten", async () => {
  const desk = await Desk.paired();
  for (const [key, value] of desk.ratchets) desk.ratchets.set(key, value.map((byte) => byte ^ 1) as Bytes);
  assert.equal((await desk.companion.connected())?.code, "not_paired");
  assert.deepEqual(desk.steps, ["copied"]);
  assert.equal(desk.pin, null);
});

test("what is altered on the way ends the channel, and is said", async () => {
  const desk = await Desk.paired();
  await desk.companion.connected();
  const asked = desk.companion.ask(ASKED);
  desk.alter = true;
  assert.equal(problem_of(await asked), "unavailable");
  assert.match(desk.troubles[0]?.message ?? "", /not from the Lanyard/);
});

function problem_of(answer: object): string | undefined {
  return "problem" in answer ? (answer.problem as Problem).code : undefined;
}

/** A companion at the end of each port, and what the extension keeps. */
class Desk {
  pin: Pin | null = null;
  own = make_key_pair();
  own_companion = make_key_pair().then(key_pair);
  readonly ratchets = new Map<string, Bytes>();
  readonly troubles: Problem[] = [];
  readonly steps: PairingStep[] = [];
  readonly codes: string[] = [];
  readonly callers: Caller[] = [];
  answers_pair: Problem | null = null;
  greets = true;
  alter = false;
  #look: () => void = () => undefined;
  #welcome: () => void = () => undefined;
  /** The companion has greeted. */
  readonly welcomed = new Promise<void>((resolve) => {
    this.#welcome = resolve;
  });
  #say: (message: FromCompanion) => void = () => undefined;
  #end: () => void = () => undefined;
  #asked = 0;
  readonly surroundings: Surroundings = {
    connect: () => this.#port(),
    why_ended: () => LOST,
    who: async () => ({ origin: ORIGIN, browser: "Chromium" }),
    hello: () => ({ hello: { extension_version: "0" } }),
    own_key: async () => key_pair(await this.own),
    stored_pin: async () => this.pin,
    store_pin: async (pin) => {
      this.pin = pin;
    },
    forget_pairing: async () => {
      this.pin = null;
      this.own = make_key_pair();
    },
    is_codeless: async () => false,
    on_pairing: (step) => {
      this.steps.push(step);
      this.#look();
    },
    on_welcome: () => this.#welcome(),
    on_event: () => undefined,
    on_trouble: (problem) => this.troubles.push(problem),
  };
  readonly companion = new Companion(this.surroundings);

  static async new(): Promise<Desk> {
    return new Desk();
  }

  static async paired(): Promise<Desk> {
    const desk = new Desk();
    await desk.companion.pair();
    await desk.until(2);
    await desk.companion.confirm(true);
    desk.drop();
    desk.steps.length = 0;
    desk.troubles.length = 0;
    return desk;
  }

  /** What the person was shown, once there is so much of it. */
  async until(count: number): Promise<PairingStep[]> {
    await this.#when(() => this.steps.length >= count);
    return this.steps;
  }

  /** The person is shown a code. */
  until_code(): Promise<void> {
    return this.#when(() => typeof this.steps.at(-1) === "object");
  }

  asked(): Promise<void> {
    return this.#when(() => this.#asked > 0);
  }

  #when(is_so: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => is_so() && resolve();
      this.#look();
    });
  }

  say(message: FromCompanion): void {
    this.#say(message);
  }

  drop(): void {
    this.#end();
  }

  #port(): Port {
    let tell: (message: unknown) => void = () => undefined;
    let ended: () => void = () => undefined;
    const write = (message: FromCompanion) =>
      queueMicrotask(() => tell(this.alter ? altered(message) : message));
    this.#say = write;
    this.#end = () => ended();
    // What was said before is heard first, as browsers have it.
    const channel = this.#channel(write, () => setImmediate(() => ended()));
    const port = {
      onMessage: { addListener: (listener: typeof tell) => (tell = listener) },
      onDisconnect: { addListener: (listener: typeof ended) => (ended = listener) },
      disconnect: () => undefined,
      postMessage: (message: FromExtension) => void channel.then((open) => open.hear(message)),
    };
    return port as unknown as Port;
  }

  async #channel(write: (message: FromCompanion) => void, end: () => void): Promise<ScriptedChannel> {
    const channel: ScriptedChannel = new ScriptedChannel({
      own: await this.own_companion,
      origin: ORIGIN,
      ratchets: this.ratchets,
      pair: async (clicked) => (clicked ? this.answers_pair : "later"),
      called: (caller) => this.callers.push(caller),
      shows: (code) => this.codes.push(code),
      write,
      opened: (text) => {
        const { id, request } = JSON.parse(text);
        this.#asked += 1;
        this.#look();
        if ("hello" in request && !this.greets) return;
        const ok = "hello" in request ? WELCOME : { done: {} };
        channel.say(JSON.stringify({ reply: { id, result: { ok } } }));
      },
      end,
    });
    return channel;
  }
}

function altered(message: FromCompanion): FromCompanion {
  if (!("channel" in message)) return message;
  const bytes = Buffer.from(message.channel, "base64");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return { channel: bytes.toString("base64") };
}
