// What can be seen of fields and of what is around them, as text: all that is read of the page to say what they are for.
// Only what is near the fields is read, for a page may be large. Pure.

import type { Field } from "./found.ts";
import type { Group } from "./groups.ts";
import { attribute_of, first_in, is } from "./native.ts";
import { BUTTONS, parent_of, type Tree } from "./walk.ts";
import { plain, words_of_name } from "./words.ts";

export type SeenField<F = Field> = {
  field: F;
  /** How it is built: what is chosen from a list is "select". */
  type: string;
  is_visible: boolean;
  /** Text that a style sheet hides behind dots. */
  is_masked: boolean;
  /** What `autocomplete` says. */
  hint: string;
  /** What the program calls it. */
  name: string;
  /** Label, placeholder and other names that belong to it. */
  label: string;
  /** What stands before it. */
  before: string;
  max_length: number;
};

/** What names a field. */
export type Named = Pick<SeenField, "hint" | "name" | "label">;

export type SeenGroup<F = Field> = {
  fields: SeenField<F>[];
  /** Words of what can be pressed. */
  buttons: string;
  heading: string;
  /** What the program calls the form, and where it is sent. */
  form: string;
  links: string;
  /** What can be ticked. */
  boxes: string;
  /** The beginning of all that is said in it. */
  text: string;
  /** Whether the page itself says that it is not to be seen yet. */
  is_aside: boolean;
  /** Whether somebody is in it or has typed a password. */
  is_in_use: boolean;
};

export type SeenPage<F = Field> = { title: string; address: string; groups: SeenGroup<F>[] };

const ASIDE = "[hidden],[aria-hidden=true],.hide,.hidden,.ng-hide,.d-none";
const BOX = "input:not([type=hidden i]),select,textarea,button";
const LONGEST = 80;
const LONGEST_TEXT = 600;
const MOST = 12;

export function see_names(field: Field, tree: Tree): Named {
  const { id, name } = field;
  return {
    hint: attribute_of(field, "autocomplete")?.toLowerCase() ?? "",
    name: words_of_name(id === name ? name : `${name} ${id}`),
    label: label_of(field, tree),
  };
}

export function see_field(
  field: Field,
  named: Named,
  is_visible: boolean,
  may_be_masked: boolean,
): SeenField {
  return {
    field,
    type: field instanceof HTMLInputElement ? field.type : field.localName,
    is_visible,
    is_masked: may_be_masked && field.type === "text" && is_visible && is_masked(field),
    ...named,
    before: before(field),
    max_length: "maxLength" in field ? field.maxLength : -1,
  };
}

/** What is long, and asked for only of some, is read when it is asked for. */
export function see_group({ container, form, fields }: Group, seen: SeenField[], tree: Tree): SeenGroup {
  let heading: string | undefined;
  return {
    fields: seen,
    buttons: said(container, `${BUTTONS},[role=button]`, words_of),
    form: form
      ? words_of_name(
          ["id", "name", "class", "action"].map((name) => attribute_of(form, name)?.slice(0, 200)).join(" "),
        )
      : "",
    get heading() {
      heading ??= heading_of(container);
      return heading;
    },
    get links() {
      return said(container, "a", words_of);
    },
    get boxes() {
      const boxes = "input:is([type=checkbox i],[type=radio i])";
      return said(container, boxes, (box) => words_of_box(box as HTMLInputElement, tree));
    },
    get text() {
      return short(container.textContent, LONGEST_TEXT);
    },
    is_aside: fields[0]?.closest(ASIDE) != null,
    is_in_use:
      is(container, ":focus-within") || fields.some(({ type, value }) => type === "password" && value !== ""),
  };
}

export function see_page({ title, URL }: Document): Omit<SeenPage, "groups"> {
  const [, host = "", path = ""] = /^\w+:\/\/(?:[^/@]*@)?([^/:?#]*)[^/?#]*(.*)/.exec(URL) ?? [];
  const address = `${host.split(".").slice(0, -2).join(" ")} ${path.replace(/\?[^#]*/, " ")}`;
  return { title: plain(title.slice(0, 200)), address: words_of_name(address.slice(0, 200)) };
}

/** What the first of some elements say. */
function said(container: Element, selector: string, words: (element: HTMLElement) => string): string {
  return plain(first_in<HTMLElement>(container, selector, MOST).map(words).join(" | "));
}

function words_of(element: HTMLElement): string {
  const own = element instanceof HTMLInputElement ? `${element.value} ${element.alt}` : element.textContent;
  return `${(own ?? "").slice(0, LONGEST)} ${attribute_of(element, "aria-label") ?? ""} ${element.title}`;
}

function label_of(field: Field, tree: Tree): string {
  const labels = tree.labels_of(field);
  for (const id of attribute_of(field, "aria-labelledby")?.split(" ") ?? []) {
    const by = id && (field.getRootNode() as Document | ShadowRoot).getElementById(id);
    if (by) labels.push(by);
  }
  const texts = labels.map(({ textContent }) => textContent);
  for (const name of ["placeholder", "aria-label", "title", "data-placeholder"])
    texts.push(attribute_of(field, name) ?? "");
  return short(texts.join(" "), 2 * LONGEST);
}

function is_masked(field: Field): boolean {
  return !/^(none)?$/.test(getComputedStyle(field).getPropertyValue("-webkit-text-security"));
}

/** The nearest text before a field that does not belong to another one. */
function before(field: Field): string {
  let at: Element | null = field;
  for (let level = 0; at && level < 4 && !(level && is(at, "form,body,fieldset")); level += 1) {
    for (let sibling = at.previousSibling; sibling; sibling = sibling.previousSibling) {
      if (sibling instanceof Element) {
        if (sibling.matches(BOX) || sibling.querySelector(BOX)) return "";
        if (sibling.matches("script,style")) continue;
      }
      const text = short(sibling.textContent, LONGEST);
      if (text) return text;
    }
    at = parent_of(at);
  }
  return "";
}

function words_of_box(box: HTMLInputElement, tree: Tree): string {
  const text =
    tree
      .labels_of(box)
      .map((label) => label.textContent)
      .join(" ") ||
    box.nextSibling?.textContent ||
    box.parentElement?.textContent ||
    "";
  return `${words_of_name(`${box.id} ${box.name}`)} ${text.slice(0, LONGEST)}`;
}

function heading_of(container: Element): string {
  let at: Element | null = container;
  for (let level = 0; at && level < 4; level += 1, at = parent_of(at)) {
    const found = first_in(at, "h1,h2,h3,h4,legend,[role=heading]", 3);
    if (found.length > 0)
      return plain(found.map(({ textContent }) => (textContent ?? "").slice(0, LONGEST)).join(" | "));
  }
  return "";
}

/** A form's own text may be one of its fields. */
function short(text: unknown, most: number): string {
  return typeof text === "string" ? plain(text.slice(0, most * 4)).slice(0, most) : "";
}
