// Whether presses come to an element. Pure.
//
// Several points of the element are asked what is on top there, from the outermost frame and shadow root to the innermost.
// What belongs to a field may lie over it: its label, a picture in it, a box around it.

import { box_of, is } from "./finder/native.ts";
import { contains, FIELDS, parent_of } from "./finder/walk.ts";

/** Where an element is asked for, as parts of its width and height. */
const POINTS = [
  [0.5, 0.5],
  [0.12, 0.5],
  [0.88, 0.5],
  [0.3, 0.2],
  [0.7, 0.8],
] as const;

/** At how many of them it may be missed, for a hint or a picture that reaches into it. */
const MOST_MISSED = 2;

/** How far, in CSS pixels, a field's own surroundings reach. */
const REACH = { x: 80, y: 48 };

/** Whether presses come to an element. */
export function is_on_top(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const missed = POINTS.filter(([x, y]) => !is_hit(element, left + width * x, top + height * y));
  return missed.length <= MOST_MISSED;
}

/** Whether a press at a point of the viewport would come to an element or to what belongs to it. */
export function is_hit(element: Element, x: number, y: number): boolean {
  const root = element.getRootNode() as Document | ShadowRoot;
  const hit = root.elementFromPoint(x, y);
  if (!hit || !belongs_to(hit, element)) return false;
  if ("host" in root) return is_hit(root.host, x, y);
  const frame = root.defaultView?.frameElement;
  if (!frame) return true;
  const { left, top } = frame.getBoundingClientRect();
  return is_hit(frame, x + left + frame.clientLeft, y + top + frame.clientTop);
}

/** Whether what was hit is an element, or lies over it as its own. */
export function belongs_to(hit: Element, element: Element): boolean {
  if (contains(element, hit)) return true;
  if (is(hit, `${FIELDS},iframe,object,embed`)) return false;
  if (!is_around(hit, element)) return false;
  if (
    "labels" in element &&
    [...((element as HTMLInputElement).labels ?? [])].some((label) => contains(label, hit))
  )
    return true;
  let around = parent_of(element);
  while (around && !contains(around, hit)) around = parent_of(around);
  return around !== null && is_around(around, element);
}

/** Whether a box is hardly larger than an element in it. */
function is_around(box: Element, element: Element): boolean {
  const outer = box_of(box);
  const inner = box_of(element);
  return (
    outer.left >= inner.left - REACH.x &&
    outer.right <= inner.right + REACH.x &&
    outer.top >= inner.top - REACH.y &&
    outer.bottom <= inner.bottom + REACH.y
  );
}
