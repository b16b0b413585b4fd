// A document and all its shadow roots as one tree. Pure: it looks and changes nothing.
//
// No selector names shadow hosts, and asking every element whether it is one costs more than the rest of the finder. So
// only those are asked that may be: elements with a hyphen in their name, which one XPath expression lists without
// touching the others, and of the few other elements that can be hosts those that have nothing in them or something
// that is meant for a slot, for what a host holds is not shown otherwise.
//
// Frames are documents of their own, with a content script of their own.

import type { Field } from "./found.ts";

/** What opens an element's shadow root, also a closed one, which only a browser can. */
export type OpenRoot = (element: Element) => ShadowRoot | null;

export type Root = Document | ShadowRoot;

/** Opens what a page leaves open. */
export const open_if_open: OpenRoot = (element) => element.shadowRoot;

export const FIELDS = "input, select, textarea";

/** More elements than this are not asked for a shadow root in one look. */
const MOST_ASKED = 2_000;

const NATIVE_HOSTS =
  "article,aside,blockquote,body,div,footer,h1,h2,h3,h4,h5,h6,header,main,nav,p,section,span";
const EMPTY_HOSTS = `:is(${NATIVE_HOSTS}):empty`;

/** Every field of a document in document order, through shadow roots. */
export function walk(root: Document, open: OpenRoot): Field[] {
  return new Tree(root, open).all<Field>(FIELDS);
}

/** A document with its shadow roots, as they were when it was looked at. */
export class Tree {
  readonly document: Document;
  readonly #open: OpenRoot;
  readonly #roots: Map<Element, ShadowRoot> = new Map();
  /** The hosts of each root, in document order. */
  readonly #hosts: Map<Node, Element[]> = new Map();
  #asked = 0;

  constructor(document: Document, open: OpenRoot) {
    this.document = document;
    this.#open = open;
    this.#enter(document);
  }

  root_of(host: Element): ShadowRoot | null {
    return this.#roots.get(host) ?? null;
  }

  /** What matches in all roots at or below `within`, in document order: what is in a host comes right after it. */
  all<E extends Element>(selector: string, within: ParentNode & Node = this.document): E[] {
    const found = [...within.querySelectorAll<E>(selector)];
    const hosts = this.#hosts_below(within);
    if (hosts.length === 0) return found;
    const merged: E[] = [];
    let next = 0;
    for (const host of hosts) {
      for (let at = found[next]; at && (at === host || is_before(at, host)); at = found[next]) {
        merged.push(at);
        next += 1;
      }
      const root = this.root_of(host);
      if (root) merged.push(...this.all<E>(selector, root));
    }
    return [...merged, ...found.slice(next)];
  }

  /** The element that has the focus, however deep. */
  active_element(): Element | null {
    let active = this.document.activeElement;
    for (let root = active && this.root_of(active); root?.activeElement; root = this.root_of(active))
      active = root.activeElement;
    return active;
  }

  #hosts_below(within: ParentNode & Node): Element[] {
    const hosts = this.#hosts.get(within.getRootNode()) ?? [];
    return within.nodeType === Node.ELEMENT_NODE ? hosts.filter((host) => within.contains(host)) : hosts;
  }

  #enter(root: Root): void {
    const hosts: Element[] = [];
    for (const element of maybe_hosts(root)) {
      if (this.#asked >= MOST_ASKED) break;
      this.#asked += 1;
      const shadow = this.#roots.get(element) ?? this.#open(element);
      if (!shadow || hosts.includes(element)) continue;
      this.#roots.set(element, shadow);
      hosts.push(element);
    }
    this.#hosts.set(
      root,
      hosts.sort((one, other) => (is_before(one, other) ? -1 : 1)),
    );
    for (const host of hosts) {
      const shadow = this.root_of(host);
      if (shadow) this.#enter(shadow);
    }
  }
}

function* maybe_hosts(root: Root): Iterable<Element> {
  const active = root.activeElement;
  if (active) yield active;
  yield* named_hosts(root);
  for (const { parentElement } of root.querySelectorAll("[slot]")) if (parentElement) yield parentElement;
  yield* root.querySelectorAll(EMPTY_HOSTS);
}

function* named_hosts(root: Root): Iterable<Element> {
  // XPath cannot begin at a shadow root.
  const parts = root instanceof ShadowRoot ? root.children : [root];
  const document = root instanceof ShadowRoot ? root.ownerDocument : root;
  for (const part of parts) {
    const found = document.evaluate(
      'descendant-or-self::*[contains(local-name(),"-")]',
      part,
      null,
      XPathResult.ORDERED_NODE_SNAPSHOT_TYPE,
    );
    for (let at = 0; at < found.snapshotLength; at += 1) yield found.snapshotItem(at) as Element;
  }
}

/** The element around a node, the host where it is the first in a shadow root. */
export function parent_of(node: Node): Element | null {
  const { parentNode } = node;
  if (parentNode instanceof ShadowRoot) return parentNode.host;
  return parentNode instanceof Element ? parentNode : null;
}

/** Whether a node is in another, through shadow roots; every node is in itself. */
export function contains(outer: Node, inner: Node | null): boolean {
  for (let at = inner; at; at = parent_of(at))
    if (at === outer || (at !== inner && outer === at)) return true;
  return inner !== null && outer === inner.ownerDocument;
}

/** Document order through shadow roots: a host, what is in its root, what is in itself. */
export function is_before(one: Node, other: Node): boolean {
  if (one.getRootNode() === other.getRootNode()) return follows(one, other);
  const path = path_to(one);
  const other_path = path_to(other);
  let at = 0;
  // The outermost roots in which both are below the same host.
  while (path[at] && path[at] === other_path[at]) at += 1;
  const [here, there] = [path[at], other_path[at]];
  if (!here) return true;
  if (!there) return false;
  // What is in the shadow root comes before what is in its host.
  return follows(here, there);
}

/** The hosts that lead to a node from the outside, and the node. */
function path_to(node: Node): Node[] {
  const path = [node];
  for (let root = node.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    path.unshift(root.host);
  return path;
}

function follows(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
