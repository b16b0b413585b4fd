// The forms of a page: an app's own selectors come first, then those that were learned here, then what the page itself shows
// (finder/). Pure: a root in, a typed result out.

import type { Evidence, Field, FoundForm, Known, Purpose, Selectors } from "./finder/found.ts";
import { type Draft, type Fields, fields_of, finish, form_of, shown_forms } from "./finder/index.ts";
import type { Look } from "./finder/visible.ts";
import { type OpenRoot, open_if_open, Tree } from "./finder/walk.ts";
import { select } from "./selectors.ts";

export const NOTHING_KNOWN: Known = { app: null, learned: null, is_app: false };

/** Best first: what selectors name, then as `finish` orders them. */
export function find_forms(root: Document, known: Known, open: OpenRoot = open_if_open): FoundForm[] {
  const tree = new Tree(root, open);
  const look: Look = new Map();
  const shown = shown_forms(tree, look, known.is_app);
  const named = named_form(known, shown, tree, look);
  const others = named ? shown.filter((form) => !shares_field(form, named)) : shown;
  return finish(named, others, tree, look);
}

/** What selectors name, and of the rest of the same form what the page shows. */
function named_form({ app, learned }: Known, page: Draft[], tree: Tree, look: Look): Draft | null {
  const by_app = chosen(app, tree, look);
  const by_learned = chosen(learned, tree, look);
  const [first, evidence]: [ReturnType<typeof chosen>, Evidence] = by_app
    ? [by_app, "app"]
    : [by_learned, "learned"];
  if (!first) return null;
  const around = page.find((form) => shares_field(form, first));
  const taken = new Set<Field>(fields_of(first));
  const free = <F extends Field>(field: F | null | undefined): F | null =>
    field && !taken.has(field) ? field : null;
  const rest = [by_app ? by_learned : null, around];
  const one = (which: "username" | "current_password") =>
    first[which] ?? free(rest.map((form) => form?.[which]).find((field) => field)) ?? null;
  const many = <F extends Field>(which: (fields: Fields) => F[]) => {
    const own = which(first);
    return own.length > 0
      ? own
      : (rest.map((form) => (form ? which(form) : [])).find((all) => all.length > 0) ?? []).filter(free);
  };
  const fields: Fields = {
    username: one("username"),
    current_password: one("current_password"),
    new_passwords: many((form) => form.new_passwords),
    one_time_code: many((form) => form.one_time_code),
    extras: many((form) => form.extras),
  };
  return {
    ...fields,
    purpose: purpose_of(fields, around?.purpose),
    evidence,
    form: form_of(fields),
    ...(first.submit ? { submit: first.submit } : {}),
  };
}

function chosen(selectors: Selectors | null, tree: Tree, look: Look) {
  if (!selectors) return null;
  const found = select(selectors, tree, look);
  return fields_of(found).length > 0 ? found : null;
}

function purpose_of(fields: Fields, around: Purpose | undefined): Purpose {
  const { username, current_password, new_passwords, one_time_code } = fields;
  if (new_passwords.length > 0)
    return current_password || around !== "sign-up" ? "change-password" : "sign-up";
  if (current_password) return username ? "login" : "password-step";
  if (username) return "username-step";
  return one_time_code.length > 0 ? "one-time-code" : (around ?? "username-step");
}

function shares_field(one: Fields, other: Fields): boolean {
  const fields = new Set(fields_of(one));
  return fields_of(other).some((field) => fields.has(field));
}
