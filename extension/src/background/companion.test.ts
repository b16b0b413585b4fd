import "../../test/english.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Request } from "../../../crates/protocol/bindings/browser.ts";
import type { Envelope, Problem } from "../../../crates/protocol/bindings/common.ts";
import type { Port } from "../ext.ts";
import { Companion, type Surroundings } from "./companion.ts";

const STATE = { paired: true, signed_in: null, vault: { locked: {} } };
const WELCOME = { welcome: { version: 2, companion_version: "0.1.0", state: STATE } };
const LOST: Problem = { code: "unavailable", message: "lost", hint: "h" };
const HELLO: Request = { hello: { versions: [4, 3, 2], extension_version: "0", browser: "b", profile: "p" } };
const ASKED: Request = { open_lanyard: {} };

const fail = () => {
  throw new Error("the browser's own");
};

const FAILURES: Record<string, Partial<Surroundings>> = {
  "a greeting that cannot be made": { hello: async () => fail() },
  "a greeting that fails at once": { hello: fail },
  "a port that the browser does not open": { connect: fail },
  "a state that cannot be shown": { on_welcome: fail },
};

for (const [name, failure] of Object.entries(FAILURES)) {
  test(`${name} is a problem for who asks, and the next question connects`, async () => {
    const troubles: Problem[] = [];
    const surroundings = { ...working(), on_trouble: (problem: Problem) => troubles.push(problem) };
    const failing = { ...surroundings, ...failure };
    const companion = new Companion(failing);
    assert.deepEqual(await companion.ask(ASKED), { problem: LOST });
    assert.deepEqual(troubles, [LOST]);
    assert.equal(companion.greeted_at, null);
    Object.assign(failing, surroundings);
    assert.deepEqual(await companion.ask(ASKED), { ok: { done: {} } });
    assert.deepEqual(troubles, [LOST]);
  });
}

test("everybody who waits for the same greeting gets its problem, and it is told once", async () => {
  const troubles: Problem[] = [];
  const companion = new Companion({
    ...working(),
    connect: fail,
    on_trouble: (problem) => troubles.push(problem),
  });
  assert.deepEqual(await Promise.all([companion.connected(), companion.connected()]), [LOST, LOST]);
  assert.equal(troubles.length, 1);
});

function working(): Surroundings {
  return {
    connect: answering_port,
    why_ended: () => LOST,
    hello: async () => HELLO,
    on_welcome: () => undefined,
    on_event: () => undefined,
    on_trouble: () => undefined,
  };
}

/** A port with a companion behind it that welcomes and does what it is asked. */
function answering_port(): Port {
  let tell: (message: unknown) => void = () => undefined;
  const port = {
    onMessage: { addListener: (listener: typeof tell) => (tell = listener) },
    onDisconnect: { addListener: () => undefined },
    disconnect: () => undefined,
    postMessage: ({ id, request }: Envelope<Request>) => {
      const ok = "hello" in request ? WELCOME : { done: {} };
      queueMicrotask(() => tell({ reply: { id, result: { ok } } }));
    },
  };
  return port as unknown as Port;
}
