// The icon in the page: a popover in the top layer, in a closed shadow root, with nothing of the page's styles. It follows
// its field for as long as it is there, by events alone.

import type { IconSaid } from "../messages.ts";
import { word } from "../words.ts";
import { parent_of } from "./finder/walk.ts";
import { Guard, type Verdict } from "./icon-guard.ts";

/** In a field that is high enough for it. */
const [SMALLEST, LARGEST] = [15, 20];
/** From the field's end, and from what of the page's own is there. */
const GAP = 6;
/** Shorter fields have no room for it. */
const SHORTEST = 90;

/** A page that gets in front more often than this, in so many milliseconds, wants to be there. */
const FIGHTS = 5;
const FIGHTING = 5_000;

const EVENTS = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "dblclick", "contextmenu"];

const SVG = "http://www.w3.org/2000/svg";

// Important rules of a shadow root win over everything that the page can say about its host, `style` attribute and
// animations included; and `all` takes zoom, filters, transforms and transitions away too.
const STYLE = `:host{all:initial!important;display:none!important}
:host(:popover-open){display:block!important;position:fixed!important}
:host::before,:host::after{all:initial!important;content:none!important;display:none!important}
:host::backdrop{all:initial!important;display:none!important}
div{height:100%;border-radius:25%;background:#0b6e69;cursor:pointer;touch-action:manipulation}
svg{display:block;pointer-events:none;fill:none;stroke:#fff;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}`;

type Say = (said: IconSaid) => void;

export class Icon {
  readonly #field: HTMLInputElement;
  readonly #host: HTMLElement;
  readonly #guard: Guard;
  readonly #style: CSSStyleDeclaration;
  readonly #say: Say;
  readonly #leaving: AbortController = new AbortController();
  /** How far from the field's end it has to be. */
  #shift: number | null = null;
  #place = "";
  #drawn = false;
  #fights: number[] = [];
  #moves: IntersectionObserver | null = null;

  constructor(field: HTMLInputElement, say: Say) {
    this.#field = field;
    this.#say = say;
    this.#host = document.createElement("div");
    this.#host.popover = "manual";
    this.#host.ariaHidden = "true";
    const root = this.#host.attachShadow({ mode: "closed" });
    const target = root.appendChild(document.createElement("div"));
    target.title = word("icon_title");
    target.append(mark());
    this.#style = dress(root);
    this.#guard = new Guard(field, this.#host, target);
    this.#listen(target, this.#leaving.signal);
    this.#follow(this.#leaving.signal);
    this.#put();
  }

  remove(): void {
    this.#leaving.abort();
    this.#host.remove();
  }

  #listen(target: HTMLElement, signal: AbortSignal): void {
    let begun: Verdict = "early";
    const on_event = (event: Event) => {
      // The field keeps the focus, and the page does not take it for a click beside its own things.
      event.preventDefault();
      event.stopPropagation();
      if (event.type === "pointerdown") begun = this.#guard.judge(event as PointerEvent);
      if (event.type !== "click") return;
      const verdict = begun === "fine" ? this.#guard.judge(event as PointerEvent) : begun;
      begun = "early";
      this.#take(verdict);
    };
    for (const name of EVENTS) target.addEventListener(name, on_event, { signal });
  }

  #take(verdict: Verdict): void {
    if (verdict === "fine") this.#say("clicked");
    if (verdict === "covered" || verdict === "outranked") this.#say("covered");
    if (verdict === "outranked") this.#contest();
  }

  #follow(signal: AbortSignal): void {
    const options = { capture: true, passive: true, signal };
    let asked = false;
    const later = () => {
      if (asked || signal.aborted) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        if (!signal.aborted) this.#put();
      });
    };
    addEventListener("scroll", later, options);
    addEventListener("resize", later, options);
    // What opens in the top layer is above everything that is there.
    const opened = ({ target }: Event) =>
      target !== this.#host && target instanceof Element && target.matches(":popover-open, :modal");
    addEventListener("toggle", (event) => opened(event) && this.#contest(), options);
    const sizes = new ResizeObserver(later);
    sizes.observe(this.#field);
    const changes = new MutationObserver(() => {
      if (!this.#host.matches(":popover-open")) this.#contest();
    });
    changes.observe(this.#home(), { childList: true });
    changes.observe(this.#host, { attributes: true });
    signal.addEventListener("abort", () => {
      sizes.disconnect();
      changes.disconnect();
      this.#moves?.disconnect();
      this.#guard.end();
    });
  }

  /** Where the host is: inside what makes everything around it inert or closes when something else is clicked. */
  #home(): Element {
    for (let at = parent_of(this.#field); at; at = parent_of(at))
      if (at.matches(":modal, :popover-open")) return at;
    return document.documentElement;
  }

  /** Something got in front, or took the host away. */
  #contest(): void {
    if (!this.#drawn) return;
    const now = performance.now();
    this.#fights = [...this.#fights.filter((at) => at > now - FIGHTING), now];
    this.#hide();
    if (this.#fights.length > FIGHTS) this.#say("fought");
    else this.#put();
  }

  /** At the end of the field, if the field is to be seen there. */
  #put(): void {
    const { left, right, top, width, height } = this.#field.getBoundingClientRect();
    const to_left = getComputedStyle(this.#field).direction === "rtl";
    const size = Math.max(SMALLEST, Math.min(LARGEST, Math.floor(height) - 5));
    const y = top + (height - size) / 2;
    const x_of = (shift: number) => (to_left ? left + shift : right - size - shift);
    const place = [left, top, width, height].join();
    const is_same = place === this.#place;
    if (!is_same) this.#watch_moves(left, top, width, height);
    this.#place = place;
    if (!this.#drawn) {
      const shifts = [GAP, GAP + 26, GAP + 52].filter((shift) => width - shift >= SHORTEST);
      this.#shift = shifts.find((shift) => this.#is_free(x_of(shift), y, size)) ?? null;
    }
    const x = x_of(this.#shift ?? 0);
    // Beside the icon: what the page lays over it is seen by the guard.
    const beside = to_left ? x + size + 3 : x - 3;
    if (this.#shift === null || !this.#is_field(beside, y + size / 2)) {
      this.#hide();
      return;
    }
    if (this.#drawn && is_same) return;
    const zoom = (this.#home() as Element & { currentCSSZoom?: number }).currentCSSZoom ?? 1;
    for (const [name, pixels] of Object.entries({ left: x, top: y, width: size, height: size }))
      this.#style.setProperty(name, `${pixels}px`, "important");
    this.#style.setProperty("zoom", `${1 / zoom}`, "important");
    this.#guard.moved(new DOMRectReadOnly(x, y, size, size));
    if (!this.#drawn) this.#show();
  }

  #show(): void {
    this.#home().append(this.#host);
    if (this.#host.popover !== "manual") this.#host.popover = "manual";
    this.#host.showPopover();
    this.#drawn = true;
    this.#guard.shown();
  }

  #hide(): void {
    this.#drawn = false;
    this.#host.remove();
  }

  /** Tells when the field moves without anything being scrolled: its place is the only one where all of it is seen. */
  #watch_moves(left: number, top: number, width: number, height: number): void {
    this.#moves?.disconnect();
    const { clientWidth, clientHeight } = document.documentElement;
    const inset = [top, clientWidth - left - width, clientHeight - top - height, left];
    let first = true;
    this.#moves = new IntersectionObserver(
      ([seen]) => {
        // At first it tells where the field is by then: it may have been moved since it was asked.
        if (!first || (seen && seen.intersectionRatio < 1)) this.#put();
        first = false;
      },
      {
        root: document,
        rootMargin: inset.map((pixels) => `${-Math.floor(pixels)}px`).join(" "),
        threshold: 1,
      },
    );
    this.#moves.observe(this.#field);
  }

  #is_free(x: number, y: number, size: number): boolean {
    return [1, size / 2, size - 1].every((by) => this.#is_field(x + by, y + size / 2));
  }

  /** Whether the field is in front, but for the icon: that may still be where it was before the field moved. */
  #is_field(x: number, y: number): boolean {
    const hit = (this.#field.getRootNode() as Document | ShadowRoot).elementsFromPoint(x, y);
    return hit.find((element) => element !== this.#host) === this.#field;
  }
}

/** Puts the style on; what places the host is returned. */
function dress(root: ShadowRoot): CSSStyleDeclaration {
  let sheet: CSSStyleSheet;
  try {
    // Where the page forbids inline styles, it does not forbid these.
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox lets no content script do this, and lets it have inline styles.
    const style = document.createElement("style");
    style.textContent = STYLE;
    root.append(style);
    sheet = style.sheet as CSSStyleSheet;
  }
  return (sheet.cssRules[1] as CSSStyleRule).style;
}

function mark(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-4 -4 28 28");
  const path = svg.appendChild(document.createElementNS(SVG, "path"));
  path.setAttribute(
    "d",
    "M6 1.5 10 7l4-5.5M6 7h8a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2ZM10 10.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4M7.2 16.2c.6-1.2 1.6-1.7 2.8-1.7s2.2.5 2.8 1.7",
  );
  return svg;
}
