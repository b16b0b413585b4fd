// Whether a click on the icon is one that a person meant. A page can lay something over the icon, or bring the icon under a
// pointer that was about to click on something else; such a click does not count.
//
// What is asked is what is, at that instant: that something fades in or is on its way excuses nothing.

import { open_shadow_root } from "../ext.ts";
import { parent_of } from "./finder/walk.ts";

/** `early` is not said to anybody: the next click may count. `outranked` is covered by what is above in the top layer. */
export type Verdict = "fine" | "early" | "covered" | "outranked";

/** So long it has to have been seen, where it is, before it can be clicked. */
const SEEN = 500;

/** Less of this comes through, and it is not what a person saw. */
const OPAQUE = 0.9;
/** The field may be dimmed, as those of a form that is being sent are. */
const FIELD_OPAQUE = 0.5;

/** It may be so many pixels from where it was put: browsers round. */
const NEAR = 1;

const IN_TOP_LAYER = ":popover-open, :modal";

/** Chromium's: also tells what lies above without taking clicks. */
type Sight = IntersectionObserverInit & { trackVisibility: true; delay: number };
type Seen = IntersectionObserverEntry & { isVisible?: boolean };

export class Guard {
  readonly #field: HTMLElement;
  readonly #host: HTMLElement;
  readonly #target: HTMLElement;
  readonly #leaving: AbortController = new AbortController();
  readonly #sight: IntersectionObserver;
  #place: DOMRectReadOnly = new DOMRectReadOnly();
  #since = Number.POSITIVE_INFINITY;
  #seen_since = Number.NEGATIVE_INFINITY;
  /** In the top layer when the host was put there, and so below it. */
  #below: WeakSet<Element> = new WeakSet();

  constructor(field: HTMLElement, host: HTMLElement, target: HTMLElement) {
    this.#field = field;
    this.#host = host;
    this.#target = target;
    const { signal } = this.#leaving;
    const options = { capture: true, passive: true, signal };
    // What is opened again is above again.
    addEventListener("beforetoggle", ({ target: other }) => this.#below.delete(other as Element), options);
    // A window that was in front went away between two clicks of a double click.
    addEventListener("focus", () => this.#begin(), options);
    this.#sight = new IntersectionObserver((entries) => this.#see(entries), {
      trackVisibility: true,
      delay: 100,
      threshold: 1,
    } as Sight);
    this.#sight.observe(target);
  }

  /** It is last in the top layer, just now. */
  shown(): void {
    this.#below = new WeakSet(document.querySelectorAll(IN_TOP_LAYER));
    this.#begin();
  }

  moved(place: DOMRectReadOnly): void {
    this.#place = place;
    this.#begin();
  }

  end(): void {
    this.#leaving.abort();
    this.#sight.disconnect();
  }

  judge(event: PointerEvent): Verdict {
    const { left, top, right, bottom } = this.#target.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (!event.isTrusted || event.button !== 0) return "early";
    if (x < left || x > right || y < top || y > bottom) return "early";
    this.#see(this.#sight.takeRecords());
    if (this.#seen_since === Number.POSITIVE_INFINITY) return "covered";
    if (performance.now() - Math.max(this.#since, this.#seen_since) < SEEN) return "early";
    if (!this.#is_in_place()) return "covered";
    if (!this.#is_last()) return "outranked";
    const inner = [
      [(left + right) / 2, (top + bottom) / 2],
      [left + 2, top + 2],
      [right - 2, top + 2],
      [left + 2, bottom - 2],
      [right - 2, bottom - 2],
    ] as [number, number][];
    return opacity_of(this.#field) >= FIELD_OPAQUE && is_clear(this.#host, inner) ? "fine" : "covered";
  }

  #begin(): void {
    this.#since = performance.now();
  }

  #is_in_place(): boolean {
    const { left, top, width, height } = this.#target.getBoundingClientRect();
    const { x, y, width: wide, height: high } = this.#place;
    return [left - x, top - y, width - wide, height - high].every((by) => Math.abs(by) <= NEAR);
  }

  #see(entries: Seen[]): void {
    const last = entries.at(-1);
    // Only Chromium tells.
    if (!last || last.isVisible === undefined) return;
    if (!last.isVisible) this.#seen_since = Number.POSITIVE_INFINITY;
    else if (this.#seen_since === Number.POSITIVE_INFINITY) this.#seen_since = performance.now();
  }

  /** What takes no clicks is not hit by any test: whatever may be above, and does not hold the field, counts as above. */
  #is_last(): boolean {
    const others = [...all_roots(document)].flatMap((root) => [...root.querySelectorAll(IN_TOP_LAYER)]);
    return (
      this.#host.matches(":popover-open") &&
      others.every(
        (other) =>
          other === this.#host ||
          (this.#below.has(other) && getComputedStyle(other).pointerEvents !== "none"),
      )
    );
  }
}

/** Whether an element is what is hit in a window, and the window in the one around it. */
function is_clear(element: Element, points: [number, number][]): boolean {
  const { ownerDocument } = element;
  const root = element.getRootNode() as Document | ShadowRoot;
  const view = ownerDocument.defaultView;
  if (!view || !is_plain(element) || !points.every(([x, y]) => root.elementFromPoint(x, y) === element))
    return false;
  const frame = view.frameElement;
  if (!frame) return view.top === view;
  // What is over the frame is told by nobody: nothing may be in the top layer there.
  if (frame.ownerDocument.querySelector(IN_TOP_LAYER)) return false;
  const { left, top } = frame.getBoundingClientRect();
  const [right, down] = [left + frame.clientLeft, top + frame.clientTop];
  return is_clear(
    frame,
    points.map(([x, y]) => [x + right, y + down]),
  );
}

/** Whether nothing around an element makes it look like something else, or like nothing. */
function is_plain(element: Element): boolean {
  const { documentElement, body } = element.ownerDocument;
  // Pictures of the page are shown above the top layer, in whatever way the page likes.
  if (documentElement.matches(":active-view-transition")) return false;
  return (
    opacity_of(element) >= OPAQUE &&
    [documentElement, body].every((around) => {
      const { filter, clipPath, maskImage, mixBlendMode, transform, translate, rotate, scale, opacity } =
        getComputedStyle(around);
      const all = [filter, clipPath, maskImage, transform, translate, rotate, scale];
      return Number(opacity) >= OPAQUE && mixBlendMode === "normal" && all.every((value) => value === "none");
    })
  );
}

/** The product over an element and all that is around it. */
function opacity_of(element: Element): number {
  let product = 1;
  for (let at: Element | null = element; at; at = parent_of(at))
    product *= Number(getComputedStyle(at).opacity);
  return product;
}

function* all_roots(root: Document | ShadowRoot): Generator<Document | ShadowRoot> {
  yield root;
  for (const element of root.querySelectorAll("*")) {
    const inner = open_shadow_root(element);
    if (inner) yield* all_roots(inner);
  }
}
