// What an element says of itself, also where it is a form: `<input name="parentNode">` takes the place of the form's own
// property, in a content script too. Whoever may come by a form asks here.

export const parent_node_of = getter<Node, ParentNode | null>(Node.prototype, "parentNode");
export const parent_element_of = getter<Node, Element | null>(Node.prototype, "parentElement");
export const slot_of = getter<Element, Element | null>(Element.prototype, "assignedSlot");
export const root_of = taking<Node, [], Node>(Node.prototype.getRootNode);
/** Whether a node has another in it or is it, in the same root. */
export const has_in = taking<Node, [Node], boolean>(Node.prototype.contains);
export const box_of = taking<Element, [], DOMRect>(Element.prototype.getBoundingClientRect);
export const is = taking<Element, [selector: string], boolean>(Element.prototype.matches);
export const attribute_of = taking<Element, [name: string], string | null>(Element.prototype.getAttribute);
const all_below = taking<Element, [selector: string], NodeListOf<Element>>(
  Element.prototype.querySelectorAll,
);

function getter<Owner, Value>(owner: Owner, name: keyof Owner): (of: Owner) => Value {
  return taking<Owner, [], Value>(Object.getOwnPropertyDescriptor(owner, name)?.get as () => Value);
}

/**
 * A method that takes its object first. Nothing is called as often as these, and what is bound has no code that a browser could
 * begin to optimise on every page anew.
 */
function taking<Owner, Given extends unknown[], Value>(method: (...given: Given) => Value) {
  return Function.prototype.call.bind(method) as (of: Owner, ...given: Given) => Value;
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
  const found = within instanceof Element ? all_below(within, selector) : within.querySelectorAll(selector);
  return found as NodeListOf<E>;
}
