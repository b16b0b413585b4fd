// Finds the forms of a page and says what their fields are for. Pure: a root in, a typed result out; it listens to nothing and
// changes nothing.
//
// An app's own selectors come first, then those that were learned here, then what the page itself shows: fields are read
// (`see.ts`), grouped (`groups.ts`), and their names, labels and surroundings weighed (`decide.ts`) by a small model that was
// trained on labelled pages (`weights.ts`).

import { type Decided, decide } from "./decide.ts";
import type { Evidence, Field, FoundForm, Known, Purpose, Selectors } from "./found.ts";
import { see } from "./see.ts";
import { select } from "./selectors.ts";
import { find_submit } from "./submit.ts";
import type { Look } from "./visible.ts";
import { is_before, type OpenRoot, open_if_open, Tree } from "./walk.ts";
import { MODEL } from "./weights.ts";

type Fields = Omit<FoundForm, "purpose" | "evidence" | "submit" | "form">;
type Draft = Omit<FoundForm, "submit"> & { submit?: HTMLElement | null; is_ready: boolean };

/** What a person most likely came for, first. */
const ORDER: Purpose[] = [
  "login",
  "password-step",
  "username-step",
  "one-time-code",
  "change-password",
  "sign-up",
];

/** No page is asked for what submits more forms than this. */
const MOST_SUBMITS = 4;

/** Best first: the one that has the focus, then what can be seen, then by purpose. */
export function find_forms(root: Document, known: Known, open: OpenRoot = open_if_open): FoundForm[] {
  const tree = new Tree(root, open);
  const look: Look = new Map();
  const page = decide(see(tree, look), MODEL, known.is_app).map(draft_of);
  const named = named_form(known, page, tree, look);
  const others = named ? page.filter((form) => !shares_field(form, named)) : page;
  const focused = tree.active_element();
  const rank = (form: Draft) =>
    (fields_of(form).some((field) => field === focused) ? 0 : 100) +
    (form.is_ready ? 0 : 50) +
    (form.evidence === "lone-password" ? 10 : 0) +
    ORDER.indexOf(form.purpose);
  const sorted = others.sort((one, other) => rank(one) - rank(other));
  return [...(named ? [named] : []), ...sorted].map((draft, at) => finished(draft, at, tree, look));
}

function draft_of({
  is_visible,
  is_aside,
  is_in_use: _,
  is_repeated: __,
  ...decided
}: Decided<Field>): Draft {
  const fields = {
    ...decided,
    username: decided.username as HTMLInputElement | null,
    current_password: decided.current_password as HTMLInputElement | null,
    new_passwords: decided.new_passwords as HTMLInputElement[],
    one_time_code: decided.one_time_code as HTMLInputElement[],
  };
  return { ...fields, form: form_of(fields), is_ready: is_visible && !is_aside };
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
    is_ready: true,
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

function finished({ is_ready: _, ...draft }: Draft, at: number, tree: Tree, look: Look): FoundForm {
  const fields = fields_of(draft).sort((one, other) => (is_before(one, other) ? -1 : 1));
  const { form, purpose } = draft;
  const submit =
    draft.submit ?? (at < MOST_SUBMITS ? find_submit({ fields, form, purpose }, tree, look) : null);
  return { ...draft, submit };
}

function form_of(fields: Fields): HTMLFormElement | null {
  return fields_of(fields)[0]?.form ?? null;
}

function shares_field(one: Fields, other: Fields): boolean {
  const fields = new Set(fields_of(one));
  return fields_of(other).some((field) => fields.has(field));
}

function fields_of({ username, current_password, new_passwords, one_time_code, extras }: Fields): Field[] {
  return [username, current_password, ...new_passwords, ...one_time_code, ...extras].filter(
    (field) => field !== null,
  );
}
