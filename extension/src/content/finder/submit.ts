// What a person would press to send a form. Pure.

import type { Purpose } from "./found.ts";
import { is_visible, type Look } from "./visible.ts";
import { is_before, type Tree } from "./walk.ts";

/** Fields that are sent together, in document order. */
export type Group = { fields: HTMLElement[]; form: HTMLFormElement | null; purpose: Purpose };

const CLICKABLE =
  "button, input[type=submit i], input[type=button i], input[type=image i], [role=button i], a";
const OTHER =
  /forgot|reset|cancel|back|help|show|hide|toggle|vergessen|abbrechen|zur[üu]ck|oubli|annuler|olvid/i;

/** Null where only Enter submits. */
export function find_submit(group: Group, tree: Tree, look: Look = new Map()): HTMLElement | null {
  const last = group.fields.at(-1);
  if (!last) return null;
  const within = group.form ?? tree.document;
  const pressable = tree
    .all<HTMLElement>(CLICKABLE, within)
    .filter((element) => is_visible(element, look) && !OTHER.test(words_of(element)));
  const buttons = pressable.filter((element) => element.localName !== "a");
  return buttons.find((button) => is_before(last, button)) ?? buttons[0] ?? null;
}

function words_of(button: HTMLElement): string {
  const value = button instanceof HTMLInputElement ? button.value : "";
  return [button.textContent, value, button.getAttribute("aria-label"), button.id].join(" ");
}
