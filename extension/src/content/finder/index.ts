// Finds the forms that a page itself shows and says what their fields are for. Pure: a root in, a typed result out; it listens
// to nothing and changes nothing.
//
// Fields are read (`see.ts`), grouped (`groups.ts`), and their names, labels and surroundings weighed (`decide.ts`) by a small
// model that was trained on labelled pages (`weights.ts`). What an app's selectors name comes before all that (../find.ts).

import { type Decided, decide } from "./decide.ts";
import type { Field, FoundForm, Purpose } from "./found.ts";
import { see } from "./see.ts";
import { find_submit } from "./submit.ts";
import type { Look } from "./visible.ts";
import { is_before, type Tree } from "./walk.ts";
import { MODEL } from "./weights.ts";

export type Fields = Omit<FoundForm, "purpose" | "evidence" | "submit" | "form">;

/** A form before it is known what submits it; `submit` where that was named. */
export type Draft = Omit<FoundForm, "submit"> & { submit?: HTMLElement | null };

/** `is_ready` where it can be seen and the page does not say otherwise. */
type Shown = Draft & { is_ready: boolean };

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

export function shown_forms(tree: Tree, look: Look, is_app: boolean): Shown[] {
  return decide(see(tree, look), MODEL, is_app).map(shown);
}

/** Best first: what was named, the one that has the focus, then what can be seen, then by purpose. */
export function finish(named: Draft | null, others: Shown[], tree: Tree, look: Look): FoundForm[] {
  const focused = tree.active_element();
  const rank = (form: Shown) =>
    (fields_of(form).some((field) => field === focused) ? 0 : 100) +
    (form.is_ready ? 0 : 50) +
    (form.evidence === "lone-password" ? 10 : 0) +
    ORDER.indexOf(form.purpose);
  const sorted = others
    .sort((one, other) => rank(one) - rank(other))
    .map(({ is_ready: _, ...form }): Draft => form);
  return [...(named ? [named] : []), ...sorted].map((draft, at) => finished(draft, at, tree, look));
}

function shown({ is_visible, is_aside, is_in_use: _, is_repeated: __, ...decided }: Decided<Field>): Shown {
  // Only what is typed into is taken for any of them, but in the extras.
  const fields = decided as typeof decided & Fields;
  return { ...fields, form: form_of(fields), is_ready: is_visible && !is_aside };
}

function finished(draft: Draft, at: number, tree: Tree, look: Look): FoundForm {
  const fields = fields_of(draft).sort((one, other) => (is_before(one, other) ? -1 : 1));
  const { form, purpose } = draft;
  const submit =
    draft.submit ?? (at < MOST_SUBMITS ? find_submit({ fields, form, purpose }, tree, look) : null);
  return { ...draft, submit };
}

export function form_of(fields: Fields): HTMLFormElement | null {
  return fields_of(fields)[0]?.form ?? null;
}

export function fields_of({
  username,
  current_password,
  new_passwords,
  one_time_code,
  extras,
}: Fields): Field[] {
  return [username, current_password, ...new_passwords, ...one_time_code, ...extras].filter(
    (field) => field !== null,
  );
}
