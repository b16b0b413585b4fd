// Reads a page once: which fields it has, which belong together, and what is said about them. Pure.

import type { Field } from "./found.ts";
import { group_fields } from "./groups.ts";
import { type Named, type SeenPage, see_field, see_group, see_names, see_page } from "./seen.ts";
import { is_visible, type Look } from "./visible.ts";
import { FIELDS, type Tree } from "./walk.ts";
import { plain, tells } from "./words.ts";

/** Bounds for pages with thousands of fields: so many passwords, what is around them, and so many others. */
const MOST_PASSWORDS = 24;
const MOST_AROUND = 12;
const MOST_OTHERS = 80;

const TEXT_TYPES = new Set(["text", "email", "tel", "number", "search", "url", "password", "select-one"]);

export function see(tree: Tree, look: Look): SeenPage {
  const fields = worth_a_look(tree.all<Field>(FIELDS).filter(is_for_text));
  const known = new Map<Field, Named>();
  const named = (field: Field): Named => {
    const names = known.get(field) ?? see_names(field, tree);
    known.set(field, names);
    return names;
  };
  const groups = group_fields(fields, is_password, (field) => may_be_of_login(field, named), tree);
  return {
    ...see_page(tree.document),
    groups: groups.map((group) => {
      // Only where there is no password is one looked for among what a style sheet masks.
      const may_be_masked = !group.fields.some(is_password);
      const seen = group.fields.map((field) =>
        see_field(field, named(field), is_visible(field, look), may_be_masked),
      );
      return see_group(group, seen, tree);
    }),
  };
}

/** Whether a text box says anything that a login could say. */
function may_be_of_login(field: Field, named: (field: Field) => Named): boolean {
  if (is_password(field) || field.type === "email" || ("maxLength" in field && field.maxLength === 1))
    return true;
  const { hint, name, label } = named(field);
  return tells(`${name} | ${label} | ${plain(hint)}`, "user", "email", "login", "code", "password");
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
