// Waits for what a page does to its fields: some draw a form late, swap it in place, or show one that was hidden.
//
// Nothing in the page is observed. For an observer the browser writes down every change, and for one task that adds ten
// thousand nodes that alone takes longer than all that is done here. What fields there are, and whether they can be seen,
// is asked for again and again instead, when the browser has nothing else to do; only a difference makes anybody search
// for forms. All of it, searching included, takes a twentieth of the page's time at most, however large the page is.

import { open_shadow_root } from "../ext.ts";
import { is_orphaned } from "./alive.ts";
import { is_visible, type Look, opacity_of } from "./finder/visible.ts";
import { type Root, Tree } from "./finder/walk.ts";
import { is_hit } from "./hit.ts";

/** Milliseconds from one look at the fields to the next. */
const PAUSE = 50;

/** The browser is waited for this much longer to have nothing else to do. */
const IDLE = 40;

/** For one part of looking, this many parts of leaving the page alone. */
const REST = 19;

/** Every so many looks shadow roots are searched for where they mostly are, though the page has not grown. */
const NAMED = 8;

/** Every so many looks they are searched for everywhere, and forms too where a password is: what lies over it may be gone. */
const EVERYWHERE = 20;

/** A page with more elements than this is searched everywhere only once. */
const LARGE = 3_000;

/** More elements than this are not asked for a shadow root in one look. */
const MOST_NAMED = 500;

/** More fields than this are counted, and not looked at one by one. */
const MOST_FIELDS = 30;

/** Fields that are asked for what lies over them. */
const MOST_COVERED = 4;

const FIELDS =
  "input:not([type=hidden i],[type=checkbox i],[type=radio i],[type=submit i],[type=button i],[type=image i],[type=reset i])";

/**
 * Looks once the document is read, and then soon after every change that may concern a form, until the time is over or
 * until told to stop. Gives back what ends it.
 */
export function watch_page(milliseconds: number, look: () => void, signal: AbortSignal): () => void {
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const stop = () => ending.abort();
  const start = () => {
    if (milliseconds === 0) return look();
    setTimeout(stop, milliseconds);
    watch(look, both);
  };
  // While the document is being read there may be a second password field yet to come.
  if (document.readyState !== "loading") start();
  else document.addEventListener("DOMContentLoaded", start, { once: true, signal: both });
  return stop;
}

function watch(find: () => void, signal: AbortSignal): void {
  const fields = new Fields();
  const turn = () => {
    if (signal.aborted || is_orphaned()) return;
    const start = performance.now();
    if (fields.have_changed()) find();
    next(performance.now() - start);
  };
  const next = (took: number) => {
    setTimeout(() => requestIdleCallback(turn, { timeout: IDLE }), Math.max(PAUSE, took * REST));
  };
  const start = performance.now();
  // Forms first: somebody may be waiting for them.
  find();
  fields.have_changed();
  next(performance.now() - start);
}

/** The fields of a page, as they were at the last look. */
class Fields {
  #roots: Root[] = [];
  #size = 0;
  #looks = 0;
  #fields: HTMLInputElement[] = [];
  #states = "";

  have_changed(): boolean {
    this.#find_roots();
    const fields = this.#roots.flatMap((root) => [...root.querySelectorAll<HTMLInputElement>(FIELDS)]);
    const states = states_of(first_of(fields));
    const is_regular = this.#is_everywhere() && fields.some(({ type }) => type === "password");
    const have = is_regular || states !== this.#states || !is_same(fields, this.#fields);
    this.#fields = fields;
    this.#states = states;
    return have;
  }

  #is_everywhere(): boolean {
    return this.#looks === 1 || (this.#looks % EVERYWHERE === 1 && this.#size <= LARGE);
  }

  /** Costs more than all the rest, so not at every look: a root may also come without an element that is new. */
  #find_roots(): void {
    const size = document.getElementsByTagName("*").length;
    const has_grown = size !== this.#size;
    this.#size = size;
    this.#looks += 1;
    if (this.#is_everywhere()) this.#roots = [document, ...new Tree(document, open_shadow_root).roots()];
    else if (has_grown || this.#looks % NAMED === 1) this.#roots = [...with_named(this.#roots)];
  }
}

/** With the roots of elements of the page's own classes: most that have one are. */
function with_named(known: Root[]): Set<Root> {
  const roots = new Set(known.filter((root) => root === document || root.isConnected));
  // A set goes on to what is added to it meanwhile.
  for (const root of roots) {
    for (const host of named_in(root)) {
      const shadow = open_shadow_root(host);
      if (shadow) roots.add(shadow);
    }
  }
  return roots;
}

/** Elements with a hyphen in their names. XPath lists them without touching the others; it cannot begin at a shadow root. */
function* named_in(root: Root): Iterable<Element> {
  for (const part of root.children) {
    const found = document.evaluate(
      'descendant-or-self::*[contains(local-name(),"-")]',
      part,
      null,
      XPathResult.ORDERED_NODE_SNAPSHOT_TYPE,
    );
    const count = Math.min(found.snapshotLength, MOST_NAMED);
    for (let at = 0; at < count; at += 1) yield found.snapshotItem(at) as Element;
  }
}

function states_of(fields: HTMLInputElement[]): string {
  const look: Look = new Map();
  let asked = 0;
  const states = fields.map((field) => {
    const is_seen = is_visible(field, look);
    asked += is_seen ? 1 : 0;
    if (!is_seen) return `${field.type} ${field.disabled} ${field.readOnly}`;
    const { left, top, width, height } = field.getBoundingClientRect();
    const is_free = asked <= MOST_COVERED && is_hit(field, left + width / 2, top + height / 2);
    // What grows or fades in is told of on its way: who fills it asks for more than who finds it.
    const shows = [width, height, opacity_of(field, look) * 10].map(Math.round);
    return [field.type, field.disabled, field.readOnly, is_free, ...shows].join(" ");
  });
  return states.join();
}

/** Passwords before others, of which a page may have thousands. */
function first_of(fields: HTMLInputElement[]): HTMLInputElement[] {
  const is_password = ({ type }: HTMLInputElement) => type === "password";
  return [...fields.filter(is_password), ...fields.filter((field) => !is_password(field))].slice(
    0,
    MOST_FIELDS,
  );
}

function is_same(fields: Element[], before: Element[]): boolean {
  return fields.length === before.length && fields.every((field, at) => field === before[at]);
}
