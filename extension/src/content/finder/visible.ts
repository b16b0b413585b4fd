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
  /** What the element is drawn in. */
  around: Element | null;
  position: string;
  /** The element's own. */
  opacity: number;
  overflow_x: string;
  overflow_y: string;
  /** Clipped by a shape of its own until nothing is left. */
  is_cut: boolean;
  /** Whether nothing of it, nor of what is around it, hides what is in it; once that was asked. */
  is_clear?: boolean;
};

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
  let at: Element | null = element;
  while (at) {
    const { opacity, around } = see(at, look);
    product *= opacity;
    at = around;
  }
  return product;
}

export function is_large({ left, top, right, bottom }: Box, size: number): boolean {
  return right - left >= size && bottom - top >= size;
}

/** Moved out to where no scrolling leads. */
function is_off_page(element: Element, { left, right, bottom }: Box): boolean {
  const { ownerDocument } = element;
  const page = ownerDocument.documentElement;
  if (bottom > 0 && right > 0 && left < page.clientWidth) return false;
  const { defaultView: view, body } = ownerDocument;
  if (!view || bottom + view.scrollY <= 0) return true;
  // A page that is written from the right is scrolled to the left.
  if (right + view.scrollX <= 0)
    return getComputedStyle(page).direction !== "rtl" || right < -page.scrollWidth;
  if (left + view.scrollX < page.clientWidth) return false;
  return [page, body].some((root) => root && HIDES.test(getComputedStyle(root).overflowX));
}

/** Whether enough of a box is left by what is around the element: none may be faint, or clip it away. */
function shows_through(element: Element, box: Box, look: Look): boolean {
  let { around: at, opacity, is_cut, position } = see(element, look);
  if (at && position !== "fixed" && is_clear(at, look)) return !is_cut && opacity >= FAINTEST;
  let left = box;
  while (at && !is_cut && opacity >= FAINTEST) {
    const around = see(at, look);
    opacity *= around.opacity;
    is_cut = around.is_cut;
    if (holds(around, position)) {
      position = around.position;
      if (clips(at, around)) {
        left = within(left, at, around);
        if (!is_large(left, SMALLEST)) return false;
      }
    }
    at = around.around;
  }
  return !is_cut && opacity >= FAINTEST && (position !== "fixed" || is_in_viewport(element, left));
}

function is_clear(element: Element, look: Look): boolean {
  const seen = see(element, look);
  seen.is_clear ??=
    seen.opacity === 1 &&
    !seen.is_cut &&
    !clips(element, seen) &&
    (!seen.around || is_clear(seen.around, look));
  return seen.is_clear;
}

/** What the root and the body clip, the viewport scrolls; a page that holds its body fast lets go of it again. */
function clips(element: Element, { overflow_x, overflow_y }: Seen): boolean {
  if (overflow_x === "visible" && overflow_y === "visible") return false;
  const { body, documentElement } = element.ownerDocument;
  return element !== body && element !== documentElement;
}

/** Whether what is positioned so is placed by an element around it, and so clipped. */
function holds({ style, position: own }: Seen, position: string): boolean {
  if (!PLACED.test(position) || (position === "absolute" && own !== "static")) return true;
  const { transform, filter, perspective, contain } = style;
  return [transform, filter, perspective, contain].some((value) => value !== "none");
}

/** What is left of a box in an element that clips; what can be scrolled there has all of the element's room. */
function within(box: Box, element: Element, { overflow_x, overflow_y }: Seen): Box {
  const room = box_of(element);
  const [left, right] = rest(overflow_x, box.left, box.right, room.left, room.right, element.scrollLeft);
  const [top, bottom] = rest(overflow_y, box.top, box.bottom, room.top, room.bottom, element.scrollTop);
  return { left, top, right, bottom };
}

function rest(
  overflow: string,
  from: number,
  to: number,
  start: number,
  end: number,
  scrolled: number,
): [number, number] {
  if (overflow === "visible") return [from, to];
  if (HIDES.test(overflow)) return [Math.max(from, start), Math.min(to, end)];
  // Before the beginning nobody scrolls.
  return [start, to + scrolled <= start ? start : end];
}

function is_in_viewport(element: Element, { left, top, right, bottom }: Box): boolean {
  const view = element.ownerDocument.defaultView;
  return view !== null && right > 0 && bottom > 0 && left < view.innerWidth && top < view.innerHeight;
}

function see(element: Element, look: Look): Seen {
  const seen = look.get(element) ?? seen_of(element);
  look.set(element, seen);
  return seen;
}

function seen_of(element: Element): Seen {
  const style = getComputedStyle(element);
  const { position } = style;
  return {
    style,
    around: drawn_in(element),
    position,
    opacity: Number(style.opacity) * opacity_by(style.filter),
    // Each by itself is read sooner than both in one.
    overflow_x: style.overflowX,
    overflow_y: style.overflowY,
    is_cut: is_cut_away(style, position),
  };
}

function opacity_by(filter: string): number {
  if (filter === "none") return 1;
  if (Number(/blur\(([\d.]+)px/.exec(filter)?.[1] ?? 0) > MOST_BLUR) return 0;
  return Number(/opacity\(([\d.]+)\)/.exec(filter)?.[1] ?? 1);
}

/** The ways in which pages hide from eyes what they leave to screen readers; other shapes are seen when something is hit. */
function is_cut_away(style: CSSStyleDeclaration, position: string): boolean {
  if (CUT.test(style.clipPath)) return true;
  if (!PLACED.test(position)) return false;
  const [top = 0, right = SMALLEST, bottom = SMALLEST, left = 0] = style.clip.match(/-?[\d.]+/g) ?? [];
  return +right - +left < SMALLEST || +bottom - +top < SMALLEST;
}

const CUT = /^(inset\((100|[5-9]\d)%|circle\(0|polygon\((0\S* 0\S*(, )?)+\))/;
const PLACED = /absolute|fixed/;
const HIDES = /hidden|clip/;
