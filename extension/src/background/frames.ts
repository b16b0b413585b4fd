// Which frames of a page an app may have its form in. Pure.

import type { FormHint, Frame } from "../../../crates/protocol/bindings/browser.ts";

/** The app's own page, a frame of its own in it, or one of an origin that its definition names. */
export function is_of_app(frame: Frame, origin: string, form: FormHint | null): boolean {
  if (frame.top_origin !== origin) return false;
  return frame.frame_origin === origin || (frame.frame !== 0 && names(form, frame.frame_origin));
}

export function names(form: FormHint | null, origin: string): boolean {
  return form?.frames?.includes(origin) === true;
}

/** Why a form may not get what it asks for: null where it sends to its own page's origin, or to one that may have it. */
export function is_way_out(
  action: string,
  frame_origin: string,
  form: FormHint | null,
  by_person: boolean,
): boolean {
  if (action === frame_origin) return false;
  if (!URL.canParse(action)) return true;
  const [to, from] = [new URL(action), new URL(frame_origin)];
  // What is typed into an encrypted page goes nowhere in the clear, whoever asks.
  if (to.protocol !== "https:" && from.protocol === "https:") return true;
  if (to.protocol === "https:" && to.hostname === from.hostname && from.protocol === "http:") return false;
  return !by_person && !names(form, action);
}
