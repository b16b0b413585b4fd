// Whether something foreign lies over an element. Pure.
//
// Elements that let clicks through are never on top for the browser (hit.ts), so those that paint something are looked for
// one by one.

import { box_of, is } from "./finder/native.ts";
import { drawn_in, is_before, type OpenRoot, open_if_open, Tree } from "./finder/walk.ts";
import { belongs_to, is_on_top } from "./hit.ts";

/** Less than this must come through what is painted over an element. */
const FAINTEST = 0.5;

const IMAGES = "img,svg,canvas,video,iframe,object,embed";

export function is_covered(element: Element, open: OpenRoot = open_if_open): boolean {
  return !is_on_top(element) || is_veiled(element, open);
}

/** Whether hardly anything of an element's middle comes through what is painted over it and lets clicks through. */
function is_veiled(element: Element, open: OpenRoot): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const around = new Set<Element>();
  for (let at: Element | null = element; at; at = drawn_in(at)) around.add(at);
  let through = 1;
  for (const other of new Tree(element.ownerDocument, open).all("*")) {
    const box = box_of(other);
    if (box.left > x || box.right < x || box.top > y || box.bottom < y) continue;
    if (around.has(other) || belongs_to(other, element)) continue;
    const style = getComputedStyle(other);
    if (style.pointerEvents !== "none" || style.visibility !== "visible") continue;
    const paint = paint_of(other, style);
    if (paint > 0 && is_over(other, element)) through *= 1 - paint;
  }
  return through < FAINTEST;
}

/** How much an element hides of what is under it. */
function paint_of(element: Element, { backgroundColor, backgroundImage }: CSSStyleDeclaration): number {
  const own =
    is(element, IMAGES) || backgroundImage.includes("url(")
      ? 1
      : alpha_of(`${backgroundColor} ${backgroundImage}`);
  let opacity = own;
  for (let at: Element | null = element; at && opacity > 0; at = drawn_in(at))
    opacity *= Number(getComputedStyle(at).opacity);
  return opacity;
}

/** The greatest alpha among colours as browsers write them. */
function alpha_of(colours: string): number {
  const alphas = (colours.match(/[a-z]+\([^()]*\)/g) ?? []).map((colour) => {
    const alpha = /^rgba\(.*, ([\d.]+)\)|\/ ([\d.]+)\)/.exec(colour);
    return alpha ? Number(alpha[1] ?? alpha[2]) : 1;
  });
  return Math.max(0, ...alphas);
}

type Layer = { z: number; element: Element };

/** Whether an element is painted after another, neither being in the other (CSS 2.1, appendix E). */
function is_over(element: Element, other: Element): boolean {
  const [layers, other_layers] = [layers_of(element), layers_of(other)];
  for (const [at, layer] of layers.entries()) {
    const other_layer = other_layers[at];
    if (!other_layer) break;
    if (layer.element === other_layer.element) continue;
    return layer.z === other_layer.z
      ? is_before(other_layer.element, layer.element)
      : layer.z > other_layer.z;
  }
  return is_before(other, element);
}

/** What decides when an element is painted, outermost first: the stacking contexts around it, and its place in the last. */
function layers_of(element: Element): Layer[] {
  const layers: Layer[] = [];
  for (let at: Element | null = element; at; at = drawn_in(at)) {
    const z = stacks_at(at);
    const is_placed = z !== null || getComputedStyle(at).position !== "static";
    // Something positioned that is no context of its own is painted as if it were, but for contexts in it.
    if (z !== null || (is_placed && layers.length === 0)) layers.unshift({ z: z ?? 0, element: at });
    if (z !== null && layers.length === 1 && at !== element) layers.push({ z: -0.5, element });
  }
  return layers.length > 0 ? layers : [{ z: -0.5, element }];
}

/** The z-index of an element that is a stacking context; null where it is none. */
function stacks_at(element: Element): number | null {
  if (is(element, ":modal,:popover-open,:fullscreen")) return Number.POSITIVE_INFINITY;
  const style = getComputedStyle(element);
  const around = drawn_in(element);
  const is_item = around !== null && /flex|grid/.test(getComputedStyle(around).display);
  if (style.zIndex !== "auto" && (style.position !== "static" || is_item)) return Number(style.zIndex);
  const is_context =
    !around ||
    /fixed|sticky/.test(style.position) ||
    style.opacity !== "1" ||
    style.isolation === "isolate" ||
    style.mixBlendMode !== "normal" ||
    [style.transform, style.filter, style.perspective, style.clipPath, style.maskImage].some(
      (value) => value && value !== "none",
    ) ||
    /paint|layout|strict|content/.test(style.contain) ||
    /transform|opacity|filter/.test(style.willChange);
  return is_context ? 0 : null;
}
