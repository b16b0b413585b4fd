// Words in the browser's language, from _locales. A language is one more file there, of the same keys.

import type messages from "../_locales/en/messages.json";
import { ext } from "./ext.ts";

export type Key = keyof typeof messages;

/** `values` go where the message has $1, $2 and so on. */
export function word(key: Key, ...values: string[]): string {
  return ext.i18n.getMessage(key, values);
}
