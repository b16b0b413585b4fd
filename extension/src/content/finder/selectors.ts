// Fields by selectors: those that an app's definition names, and those that were learned here. A selector that cannot be
// followed to one visible field is not used, and said. Pure.

import type { Field, FoundForm, Selectors } from "./found.ts";
import { is_visible, type Look } from "./visible.ts";
import { FIELDS, Tree } from "./walk.ts";

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
  const choose = <E extends HTMLElement>(
    which: Which,
    selector: string | undefined,
    is_kind: Is<E>,
    most = 1,
  ): E[] => {
    if (!selector) return [];
    const chosen = follow(selector, tree, look, is_kind, most);
    if (typeof chosen !== "string") return chosen;
    troubles.push({ which, selector, why: chosen });
    return [];
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
  return selector.split(PIERCE).every((part) => readings_of(part.trim()).some(is_css));
}

/** Selectors by which the fields of a form are found again; what cannot be named for certain is left out. */
export function selectors_of(form: FoundForm, tree: Tree = new Tree(document, () => null)): Selectors {
  void tree;
  const found: Selectors = {};
  if (form.username?.id) found.username = `#${CSS.escape(form.username.id)}`;
  if (form.current_password?.id) found.current_password = `#${CSS.escape(form.current_password.id)}`;
  return found;
}

type Is<E extends HTMLElement> = (element: Element) => element is E;

const is_input: Is<HTMLInputElement> = (element) => element instanceof HTMLInputElement;
const is_field: Is<HTMLElement & Field> = (element): element is HTMLElement & Field =>
  element.matches(FIELDS);
const is_element: Is<HTMLElement> = (element) => element instanceof HTMLElement;

function follow<E extends HTMLElement>(
  selector: string,
  tree: Tree,
  look: Look,
  is_kind: Is<E>,
  most: number,
): E[] | Why {
  const parts = selector.split(PIERCE).map((part) => part.trim());
  let within: (ParentNode & Node)[] = [tree.document];
  let why: Why = "nothing";
  for (const [at, part] of parts.entries()) {
    const readings = readings_of(part).filter(is_css);
    if (readings.length === 0) return "invalid";
    const is_last = at === parts.length - 1;
    let next: Element[] = [];
    for (const reading of readings) {
      const matching = within.flatMap((root) => [...root.querySelectorAll(reading)]);
      if (is_last) {
        const visible = matching.filter(is_kind).filter((element) => is_visible(element, look));
        if (visible.length > 0 && visible.length <= most) return visible;
        if (visible.length > most) why = "several";
      } else if (next.length === 0) next = matching.filter((element) => tree.root_of(element));
    }
    within = next.flatMap((host) => tree.root_of(host) ?? []);
  }
  return why;
}

/** A word alone is read as given, then as an id, then as a name. */
function readings_of(part: string): string[] {
  if (!/^[^\s#.[\]>+~*,"'()=\\]+$/.test(part)) return [part];
  return [part, `#${CSS.escape(part)}`, `[name="${CSS.escape(part)}"]`];
}

function is_css(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
