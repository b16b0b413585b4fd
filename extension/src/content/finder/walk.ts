// A document and all its shadow roots as one tree. Pure: it looks and changes nothing.
//
// No selector names shadow hosts, and asking every element whether it is one costs more than the rest of the finder. So
// only those are asked that may be: elements with a hyphen in their name, which one XPath expression lists without
// touching the others, and of the few other elements that can be hosts those that have nothing in them or something
// that is meant for a slot, for what a host holds is not shown otherwise.
//
// Frames are documents of their own, with a content script of their own.

import type { Field } from "./found.ts";
import { all_in, parent_node_of, root_of, slot_of } from "./native.ts";

/** What opens an element's shadow root, also a closed one, which only a browser can. */
export type OpenRoot = (element: Element) => ShadowRoot | null;

export type Root = Document | ShadowRoot;

/** Opens what a page leaves open. */
export const open_if_open: OpenRoot = (element) => element.shadowRoot;

export const FIELDS = "input, select, textarea";

/** More elements than this are not asked for a shadow root in one look. */
const MOST_ASKED = 4_000;

/** Nor more than this of those whose name does not say so. */
const MOST_EMPTY = 150;

const EMPTY =
  ":empty:is(article,aside,blockquote,div,footer,h1,h2,h3,h4,h5,h6,header,main,nav,p,section,span)";

/** Every field of a document in document order, through shadow roots. */
export function walk(root: Document, open: OpenRoot): Field[] {
  return new Tree(root, open).all<Field>(FIELDS);
}

/** A document with its shadow roots, as they were when it was looked at. */
export class Tree {
  readonly document: Document;
  readonly #open: OpenRoot;
  readonly #hyphenated: XPathExpression;
  readonly #asked: Set<Element> = new Set();
  readonly #roots: Map<Element, ShadowRoot> = new Map();
  /** The hosts of each root, in document order. */
  readonly #hosts: Map<Node, Element[]> = new Map();

  constructor(document: Document, open: OpenRoot) {
    this.document = document;
    this.#open = open;
    this.#hyphenated = document.createExpression('descendant-or-self::*[contains(local-name(),"-")]');
    this.#enter(document);
  }

  root_of(host: Element): ShadowRoot | null {
    return this.#roots.get(host) ?? null;
  }

  /** All shadow roots. */
  roots(): Iterable<ShadowRoot> {
    return this.#roots.values();
  }

  /** What matches in all roots at or below `within`, in document order: what is in a host's root comes right after it. */
  all<E extends Element>(selector: string, within: ParentNode & Node = this.document): E[] {
    const found = all_in<E>(within, selector);
    const hosts = this.#hosts_below(within);
    if (hosts.length === 0) return found;
    const merged: E[] = [];
    let next = 0;
    for (const host of hosts) {
      for (let at = found[next]; at && (at === host || follows(at, host)); at = found[next]) {
        merged.push(at);
        next += 1;
      }
      merged.push(...this.all<E>(selector, this.#roots.get(host)));
    }
    return [...merged, ...found.slice(next)];
  }

  /** The element that has the focus, however deep. */
  active_element(): Element | null {
    let { activeElement } = this.document;
    for (let root = this.#below(activeElement); root?.activeElement; root = this.#below(activeElement))
      activeElement = root.activeElement;
    return activeElement;
  }

  #below(element: Element | null): ShadowRoot | null {
    return element && this.root_of(element);
  }

  #hosts_below(within: ParentNode & Node): Element[] {
    const hosts = this.#hosts.get(root_of(within)) ?? [];
    return within instanceof Element ? hosts.filter((host) => contains(within, host)) : hosts;
  }

  #enter(root: Root): void {
    const hosts = this.#maybe_hosts(root).filter((element) => this.#opens(element));
    if (hosts.length === 0) return;
    this.#hosts.set(
      root,
      hosts.sort((one, other) => (follows(one, other) ? -1 : 1)),
    );
    for (const host of hosts) this.#enter(this.#roots.get(host) as ShadowRoot);
  }

  #opens(element: Element): boolean {
    if (this.#asked.size >= MOST_ASKED || this.#asked.has(element)) return false;
    this.#asked.add(element);
    const root = this.#open(element);
    if (root) this.#roots.set(element, root);
    return root !== null;
  }

  #maybe_hosts(root: Root): Element[] {
    const maybe = root.activeElement ? [root.activeElement] : [];
    // XPath cannot begin at a shadow root.
    const parts = root instanceof ShadowRoot ? root.children : [root];
    for (const part of parts) {
      const found = this.#hyphenated.evaluate(part, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
      for (let at = 0; at < found.snapshotLength; at += 1) maybe.push(found.snapshotItem(at) as Element);
    }
    const empty: Element[] = [];
    for (const element of root.querySelectorAll(`[slot],${EMPTY}`)) {
      if (!element.slot) empty.push(element);
      else if (element.parentElement) maybe.push(element.parentElement);
    }
    return [
      ...maybe,
      ...(empty.length > MOST_EMPTY ? empty.filter(is_set_apart) : empty).slice(0, MOST_EMPTY),
    ];
  }
}

/** A script finds the element that it makes a host by a name, or has put it at the end. */
function is_set_apart({ id, parentElement }: Element): boolean {
  return id !== "" || parentElement?.localName === "body";
}

/** The element around a node, the host where it is the first in a shadow root. */
export function parent_of(node: Node): Element | null {
  const parent = parent_node_of(node);
  if (parent?.nodeType === Node.ELEMENT_NODE) return parent as Node as Element;
  return parent?.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? (parent as ShadowRoot).host : null;
}

/** The element that an element is drawn in: the slot where it is given to one. */
export function drawn_in(element: Element): Element | null {
  return slot_of(element) ?? parent_of(element);
}

/** Whether a node is in an element, through shadow roots; every element is in itself. */
export function contains(outer: Element, inner: Node): boolean {
  for (let at: Node | null = inner; at; at = parent_of(at)) if (at === outer) return true;
  return false;
}

/** Document order through shadow roots: a host, what is in its root, what is in itself. */
export function is_before(one: Node, other: Node): boolean {
  if (root_of(one) === root_of(other)) return follows(one, other);
  const [path, other_path] = [path_to(one), path_to(other)];
  const at = path.findIndex((node, index) => node !== other_path[index]);
  const [here, there] = [path[at], other_path[at]];
  // One of them is the host of the other, or further out.
  if (!here || !there) return !here;
  return follows(here, there);
}

/** The hosts that lead to a node from the outside, and the node. */
function path_to(node: Node): Node[] {
  const path = [node];
  for (let root = root_of(node); root instanceof ShadowRoot; root = root_of(root.host))
    path.unshift(root.host);
  return path;
}

function follows(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
