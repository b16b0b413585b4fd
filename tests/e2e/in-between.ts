// A program of the same person that sits between native host and companion: it moves the companion's socket aside and
// listens in its place. What it does with a browser that calls is said by its argument:
//
//   pass   carries everything unaltered, and keeps it
//   act    is a companion to the browser and a browser to the companion, each with a key of its own
//
// It speaks the protocol as well as the real ones do. Each line of its output is something that it found out, as JSON.

import { renameSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import type { FromCompanion, FromExtension } from "../../crates/protocol/bindings/channel.ts";
import { type Bytes, from_base64, to_base64 } from "../../extension/src/background/channel/bytes.ts";
import { type Called, Calling, make_fresh } from "../../extension/src/background/channel/call.ts";
import { key_pair, make_key_pair } from "../../extension/src/background/channel/primitives.ts";
import { prologue } from "../../extension/src/background/channel/prologue.ts";
import type { Transport } from "../../extension/src/background/channel/transport.ts";
import { GivenCompanion } from "../../extension/test/channel-companion.ts";
import { frame } from "./frame.ts";

const [, , path = "", how = "pass"] = process.argv;
const aside = `${path}.aside`;
const own = await key_pair(await make_key_pair());

type Attach = { browser?: { extension: string } };
type Message = FromExtension | FromCompanion | Attach;

function tell(found: object): void {
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

/** Calls back with each frame, one after the other. */
function each(socket: Socket, hear: (message: Message, bytes: Buffer) => Promise<void>): void {
  let received: Buffer = Buffer.alloc(0);
  let turns = Promise.resolve();
  socket.on("error", () => undefined);
  socket.on("data", (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    while (received.length >= 4 && received.length >= 4 + received.readUInt32LE(0)) {
      const whole = received.subarray(0, 4 + received.readUInt32LE(0));
      received = received.subarray(whole.length);
      turns = turns
        .then(() => hear(JSON.parse(whole.subarray(4).toString()) as Message, whole))
        .catch((error: Error & { problem?: string }) => {
          tell({ refused: error.problem ?? error.message });
          socket.destroy();
        });
    }
  });
}

class InBetween {
  readonly #browser: Socket;
  readonly #companion: Socket;
  #origin = "";
  #toBrowser: { companion: GivenCompanion; transport: Transport | null } | null = null;
  #calling: Calling | null = null;
  #called: Called | null = null;

  constructor(browser: Socket) {
    this.#browser = browser;
    this.#companion = createConnection(aside);
    browser.on("close", () => this.#companion.destroy());
    this.#companion.on("close", () => browser.destroy());
    each(browser, (message, bytes) => this.#fromBrowser(message, bytes));
    each(this.#companion, (message, bytes) => this.#fromCompanion(message, bytes));
  }

  async #fromBrowser(message: Message, bytes: Buffer): Promise<void> {
    if ("browser" in message || !("begin" in message || "channel" in message || "pair" in message)) {
      this.#origin = (message as Attach).browser?.extension ?? "";
      this.#companion.write(bytes);
    } else if (how === "pass" || this.#origin === "") {
      tell({ carried: bytes.toString("latin1") });
      this.#companion.write(bytes);
    } else if ("begin" in message) await this.#begin(message.begin);
    else if ("pair" in message) this.#companion.write(bytes);
    else await this.#open(from_base64(message.channel) as Bytes);
  }

  async #begin(begin: { versions: number[]; browser: string; message: string }): Promise<void> {
    const agreed = prologue(begin.versions, this.#origin);
    const companion = await GivenCompanion.listen(own, agreed, await make_fresh());
    const message_2 = await companion.answer(from_base64(begin.message) as Bytes);
    this.#toBrowser = { companion, transport: null };
    this.#browser.write(frame({ channel: to_base64(message_2) }));
    const { calling, message_1 } = await Calling.begin(own, agreed, null, await make_fresh());
    this.#calling = calling;
    this.#companion.write(frame({ begin: { ...begin, message: to_base64(message_1) } }));
  }

  /** Message 3 of the browser: it has said who it is, to us. */
  async #open(message_3: Bytes): Promise<void> {
    if (!this.#toBrowser || this.#toBrowser.transport) return;
    const { wish, transport } = await this.#toBrowser.companion.open(message_3);
    this.#toBrowser.transport = transport;
    tell({ wish: wish[0] });
  }

  async #fromCompanion(message: Message, bytes: Buffer): Promise<void> {
    if (how === "pass" || !("channel" in message)) {
      if (how === "pass") tell({ carried: bytes.toString("latin1") });
      this.#browser.write(bytes);
      return;
    }
    const carried = from_base64(message.channel) as Bytes;
    if (this.#calling) {
      const { called, message_3 } = await this.#calling.hear(carried);
      [this.#calling, this.#called] = [null, called];
      this.#companion.write(frame({ channel: to_base64(message_3) }));
    } else if (this.#called) {
      const answer = await this.#called.hear(carried);
      this.#called = null;
      // From here on both numbers are known to us, and ours was promised before.
      if ("pairing" in answer) tell({ code: answer.pairing.code });
      const to = this.#toBrowser;
      if (to?.transport) {
        const first = await to.transport.seal_short(to.companion.pairing());
        this.#browser.write(frame({ channel: to_base64(first) }));
      }
    }
  }
}

renameSync(path, aside);
createServer((socket) => new InBetween(socket)).listen(path, () => tell({ listens: path }));
process.on("SIGTERM", () => {
  renameSync(aside, path);
  process.exit(0);
});
