// Selectors by which the fields of a form are found again where it was captured. Pure.

import type { FoundForm, Selectors } from "./finder/found.ts";
import { attribute_of, parent_element_of, parent_node_of } from "./finder/native.ts";
import type { Root } from "./finder/walk.ts";
import { LONGEST } from "./selectors.ts";

/** What cannot be named for certain is left out. */
export function selectors_of(form: FoundForm): Selectors {
  const extras = form.extras.flatMap((field) => selector_of(field) ?? []);
  const named = {
    username: form.username && selector_of(form.username),
    current_password: form.current_password && selector_of(form.current_password),
    new_password: selector_of_all(form.new_passwords),
    one_time_code: selector_of_all(form.one_time_code),
    submit: form.submit && selector_of(form.submit),
  };
  const certain = Object.entries(named).filter(([, selector]) => selector !== null);
  return { ...(Object.fromEntries(certain) as Selectors), ...(extras.length > 0 ? { extras } : {}) };
}

/** Several in one root, as a list. */
function selector_of_all(elements: HTMLElement[]): string | null {
  const selectors = elements.map(selector_of);
  const list = selectors.join(", ");
  if (elements.length === 0 || selectors.includes(null)) return null;
  return list.length > LONGEST || (elements.length > 1 && list.includes(">>>")) ? null : list;
}

function selector_of(element: Element): string | null {
  const parts: string[] = [];
  for (let at: Element | null = element; at; at = host_of(at)) {
    const part = part_of(at);
    if (!part) return null;
    parts.unshift(part);
  }
  const selector = parts.join(" >>> ");
  return selector.length > LONGEST ? null : selector;
}

function host_of(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** The shortest that leads to nothing else in the element's root. */
function part_of(element: Element): string | null {
  const root = element.getRootNode() as Root;
  const is_unique = (selector: string) => root.querySelectorAll(selector).length === 1;
  const form = element.closest("form");
  const own = [...names_of(element), ...types_of(element)];
  const in_form = form ? names_of(form).flatMap((name) => own.map((selector) => `${name} ${selector}`)) : [];
  return [...own, ...in_form].find(is_unique) ?? path_to(element, is_unique);
}

function names_of(element: Element): string[] {
  const { localName } = element;
  const [id, name] = [attribute_of(element, "id"), attribute_of(element, "name")];
  return [
    ...(looks_stable(id) ? [`#${CSS.escape(id)}`] : []),
    ...(looks_stable(name) ? [`${localName}[name="${CSS.escape(name)}"]`] : []),
  ];
}

function types_of(element: Element): string[] {
  return ["autocomplete", "type"].flatMap((name) => {
    const value = attribute_of(element, name);
    return value ? [`${element.localName}[${name}="${CSS.escape(value)}"]`] : [];
  });
}

/** By places among brothers and sisters, from what has a name. */
function path_to(element: Element, is_unique: (selector: string) => boolean): string | null {
  const steps: string[] = [];
  for (let at: Element | null = element; at; at = parent_element_of(at)) {
    const [name] = at === element ? [] : names_of(at);
    if (name) return [[name, ...steps].join(" > ")].find(is_unique) ?? null;
    const alike: Element[] = [...(parent_node_of(at)?.children ?? [])].filter(
      ({ localName }) => localName === at?.localName,
    );
    steps.unshift(alike.length > 1 ? `${at.localName}:nth-of-type(${alike.indexOf(at) + 1})` : at.localName);
  }
  return [steps.join(" > ")].find(is_unique) ?? null;
}

/** Not one that a framework counts up or makes anew for each load. */
function looks_stable(name: string | null): name is string {
  return name !== null && name !== "" && !MADE_UP.test(name);
}

const MADE_UP =
  /\d{4}|(?=[a-f-]*\d)[0-9a-f-]{8}|[:«]r\w*[:»]|^(ember|ext-|yui|react|mui|radix|headless|gwt|(mat-|el-|v-)?input-?)\w*?-?\d+$/i;
