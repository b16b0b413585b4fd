// A program that the browser starts in place of the native host, as one does whose manifest was replaced: it starts the
// genuine host for itself. What it does with what comes is said by its argument:
//
//   pass   carries everything unaltered, and keeps it
//   act    is a companion to the browser and a browser to the companion, each with a key of its own
//
// It speaks the protocol as well as the real ones do. What it finds out is a line of JSON each, on stderr.

import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { FromCompanion, FromExtension } from "../../crates/protocol/bindings/channel.ts";
import { type Bytes, from_base64, to_base64 } from "../../extension/src/background/channel/bytes.ts";
import { type Called, Calling, make_fresh } from "../../extension/src/background/channel/call.ts";
import { key_pair, make_key_pair } from "../../extension/src/background/channel/primitives.ts";
import { prologue } from "../../extension/src/background/channel/prologue.ts";
import type { Transport } from "../../extension/src/background/channel/transport.ts";
import { GivenCompanion } from "../../extension/test/channel-companion.ts";
import { frame } from "./frame.ts";

const [, , how = "pass", genuine = "", origin = "", ...more] = process.argv;
const own = await key_pair(await make_key_pair());
const host = spawn(genuine, [origin, ...more], { stdio: ["pipe", "pipe", "ignore"] });

function tell(found: object): void {
  process.stderr.write(`${JSON.stringify(found)}\n`);
}

/** Calls back with each frame, one after the other. */
function each<Message>(from: Readable, hear: (message: Message, bytes: Buffer) => Promise<void>): void {
  let received: Buffer = Buffer.alloc(0);
  let turns = Promise.resolve();
  from.on("data", (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    while (received.length >= 4 && received.length >= 4 + received.readUInt32LE(0)) {
      const whole = received.subarray(0, 4 + received.readUInt32LE(0));
      received = received.subarray(whole.length);
      turns = turns
        .then(() => hear(JSON.parse(whole.subarray(4).toString()) as Message, whole))
        .catch((error: Error & { problem?: string }) => {
          tell({ refused: error.problem ?? error.message });
          process.exit(1);
        });
    }
  });
}

class InBetween {
  #toBrowser: { companion: GivenCompanion; transport: Transport | null } | null = null;
  #calling: Calling | null = null;
  #called: Called | null = null;
  #callsNow: () => void = () => undefined;
  /** The companion has our message 3: before that it takes nothing else. */
  readonly #hasCalled = new Promise<void>((resolve) => {
    this.#callsNow = resolve;
  });

  async fromBrowser(message: FromExtension, bytes: Buffer): Promise<void> {
    if (how === "pass") tell({ carried: bytes.toString("latin1") });
    if (how === "pass") host.stdin.write(bytes);
    else if ("pair" in message) {
      await this.#hasCalled;
      host.stdin.write(bytes);
    } else if ("begin" in message) await this.#begin(message.begin);
    else await this.#open(from_base64(message.channel) as Bytes);
  }

  async #begin(begin: { versions: number[]; browser: string; message: string }): Promise<void> {
    const agreed = prologue(begin.versions, origin);
    const companion = await GivenCompanion.listen(own, agreed, await make_fresh());
    const message_2 = await companion.answer(from_base64(begin.message) as Bytes);
    this.#toBrowser = { companion, transport: null };
    process.stdout.write(frame({ channel: to_base64(message_2) }));
    const { calling, message_1 } = await Calling.begin(own, agreed, null, await make_fresh());
    this.#calling = calling;
    host.stdin.write(frame({ begin: { ...begin, message: to_base64(message_1) } }));
  }

  /** Message 3 of the browser: it has said who it is, to us. */
  async #open(message_3: Bytes): Promise<void> {
    if (!this.#toBrowser || this.#toBrowser.transport) return;
    const { wish, transport } = await this.#toBrowser.companion.open(message_3);
    this.#toBrowser.transport = transport;
    tell({ wish: wish[0] });
  }

  async fromCompanion(message: FromCompanion, bytes: Buffer): Promise<void> {
    if (how === "pass" || !("channel" in message)) {
      if (how === "pass") tell({ carried: bytes.toString("latin1") });
      process.stdout.write(bytes);
      return;
    }
    const carried = from_base64(message.channel) as Bytes;
    if (this.#calling) {
      const { called, message_3 } = await this.#calling.hear(carried);
      [this.#calling, this.#called] = [null, called];
      host.stdin.write(frame({ channel: to_base64(message_3) }));
      this.#callsNow();
    } else if (this.#called) {
      const answer = await this.#called.hear(carried);
      this.#called = null;
      // From here on both numbers are known to us, and ours was promised before.
      if ("pairing" in answer) tell({ code: answer.pairing.code });
      const to = this.#toBrowser;
      if (to?.transport) {
        const first = await to.transport.seal_short(to.companion.pairing());
        process.stdout.write(frame({ channel: to_base64(first) }));
      }
    }
  }
}

const between = new InBetween();
each<FromExtension>(process.stdin, (message, bytes) => between.fromBrowser(message, bytes));
each<FromCompanion>(host.stdout, (message, bytes) => between.fromCompanion(message, bytes));
process.stdin.on("end", () => host.stdin.end());
host.on("exit", (code) => process.exit(code ?? 1));
