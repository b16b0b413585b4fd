// Fields by selectors: those that an app's definition names, and those that were learned here. A selector that cannot be
// followed to one visible field is not used, and said. Pure.

import type { Field, FoundForm, Selectors } from "./finder/found.ts";
import { is } from "./finder/native.ts";
import { is_visible, type Look } from "./finder/visible.ts";
import { FIELDS, type Root, type Tree } from "./finder/walk.ts";

export type Which = keyof Selectors;

export type Why =
  /** No browser understands it. */
  | "invalid"
  /** No visible element, or none of the kind that is wanted. */
  | "nothing"
  /** More than one visible field: which one is meant cannot be known. */
  | "several";

export type SelectorTrouble = { which: Which; selector: string; why: Why };

export type Selected = Omit<FoundForm, "purpose" | "evidence" | "form"> & { troubles: SelectorTrouble[] };

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
