// The Noise handshake, Noise_XX_25519_AESGCM_SHA256 (noiseprotocol.org, revision 34), for both sides. The extension is the
// initiator; as the responder it is used by tests.

import { type Bytes, join, utf8 } from "./bytes.ts";
import { ChannelError } from "./error.ts";
import { agree, Cipher, KEY, type KeyPair, noise_hkdf, sha256, TAG } from "./primitives.ts";

/** How long messages are. The first has no key yet, so nothing in it is encrypted. */
export const MESSAGE_1 = KEY;
export const message_2 = (payload: number): number => KEY + KEY + TAG + payload + TAG;
export const message_3 = (payload: number): number => KEY + TAG + payload + TAG;

const NAME = utf8("Noise_XX_25519_AESGCM_SHA256");
const EMPTY = new Uint8Array();

type Token = "e" | "s" | "ee" | "es" | "se";
const XX: readonly Token[][] = [["e"], ["e", "ee", "s", "es"], ["s", "se"]];

export type Side = "initiator" | "responder";

/** A handshake that is done. */
export type Done = { send: Cipher; receive: Cipher; peer: Bytes; hash: Bytes };

/** Section 5.2. */
class Symmetric {
  chaining: Bytes;
  hash: Bytes;
  #cipher: Cipher | null = null;

  constructor() {
    // A name of at most 32 bytes is its own hash, with zeros behind it.
    this.hash = join(NAME, new Uint8Array(KEY - NAME.length));
    this.chaining = this.hash;
  }

  get has_key(): boolean {
    return this.#cipher !== null;
  }

  async mix_hash(data: Bytes): Promise<void> {
    this.hash = await sha256(this.hash, data);
  }

  async mix_key(secret: Bytes): Promise<void> {
    const [chaining, key] = await noise_hkdf(this.chaining, secret);
    this.chaining = chaining;
    this.#cipher = await Cipher.with_key(key);
  }

  async seal(plain: Bytes): Promise<Bytes> {
    const sealed = this.#cipher ? await this.#cipher.seal(plain, this.hash) : plain;
    await this.mix_hash(sealed);
    return sealed;
  }

  async open(sealed: Bytes): Promise<Bytes> {
    const plain = this.#cipher ? await this.#cipher.open(sealed, this.hash) : sealed;
    await this.mix_hash(sealed);
    return plain;
  }
}

/** A handshake that is going on (section 5.3). One step at a time; after one that failed there is no other. */
export class Noise {
  readonly #side: Side;
  readonly #symmetric = new Symmetric();
  readonly #static: KeyPair;
  readonly #ephemeral: KeyPair;
  #their_static: Bytes | null = null;
  #their_ephemeral: Bytes | null = null;
  /** Null while a step is taken, and after it failed. */
  #step: number | null = 0;

  private constructor(side: Side, own: KeyPair, ephemeral: KeyPair) {
    this.#side = side;
    this.#static = own;
    this.#ephemeral = ephemeral;
  }

  static async begin(side: Side, own: KeyPair, prologue: Bytes, ephemeral: KeyPair): Promise<Noise> {
    const noise = new Noise(side, own, ephemeral);
    await noise.#symmetric.mix_hash(prologue);
    return noise;
  }

  /** The next message of ours. */
  write(payload: Bytes): Promise<Bytes> {
    return this.#take_step("writes", async (tokens) => {
      const parts: Bytes[] = [];
      for (const token of tokens) parts.push(await this.#write_token(token));
      return join(...parts, await this.#symmetric.seal(payload));
    });
  }

  /** The payload of the next message of theirs, which has exactly this length where one is given. */
  read(message: Bytes, length = message.length): Promise<Bytes> {
    return this.#take_step("reads", async (tokens) => {
      if (message.length !== length) throw new ChannelError("length");
      let rest = message;
      for (const token of tokens) rest = await this.#read_token(token, rest);
      return this.#symmetric.open(rest);
    });
  }

  /** The key of the other side, once it has said it. */
  get peer(): Bytes {
    return known(this.#their_static);
  }

  async done(): Promise<Done> {
    if (this.#step !== XX.length) throw new ChannelError("ended");
    this.#step = null;
    const keys = await noise_hkdf(this.#symmetric.chaining, EMPTY);
    const [first, second] = await Promise.all(keys.map((key) => Cipher.with_key(key)));
    if (!first || !second) throw new ChannelError("ended");
    const [send, receive] = this.#side === "initiator" ? [first, second] : [second, first];
    return { send, receive, peer: this.peer, hash: this.#symmetric.hash };
  }

  async #take_step(does: "writes" | "reads", act: (tokens: Token[]) => Promise<Bytes>): Promise<Bytes> {
    const step = this.#step;
    const tokens = step === null ? undefined : XX[step];
    if (step === null || !tokens || this.#does(step) !== does) throw new ChannelError("ended");
    this.#step = null;
    const result = await act(tokens);
    this.#step = step + 1;
    return result;
  }

  /** The initiator has the first message and the third. */
  #does(step: number): "writes" | "reads" {
    return (step % 2 === 0) === (this.#side === "initiator") ? "writes" : "reads";
  }

  async #write_token(token: Token): Promise<Bytes> {
    if (token === "s") return this.#symmetric.seal(this.#static.public);
    if (token !== "e") return this.#mix(token);
    await this.#symmetric.mix_hash(this.#ephemeral.public);
    return this.#ephemeral.public;
  }

  /** Takes what belongs to a token from a message, and gives what is left. */
  async #read_token(token: Token, message: Bytes): Promise<Bytes> {
    if (token !== "e" && token !== "s") {
      await this.#mix(token);
      return message;
    }
    const length = token === "s" && this.#symmetric.has_key ? KEY + TAG : KEY;
    if (message.length < length) throw new ChannelError("length");
    const said = message.slice(0, length);
    if (token === "s") {
      this.#their_static = await this.#symmetric.open(said);
    } else {
      this.#their_ephemeral = said;
      await this.#symmetric.mix_hash(said);
    }
    return message.slice(length);
  }

  async #mix(token: "ee" | "es" | "se"): Promise<Bytes> {
    await this.#symmetric.mix_key(await this.#agree(token));
    return EMPTY;
  }

  #agree(token: "ee" | "es" | "se"): Promise<Bytes> {
    // The first letter is the initiator's key, the second the responder's.
    const [ours, theirs] = this.#side === "initiator" ? [token[0], token[1]] : [token[1], token[0]];
    return agree(
      (ours === "s" ? this.#static : this.#ephemeral).private,
      known(theirs === "s" ? this.#their_static : this.#their_ephemeral),
    );
  }
}

function known(key: Bytes | null): Bytes {
  if (!key) throw new ChannelError("ended");
  return key;
}
