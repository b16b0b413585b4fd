// What this profile is known by, and whom it knows: our key, which nobody can read, in IndexedDB, the only place that takes
// it as it is; and the pin of the companion that the person connected it to.
//
// A browser that cannot write to its profile has both until its worker ends, and is connected anew each time.

import { ext } from "../ext.ts";
import type { Bytes } from "./channel/bytes.ts";
import { is_pin, type Pin } from "./channel/pairing.ts";
import { type KeyPair, key_pair, make_key_pair } from "./channel/primitives.ts";
import { remember } from "./session.ts";

const DATABASE = "lanyard";
const STORE = "keys";
const OWN = "own";
/** As many as Lanyard's window shows. */
const PROFILE_DIGITS = 6;

let own: Promise<KeyPair> | null = null;
let is_unsaved = false;
let unsaved_pin: Pin | null = null;

/** Our key: made once, kept until the pairing ends. Whoever asks gets the same, also while it is being made. */
export function own_key(): Promise<KeyPair> {
  own ??= read_or_make_key();
  return own;
}

async function read_or_make_key(): Promise<KeyPair> {
  try {
    const stored: unknown = await with_store("readonly", (store) => store.get(OWN));
    if (is_key_pair(stored)) return key_pair(stored);
  } catch {
    // It cannot be read, so it is not there.
  }
  const made = await make_key_pair();
  try {
    await with_store("readwrite", (store) => store.put(made, OWN));
  } catch {
    is_unsaved = true;
    remember({ unsaved: true });
  }
  return key_pair(made);
}

/** The companion that this browser is connected to, if it is. */
export async function stored_pin(): Promise<Pin | null> {
  if (unsaved_pin) return unsaved_pin;
  try {
    const { pin } = await ext.storage.local.get("pin");
    return is_pin(pin) ? pin : null;
  } catch {
    return null;
  }
}

export async function store_pin(pin: Pin): Promise<void> {
  if (is_unsaved) {
    unsaved_pin = pin;
    return;
  }
  try {
    await ext.storage.local.set({ pin });
  } catch {
    unsaved_pin = pin;
    remember({ unsaved: true });
  }
}

/** Ends the pairing here. A copy of this profile has the same key, so the next pairing is made with another. */
export async function forget_pairing(): Promise<void> {
  const forgotten = Promise.resolve(own).then(remove_pairing, remove_pairing);
  // Who asks from here on waits for the next key, and does not get the one that goes.
  own = forgotten.then(read_or_make_key);
  await forgotten;
}

/** What cannot be removed is refused by the companion, or replaced by the next. */
async function remove_pairing(): Promise<void> {
  is_unsaved = false;
  unsaved_pin = null;
  await ext.storage.local.remove("pin").catch(() => undefined);
  await with_store("readwrite", (store) => store.delete(OWN)).catch(() => undefined);
}

/** First digits of this profile's id, as Lanyard's window shows them. */
export async function profile_digits(): Promise<string> {
  return digits((await own_key()).public).slice(0, PROFILE_DIGITS);
}

function digits(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function is_key_pair(value: unknown): value is CryptoKeyPair {
  const { privateKey, publicKey } = (value ?? {}) as Partial<CryptoKeyPair>;
  return privateKey instanceof CryptoKey && publicKey instanceof CryptoKey && !privateKey.extractable;
}

async function with_store<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await done(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const result = await done(act(transaction.objectStore(STORE)));
    // What is not committed is not kept.
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return result;
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
