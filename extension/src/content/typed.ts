// What a person typed into fields, as they typed it: a page that hashes, clears or masks a field takes nothing away. Held
// for as long as the field is there and nothing was captured of it.

import { open_shadow_root } from "../ext.ts";
import type { Field } from "./finder/found.ts";

const typed = new WeakMap<Element, string>();

/** Fields as Lanyard filled them: until the person types into one, there is nothing new in it. */
const filled = new WeakSet<Element>();

/** What pages show instead of the characters of a password. */
const GLYPHS = "•●∙·*∗＊⚫■◦○";

export function mark_filled(...fields: (Element | null)[]): void {
  for (const field of fields) {
    if (!field) continue;
    filled.add(field);
    typed.delete(field);
  }
}

export function is_filled(field: Element): boolean {
  return filled.has(field);
}

/** A new password that Lanyard made counts as typed: it is not known to anybody yet. */
export function mark_typed(field: Element, value: string): void {
  filled.delete(field);
  typed.set(field, value);
}

/** A trusted event of typing. */
export function note_typing(field: Field): void {
  filled.delete(field);
  typed.set(field, as_typed(field, typed.get(field)));
}

export function forget_typed(...fields: (Element | null)[]): void {
  for (const field of fields) if (field) typed.delete(field);
}

/** As typed, else what is in the field; nothing where that is only a mask. */
export function value_of(field: Field): string {
  return typed.get(field) ?? (is_mask(field.value) ? "" : field.value);
}

export function was_typed(field: Element): boolean {
  return typed.has(field);
}

/** The element that an event is for, also one in closed shadow roots, which the event itself does not name. */
export function target_of(event: Event): Element | null {
  const [first] = event.composedPath();
  let target = first instanceof Element ? first : null;
  for (let root = target && open_shadow_root(target); root; ) {
    const inner = innermost(event, root);
    if (!inner || inner === target) break;
    target = inner;
    root = open_shadow_root(inner);
  }
  return target;
}

function innermost(event: Event, root: ShadowRoot): Element | null {
  // A press by keyboard has no place: what has the focus is pressed.
  const is_pointed = event instanceof MouseEvent && event.detail > 0;
  return is_pointed ? root.elementFromPoint(event.clientX, event.clientY) : root.activeElement;
}

/** Where the page has masked what was typed before, only the last change can be read: it is made to what was typed. */
function as_typed(field: Field, before: string | undefined): string {
  const { value } = field;
  if (!(field instanceof HTMLInputElement) || field.type === "password" || !before) return value;
  const caret = field.selectionStart;
  if (caret === null || value === "" || is_mask(before.charAt(0))) return value;
  const shown = [...value].findIndex((character) => !GLYPHS.includes(character));
  if (shown === 0 && !is_mask(value.slice(caret))) return value;
  const start = shown < 0 ? caret : Math.min(shown, caret);
  return (
    before.slice(0, start) + value.slice(start, caret) + before.slice(before.length - (value.length - caret))
  );
}

function is_mask(value: string): boolean {
  return value !== "" && GLYPHS.includes(value.charAt(0)) && value === value.charAt(0).repeat(value.length);
}
