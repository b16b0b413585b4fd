// Words in the browser's language, from _locales. A language is one more file there, of the same keys.

import type messages from "../_locales/en/messages.json";
import { ext } from "./ext.ts";
import { key_of } from "./said.ts";

export type Key = keyof typeof messages;

/**
 * What the companion says it says in English. A language has its sentences too, under keys made of their words (said.ts);
 * one that it does not have is shown as it came.
 */
export function translated(said: string): string {
  return ext.i18n.getMessage(key_of(said)) || said;
}

/** `values` go where the message has $1, $2 and so on. */
export function word(key: Key, ...values: string[]): string {
  return ext.i18n.getMessage(key, values);
}
