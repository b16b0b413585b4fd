// What an element says of itself, also where it is a form: `<input name="parentNode">` takes the place of the form's own
// property, in a content script too. Whoever may come by a form asks here.

const { getRootNode } = Node.prototype;
const { getBoundingClientRect, getAttribute, matches, querySelectorAll } = Element.prototype;

export const parent_node_of = getter<Node, ParentNode | null>(Node.prototype, "parentNode");
export const slot_of = getter<Element, Element | null>(Element.prototype, "assignedSlot");
export const elements_of = getter<HTMLFormElement, HTMLFormControlsCollection>(
  HTMLFormElement.prototype,
  "elements",
);

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

export function root_of(node: Node): Node {
  return getRootNode.call(node);
}

export function all_in<E extends Element>(within: ParentNode, selector: string): E[] {
  const found =
    within instanceof Element ? querySelectorAll.call(within, selector) : within.querySelectorAll(selector);
  return [...found] as E[];
}
