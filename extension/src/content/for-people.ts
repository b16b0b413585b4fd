// Whether a person sees an element at the instant of filling. Pure.
//
// More is asked for than where forms are looked for (finder/visible.ts): it is larger, less faint, in the viewport, and
// nothing foreign lies over it.

import { is_covered } from "./covered.ts";
import { is_large, is_visible, type Look, opacity_of } from "./finder/visible.ts";
import { drawn_in, type OpenRoot, open_if_open } from "./finder/walk.ts";
import { is_on_top } from "./hit.ts";

/** Smaller than this, in CSS pixels, is no field that a person types into. */
const SMALLEST = 12;

/** Product of the opacities of an element and everything around it: below, hardly anybody reads what is there. */
const FAINTEST = 0.4;

/**
 * Whether a person sees the element. It has to be in the viewport, and so has the frame that it is in.
 *
 * A box that is drawn over a field that itself is transparent is refused: it cannot be told from a box that hides one.
 */
export function is_for_people(element: Element, open: OpenRoot = open_if_open): boolean {
  const look: Look = new Map();
  for (let at: Element | null = element; at; at = at.ownerDocument.defaultView?.frameElement ?? null)
    if (!is_visible(at, look) || opacity_of(at, look) < FAINTEST || is_masked(at)) return false;
  return is_large(element.getBoundingClientRect(), SMALLEST) && !is_covered(element, open);
}

/** Scrolls an element to where nothing is over it, if it is not there. */
export function bring_into_view(element: Element): void {
  if (!is_on_top(element))
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
}

/** A mask that is a picture may let nothing through, and so may one of transparent colours only. */
function is_masked(element: Element): boolean {
  for (let at: Element | null = element; at; at = drawn_in(at)) {
    const { maskImage } = getComputedStyle(at);
    if (maskImage && maskImage !== "none" && !/rgb\(|rgba\([^)]*[1-9]\)/.test(maskImage)) return true;
  }
  return false;
}
