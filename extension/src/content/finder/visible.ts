// Whether a person could see and use an element. Pure.

import { parent_of } from "./walk.ts";

/** Smaller than this is no field that a person types into. */
const SMALLEST = 8;

/** Product of the opacities of an element and everything around it: below, nobody reads what is there. */
const FAINTEST = 0.2;

/** What was seen of the elements around others, for as long as one look takes. */
export type Look = Map<Element, Seen>;
type Seen = { opacity: number };

export function is_visible(element: Element, look: Look = new Map()): boolean {
  if (
    !element.isConnected ||
    !element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
  )
    return false;
  const { width, height, right, bottom } = element.getBoundingClientRect();
  if (width < SMALLEST || height < SMALLEST) return false;
  // Moved out to where no scrolling leads.
  if (right + scrollX <= 0 || bottom + scrollY <= 0) return false;
  return opacity_of(element, look) >= FAINTEST;
}

/** Whether a person could type into a field. */
export function is_usable(
  field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  look?: Look,
): boolean {
  return !field.disabled && !("readOnly" in field && field.readOnly) && is_visible(field, look);
}

/** For the instant of filling: whether a person sees the element, with nothing over it. It has to be in the viewport. */
export function is_for_people(element: Element): boolean {
  return is_visible(element) && is_on_top(element);
}

/** Scrolls an element to where it can be seen, if it is not there. */
export function bring_into_view(element: Element): void {
  const { top, left, bottom, right } = element.getBoundingClientRect();
  if (top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth) return;
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
}

/** Whether nothing that is not the element's own lies over it. */
export function is_on_top(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const hit = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(
    left + width / 2,
    top + height / 2,
  );
  return hit !== null && (hit === element || element.contains(hit));
}

/** How much of an element comes through its own opacity and that of everything around it. */
export function opacity_of(element: Element, look: Look = new Map()): number {
  const seen = look.get(element);
  if (seen) return seen.opacity;
  const around = parent_of(element);
  const opacity = Number(getComputedStyle(element).opacity) * (around ? opacity_of(around, look) : 1);
  look.set(element, { opacity });
  return opacity;
}
