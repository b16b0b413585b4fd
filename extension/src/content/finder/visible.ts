// Whether a person could see an element. Pure.
//
// Where forms are looked for it is enough that an element has a size, is not faint and is where scrolling leads. At the
// instant of filling more is asked for (for-people.ts). Nothing is let pass because a
// transition says that it will become visible.

import { box_of } from "./native.ts";
import { drawn_in } from "./walk.ts";

/** Smaller than this, in CSS pixels, is no field that a person types into. */
const SMALLEST = 8;

/** Product of the opacities of an element and everything around it: below, nobody reads what is there. */
const FAINTEST = 0.2;

/** Nothing is read through more blur than this, in CSS pixels. */
const MOST_BLUR = 8;

/** What was seen of elements, for as long as one look takes. */
export type Look = Map<Element, Seen>;

type Seen = {
  style: CSSStyleDeclaration;
  /** The element's own. */
  opacity: number;
  clips_x: Clip;
  clips_y: Clip;
  /** Clipped by a shape of its own until nothing is left. */
  is_cut: boolean;
};
type Clip = "no" | "hides" | "scrolls";

type Box = { left: number; top: number; right: number; bottom: number };

/** Enough for finding. */
export function is_visible(element: Element, look: Look = new Map()): boolean {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const box = element.getBoundingClientRect();
  if (!is_large(box, SMALLEST) || is_off_page(element, box)) return false;
  return shows_through(element, box, look);
}

/** Whether a person could type into a field. */
export function is_usable(
  field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  look?: Look,
): boolean {
  return !field.matches(":disabled") && !("readOnly" in field && field.readOnly) && is_visible(field, look);
}

/** How much of an element comes through its own opacity and that of everything around it. */
export function opacity_of(element: Element, look: Look = new Map()): number {
  let product = 1;
  for (let at: Element | null = element; at; at = drawn_in(at)) product *= see(at, look).opacity;
  return product;
}

export function is_large({ left, top, right, bottom }: Box, size: number): boolean {
  return right - left >= size && bottom - top >= size;
}

/** Moved out to where no scrolling leads. */
function is_off_page(element: Element, { left, right, bottom }: Box): boolean {
  const { defaultView: view, documentElement: page, body } = element.ownerDocument;
  if (!view || bottom + view.scrollY <= 0) return true;
  // A page that is written from the right is scrolled to the left.
  if (right + view.scrollX <= 0)
    return getComputedStyle(page).direction !== "rtl" || right < -page.scrollWidth;
  if (left + view.scrollX < page.clientWidth) return false;
  return [page, body].some((root) => root && /hidden|clip/.test(getComputedStyle(root).overflowX));
}

/** Whether enough of a box is left by what is around the element: none may be faint, or clip it away. */
function shows_through(element: Element, box: Box, look: Look): boolean {
  let { opacity, is_cut, style } = see(element, look);
  const { body, documentElement } = element.ownerDocument;
  let left = box;
  for (let at = drawn_in(element); at && !is_cut && opacity >= FAINTEST; at = drawn_in(at)) {
    const around = see(at, look);
    opacity *= around.opacity;
    is_cut = around.is_cut;
    // What the root and the body clip, the viewport scrolls; a page that holds its body fast lets go of it again.
    if (at === body || at === documentElement) continue;
    if (!holds(around.style, style.position)) continue;
    style = around.style;
    if (around.clips_x === "no" && around.clips_y === "no") continue;
    left = within(left, at, around);
    if (!is_large(left, SMALLEST)) return false;
  }
  return !is_cut && opacity >= FAINTEST && (style.position !== "fixed" || is_in_viewport(element, left));
}

/** Whether what is positioned so is placed by an element around it, and so clipped. */
function holds(around: CSSStyleDeclaration, position: string): boolean {
  if (position !== "absolute" && position !== "fixed") return true;
  if (position === "absolute" && around.position !== "static") return true;
  const { transform, filter, perspective, contain } = around;
  return [transform, filter, perspective, contain].some((value) => value !== "none");
}

/** What is left of a box in an element that clips; what can be scrolled there has all of the element's room. */
function within(box: Box, element: Element, { clips_x, clips_y }: Seen): Box {
  const room = box_of(element);
  const { left, right } = rest(clips_x, box.left, box.right, room.left, room.right, element.scrollLeft);
  const { left: top, right: bottom } = rest(
    clips_y,
    box.top,
    box.bottom,
    room.top,
    room.bottom,
    element.scrollTop,
  );
  return { left, top, right, bottom };
}

function rest(clip: Clip, from: number, to: number, start: number, end: number, scrolled: number) {
  if (clip === "no") return { left: from, right: to };
  if (clip === "hides") return { left: Math.max(from, start), right: Math.min(to, end) };
  // Before the beginning nobody scrolls.
  return to + scrolled <= start ? { left: start, right: start } : { left: start, right: end };
}

function is_in_viewport(element: Element, { left, top, right, bottom }: Box): boolean {
  const view = element.ownerDocument.defaultView;
  return view !== null && right > 0 && bottom > 0 && left < view.innerWidth && top < view.innerHeight;
}

function see(element: Element, look: Look): Seen {
  const known = look.get(element);
  if (known) return known;
  const style = getComputedStyle(element);
  const seen: Seen = {
    style,
    opacity: Number(style.opacity) * opacity_by(style.filter),
    clips_x: clip_of(style.overflowX),
    clips_y: clip_of(style.overflowY),
    is_cut: is_cut_away(style),
  };
  look.set(element, seen);
  return seen;
}

function clip_of(overflow: string): Clip {
  if (overflow === "visible") return "no";
  return overflow === "hidden" || overflow === "clip" ? "hides" : "scrolls";
}

function opacity_by(filter: string): number {
  if (filter === "none") return 1;
  if (Number(/blur\(([\d.]+)px/.exec(filter)?.[1] ?? 0) > MOST_BLUR) return 0;
  return Number(/opacity\(([\d.]+)\)/.exec(filter)?.[1] ?? 1);
}

/** The ways in which pages hide from eyes what they leave to screen readers; other shapes are seen when something is hit. */
function is_cut_away({ clip, clipPath, position }: CSSStyleDeclaration): boolean {
  if (clipPath !== "none" && /^(inset\((100|[5-9]\d)%|circle\(0|polygon\((0\S* 0\S*(, )?)+\))/.test(clipPath))
    return true;
  if (clip === "auto" || !/absolute|fixed/.test(position)) return false;
  const [top = 0, right = 0, bottom = 0, left = 0] = clip.match(/-?[\d.]+/g)?.map(Number) ?? [];
  return right - left < SMALLEST || bottom - top < SMALLEST;
}
