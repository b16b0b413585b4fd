// What can be seen of fields and of what is around them, as text: all that is read of the page to say what they are for.
// Only what is near the fields is read, for a page may be large. Pure.

import type { Field } from "./found.ts";
import type { Group } from "./groups.ts";
import { all_in, attribute_of, is } from "./native.ts";
import { parent_of } from "./walk.ts";
import { plain, words_of_name } from "./words.ts";

export type SeenField<F = Field> = {
  field: F;
  /** How it is built: what is chosen from a list is "select". */
  type: string;
  is_visible: boolean;
  is_fixed: boolean;
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
  has_rules: boolean;
};

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
const LONGEST = 80;
const LONGEST_TEXT = 600;
const MOST = 12;

export function see_field(field: Field, is_visible: boolean, may_be_masked: boolean): SeenField {
  const max_length = "maxLength" in field ? field.maxLength : -1;
  return {
    field,
    type: field instanceof HTMLInputElement ? field.type : field.localName,
    is_visible,
    is_fixed: "readOnly" in field && field.readOnly,
    is_masked: may_be_masked && field.type === "text" && is_visible && is_masked(field),
    hint: (field.getAttribute("autocomplete") ?? "").toLowerCase(),
    name: words_of_name(`${field.name} ${field.id === field.name ? "" : field.id}`),
    label: label_of(field),
    before: before(field),
    max_length,
    has_rules: field.hasAttribute("passwordrules") || field.hasAttribute("minlength"),
  };
}

export function see_group(group: Group, fields: SeenField[]): SeenGroup {
  const { container, form } = group;
  const buttons = some(
    container,
    "button,input:is([type=submit i],[type=image i],[type=button i]),[role=button]",
  );
  return {
    fields,
    buttons: plain(buttons.map(words_of).join(" | ")),
    heading: heading_of(container),
    form: form
      ? words_of_name(
          ["id", "name", "class", "action"].map((name) => attribute_of(form, name).slice(0, 200)).join(" "),
        )
      : "",
    links: plain(some(container, "a").map(words_of).join(" | ")),
    boxes: plain(
      some(container, "input:is([type=checkbox i],[type=radio i])")
        .map((box) => `${words_of_name(`${box.id} ${box.getAttribute("name") ?? ""}`)} ${words_beside(box)}`)
        .join(" | "),
    ),
    text: short(container.textContent, LONGEST_TEXT),
    is_aside: fields[0]?.field.closest(ASIDE) != null,
    is_in_use:
      is(container, ":focus-within") ||
      group.fields.some(({ type, value }) => type === "password" && value !== ""),
  };
}

export function see_page(document: Document): Omit<SeenPage, "groups"> {
  return { title: plain(document.title.slice(0, 200)), address: words_of_name(address_of(document)) };
}

function address_of(document: Document): string {
  const { hostname = "", pathname = "", hash = "" } = document.location ?? {};
  return `${hostname.split(".").slice(0, -2).join(" ")} ${pathname} ${hash}`.slice(0, 200);
}

function some(container: Element, selector: string): HTMLElement[] {
  return all_in<HTMLElement>(container, selector).slice(0, MOST);
}

function words_of(element: HTMLElement): string {
  const own = element instanceof HTMLInputElement ? `${element.value} ${element.alt}` : element.textContent;
  return `${(own ?? "").slice(0, LONGEST)} ${element.getAttribute("aria-label") ?? ""} ${element.title}`;
}

function label_of(field: Field): string {
  const root = field.getRootNode() as Document | ShadowRoot;
  const by = (field.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .map((id) => id && root.getElementById(id)?.textContent);
  const labels = [...(field.labels ?? [])].map((label) => label.textContent);
  const own = ["placeholder", "aria-label", "title", "data-placeholder"].map((name) =>
    field.getAttribute(name),
  );
  return short([...labels, ...by, ...own].filter(Boolean).join(" "), 2 * LONGEST);
}

function is_masked(field: Field): boolean {
  return !/^(none)?$/.test(getComputedStyle(field).getPropertyValue("-webkit-text-security"));
}

/** The nearest text before a field that does not belong to another one. */
function before(field: Field): string {
  let at: Element = field;
  for (let level = 0; level < 4; level += 1) {
    for (let sibling = at.previousSibling; sibling; sibling = sibling.previousSibling) {
      if (
        sibling instanceof Element &&
        (sibling.matches("input:not([type=hidden i]),select,textarea,button") ||
          sibling.querySelector("input:not([type=hidden i]),select,textarea"))
      )
        return "";
      if (sibling instanceof Element && sibling.matches("script,style")) continue;
      const text = short(sibling.textContent, LONGEST);
      if (text) return text;
    }
    const further = parent_of(at);
    if (!further || is(further, "form,body,fieldset")) return "";
    at = further;
  }
  return "";
}

function words_beside(box: HTMLElement): string {
  const labels = box instanceof HTMLInputElement ? [...(box.labels ?? [])] : [];
  const text =
    labels.map((label) => label.textContent).join(" ") ||
    box.nextSibling?.textContent ||
    box.parentElement?.textContent;
  return (text ?? "").slice(0, LONGEST);
}

function heading_of(container: Element): string {
  const selector = "h1,h2,h3,h4,legend,[role=heading]";
  let at: Element | null = container;
  for (let level = 0; at && level < 4; level += 1, at = parent_of(at)) {
    const found = some(at, selector);
    if (found.length > 0)
      return plain(
        found
          .slice(0, 3)
          .map((heading) => (heading.textContent ?? "").slice(0, LONGEST))
          .join(" | "),
      );
  }
  return "";
}

/** A form's own text may be one of its fields. */
function short(text: unknown, most: number): string {
  return typeof text === "string" ? plain(text.slice(0, most * 4)).slice(0, most) : "";
}
