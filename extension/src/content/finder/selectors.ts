// Fields by selectors: those that an app's definition names, and those that were learned here. A selector that cannot be
// followed to one visible field is not used, and said. Pure.

import type { Field, FoundForm, Selectors } from "./found.ts";
import { attribute_of, is, parent_node_of } from "./native.ts";
import { is_visible, type Look } from "./visible.ts";
import { FIELDS, type Root, type Tree } from "./walk.ts";

export type Which = keyof Selectors;

export type Why =
  /** No browser understands it. */
  | "invalid"
  /** No visible element, or none of the kind that is wanted. */
  | "nothing"
  /** More than one visible field: which one is meant cannot be known. */
  | "several";

export type SelectorTrouble = { which: Which; selector: string; why: Why };

export type Selected = {
  username: HTMLInputElement | null;
  current_password: HTMLInputElement | null;
  new_passwords: HTMLInputElement[];
  one_time_code: HTMLInputElement[];
  extras: Field[];
  submit: HTMLElement | null;
  troubles: SelectorTrouble[];
};

/** Longest that is kept. */
export const LONGEST = 300;

/** More boxes than this are not those of one code. */
const MOST_BOXES = 10;
const MOST_NEW = 3;

/** Between a shadow host and what is in it. */
const PIERCE = />>>/;

export function select(selectors: Selectors, tree: Tree, look: Look = new Map()): Selected {
  const troubles: SelectorTrouble[] = [];
  const taken = new Set<Element>();
  const choose = <E extends HTMLElement>(
    which: Which,
    selector: string | undefined,
    is_kind: Is<E>,
    most = 1,
  ): E[] => {
    if (!selector) return [];
    const followed = follow(selector, tree, look, is_kind, most);
    // A field that two selectors lead to is meant by neither for certain.
    const chosen =
      typeof followed !== "string" && followed.some((field) => taken.has(field)) ? "several" : followed;
    if (typeof chosen === "string") {
      troubles.push({ which, selector, why: chosen });
      return [];
    }
    for (const element of chosen) taken.add(element);
    return chosen;
  };
  const { username, current_password, new_password, one_time_code, extras = [], submit } = selectors;
  return {
    username: choose("username", username, is_input)[0] ?? null,
    current_password: choose("current_password", current_password, is_input)[0] ?? null,
    new_passwords: choose("new_password", new_password, is_input, MOST_NEW),
    one_time_code: choose("one_time_code", one_time_code, is_input, MOST_BOXES),
    extras: extras.flatMap((selector) => choose("extras", selector, is_field)),
    submit: choose("submit", submit, is_element)[0] ?? null,
    troubles,
  };
}

/** What is wrong with selectors before any page is there. */
export function lint_selectors(selectors: Selectors): SelectorTrouble[] {
  const { extras = [], ...single } = selectors;
  const each: [Which, string][] = [
    ...(Object.entries(single) as [Which, string][]),
    ...extras.map((selector): [Which, string] => ["extras", selector]),
  ];
  return each
    .filter(([, selector]) => !is_selector(selector))
    .map(([which, selector]) => ({ which, selector, why: "invalid" }));
}

export function is_selector(selector: string): boolean {
  if (selector.length > LONGEST) return false;
  return selector.split(PIERCE).every((part) => readings_of(part).length > 0);
}

/** Selectors by which the fields of a form are found again; what cannot be named for certain is left out. */
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

type Is<E extends HTMLElement> = (element: Element) => element is E;

const is_input: Is<HTMLInputElement> = (element) => element instanceof HTMLInputElement;
const is_field: Is<HTMLElement & Field> = (element): element is HTMLElement & Field => is(element, FIELDS);
const is_element: Is<HTMLElement> = (element) => element instanceof HTMLElement;

function follow<E extends HTMLElement>(
  selector: string,
  tree: Tree,
  look: Look,
  is_kind: Is<E>,
  most: number,
): E[] | Why {
  const parts = parts_in(selector.split(PIERCE), tree.document);
  let roots: Root[] = [tree.document];
  for (const [at, part] of parts.entries()) {
    const readings = readings_of(part);
    if (readings.length === 0) return "invalid";
    const matching = readings.map((reading) => roots.flatMap((root) => [...root.querySelectorAll(reading)]));
    if (at === parts.length - 1) return visible_of(matching, look, is_kind, most);
    const around = matching.find((elements) => elements.length > 0) ?? [];
    // What is in a frame is its own script's to find.
    if (around.some((element) => is(element, "iframe,frame"))) return [];
    roots = around.flatMap((element) => tree.root_of(element) ?? []);
  }
  return "invalid";
}

/** Of the first reading that leads to anything. */
function visible_of<E extends HTMLElement>(
  readings: Element[][],
  look: Look,
  is_kind: Is<E>,
  most: number,
): E[] | Why {
  const visible = readings
    .map((elements) => elements.filter(is_kind).filter((element) => is_visible(element, look)))
    .filter((elements) => elements.length > 0);
  return visible.find((elements) => elements.length <= most) ?? (visible.length > 0 ? "several" : "nothing");
}

/** The parts of a selector that are for a document, without those that lead to the frame it is in. */
function parts_in(parts: string[], document: Document): string[] {
  const view = document.defaultView;
  if (!view || view.parent === view) return parts;
  // Null where the page around is another origin's: which of its frames this is cannot be seen.
  const frame = view.frameElement;
  const [first = "", ...rest] = frame ? parts_in(parts, frame.ownerDocument) : parts;
  if (rest.length === 0) return parts;
  const around = frame?.ownerDocument ?? document;
  const leads = readings_of(first).flatMap((reading) => [...around.querySelectorAll(reading)]);
  return (frame ? leads.includes(frame) : leads.length === 0) ? rest : parts;
}

/** A word alone is read as given, then as an id, then as a name. None where no browser understands it. */
function readings_of(part: string): string[] {
  const text = part.trim();
  if (!/^[^\s#.[\]>+~*,"'()=\\]+$/.test(text)) return [text].filter(is_css);
  return [text, `#${CSS.escape(text)}`, `[name="${CSS.escape(text)}"]`].filter(is_css);
}

function is_css(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
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

function parent_element_of(element: Element): Element | null {
  const parent = parent_node_of(element);
  return parent instanceof Element ? parent : null;
}

/** Not one that a framework counts up or makes anew for each load. */
function looks_stable(name: string): boolean {
  return name !== "" && !MADE_UP.test(name);
}

const MADE_UP =
  /\d{4}|(?=[a-f-]*\d)[0-9a-f-]{8}|[:«]r\w*[:»]|^(ember|ext-|yui|react|mui|radix|headless|gwt|(mat-|el-|v-)?input-?)\w*?-?\d+$/i;
