// Reads a page once: which fields it has, which belong together, and what is said about them. Pure.

import type { Field } from "./found.ts";
import { group_fields } from "./groups.ts";
import { type SeenField, type SeenPage, see_field, see_group, see_page } from "./seen.ts";
import { is_visible, type Look } from "./visible.ts";
import { FIELDS, type Tree } from "./walk.ts";

/** Bounds for pages with thousands of fields: so many passwords, what is around them, and so many others. */
const MOST_PASSWORDS = 24;
const MOST_AROUND = 12;
const MOST_OTHERS = 80;

const TEXT_TYPES = new Set(["text", "email", "tel", "number", "search", "url", "password", "select-one"]);

export function see(tree: Tree, look: Look): SeenPage {
  const fields = worth_a_look(tree.all<Field>(FIELDS).filter(is_for_text));
  const seen = new Map(fields.map((field) => [field, see_field(field, is_visible(field, look))]));
  const groups = group_fields(fields, is_password, tree);
  return {
    ...see_page(tree.document),
    groups: groups.map((group) =>
      see_group(
        group,
        group.fields.map((field) => seen.get(field) as SeenField),
      ),
    ),
  };
}

function is_for_text(field: Field): boolean {
  return TEXT_TYPES.has(field.type) && !field.disabled;
}

function is_password(field: Field): boolean {
  return field.type === "password";
}

function worth_a_look(fields: Field[]): Field[] {
  if (fields.length <= MOST_OTHERS) return fields;
  const passwords = fields
    .flatMap((field, index) => (is_password(field) ? index : []))
    .slice(0, MOST_PASSWORDS);
  let others = 0;
  return fields.filter(
    (field, index) =>
      passwords.some((at) => Math.abs(at - index) <= MOST_AROUND) ||
      (!is_password(field) && others++ < MOST_OTHERS),
  );
}
