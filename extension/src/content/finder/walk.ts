// A document and all its shadow roots as one tree. Pure: it looks and changes nothing.
//
// No selector names shadow hosts, and asking every element whether it is one costs more than the rest of the finder. So
// only those are asked that may be: elements with a hyphen in their name, which one XPath expression lists without
// touching the others, and of the few other elements that can be hosts those that have nothing in them or something
// that is meant for a slot, for what a host holds is not shown otherwise.
//
// Frames are documents of their own, with a content script of their own.

import type { Field } from "./found.ts";
import { all_in, first_in, has_in, parent_element_of, parent_node_of, root_of, slot_of } from "./native.ts";

/** What opens an element's shadow root, also a closed one, which only a browser can. */
export type OpenRoot = (element: Element) => ShadowRoot | null;

export type Root = Document | ShadowRoot;

/** Opens what a page leaves open. */
export const open_if_open: OpenRoot = (element) => element.shadowRoot;

export const FIELDS = "input, select, textarea";

export const BUTTONS = "button,input:is([type=submit i],[type=image i],[type=button i])";

/** More elements than this are not asked for a shadow root in one look. */
const MOST_ASKED = 4_000;

/** Nor more than this of those whose name does not say so. */
const MOST_EMPTY = 150;

const HYPHENATED = 'descendant-or-self::*[contains(local-name(),"-")]';

/** What most pages have most of comes first. */
const EMPTY =
  ":empty:is(div,span,p,section,article,aside,blockquote,footer,h1,h2,h3,h4,h5,h6,header,main,nav)";

/** Every field of a document in document order, through shadow roots. */
export function walk(root: Document, open: OpenRoot): Field[] {
  return new Tree(root, open).all<Field>(FIELDS);
}

/** A document with its shadow roots, as they were when it was looked at. */
export class Tree {
  readonly document: Document;
  readonly #open: OpenRoot;
  readonly #asked: Set<Element> = new Set();
  readonly #roots: Map<Element, ShadowRoot> = new Map();
  /** The hosts of each root, in document order. */
  readonly #hosts: Map<Node, Element[]> = new Map();
  #labels: Map<Element, Element[]> | null = null;

  constructor(document: Document, open: OpenRoot) {
    this.document = document;
    this.#open = open;
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
    const hosts = this.#roots.size > 0 ? this.#hosts_below(within) : [];
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

  /** An element's own `labels` would go through all of its root for each element. */
  labels_of(field: Element): Element[] {
    if (!this.#labels) {
      this.#labels = new Map();
      for (const label of this.all<HTMLLabelElement>("label")) {
        const { control } = label;
        const others = control && this.#labels.get(control);
        if (others) others.push(label);
        else if (control) this.#labels.set(control, [label]);
      }
    }
    return [...(this.#labels.get(field) ?? [])];
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
    for (const part of root === this.document ? [root] : root.children) {
      const found = this.document.evaluate(HYPHENATED, part, null, XPathResult.UNORDERED_NODE_ITERATOR_TYPE);
      for (let at = found.iterateNext(); at; at = found.iterateNext()) maybe.push(at as Element);
    }
    for (const { parentElement } of root.querySelectorAll("[slot]"))
      if (parentElement) maybe.push(parentElement);
    const empty = first_in(root, EMPTY, MOST_EMPTY + 1);
    // Of so many, a script finds the one that it makes a host by a name, or has put it at the end.
    const some = empty.length > MOST_EMPTY ? first_in(root, `${EMPTY}:is([id],body>*)`, MOST_EMPTY) : empty;
    return [...maybe, ...some];
  }
}

/** The element around a node, the host where it is the first in a shadow root. */
export function parent_of(node: Node): Element | null {
  const parent = parent_element_of(node);
  if (parent) return parent;
  const root = parent_node_of(node);
  return root && is_shadow_root(root) ? root.host : null;
}

/** The innermost element that has all of these in it, which are in document order. */
export function around(elements: Element[]): Element | null {
  const [first, last] = [elements[0], elements.at(-1)];
  let at = first ? parent_of(first) : null;
  while (at && last && !contains(at, last)) at = parent_of(at);
  return at;
}

/** The element that an element is drawn in: the slot where it is given to one. */
export function drawn_in(element: Element): Element | null {
  return slot_of(element) ?? parent_of(element);
}

/** Whether a node is in an element, through shadow roots; every element is in itself. */
export function contains(outer: Element, inner: Node): boolean {
  for (let at: Node | null = inner; at; at = host_of(at)) if (has_in(outer, at)) return true;
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
  for (let at = host_of(node); at; at = host_of(at)) path.unshift(at);
  return path;
}

/** The host of the root that a node is in. */
function host_of(node: Node): Element | null {
  const root = root_of(node);
  return is_shadow_root(root) ? root.host : null;
}

function is_shadow_root(node: Node): node is ShadowRoot {
  return node.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
}

function follows(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
