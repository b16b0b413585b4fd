// What an element says of itself, also where it is a form: `<input name="parentNode">` takes the place of the form's own
// property, in a content script too. Whoever may come by a form asks here.

const { contains, getRootNode } = Node.prototype;
const { getBoundingClientRect, getAttribute, matches, querySelectorAll } = Element.prototype;

export const parent_node_of = getter<Node, ParentNode | null>(Node.prototype, "parentNode");
export const parent_element_of = getter<Node, Element | null>(Node.prototype, "parentElement");
export const slot_of = getter<Element, Element | null>(Element.prototype, "assignedSlot");

function getter<Owner, Value>(owner: Owner, name: keyof Owner): (of: Owner) => Value {
  const get = Object.getOwnPropertyDescriptor(owner, name)?.get;
  return (of) => get?.call(of);
}

export function box_of(element: Element): DOMRect {
  return getBoundingClientRect.call(element);
}

export function is(element: Element, selector: string): boolean {
  return matches.call(element, selector);
}

export function attribute_of(element: Element, name: string): string {
  return getAttribute.call(element, name) ?? "";
}

/** Whether a node is in another or is it, in the same root. */
export function is_in(inner: Node, outer: Node): boolean {
  return contains.call(outer, inner);
}

export function root_of(node: Node): Node {
  return getRootNode.call(node);
}

export function all_in<E extends Element>(within: ParentNode, selector: string): E[] {
  return [...matching<E>(within, selector)];
}

export function first_in<E extends Element>(within: ParentNode, selector: string, most: number): E[] {
  const found = matching<E>(within, selector);
  const first: E[] = [];
  for (let at = 0; at < most && at < found.length; at += 1) first.push(found[at] as E);
  return first;
}

function matching<E extends Element>(within: ParentNode, selector: string): NodeListOf<E> {
  return within instanceof Element
    ? querySelectorAll.call<ParentNode, [string], NodeListOf<E>>(within, selector)
    : within.querySelectorAll<E>(selector);
}
