// What is seen, as evidence for a model to weigh: what is said and where, and what is the case besides. Pure, and the same in
// training.

import type { SeenField, SeenGroup, SeenPage } from "./seen.ts";
import { tells } from "./words.ts";

/**
 * (t)itle and (a)ddress of the page; (h)eadings, (b)uttons, (f)orm, (l)inks, bo(x)es and (w)ords of the group; (n)ame, (s)aid label
 * and (p)receding text of the field itself, and all three; those of the next and the previous one.
 */
export type Place = "t" | "a" | "h" | "b" | "f" | "l" | "x" | "w" | "n" | "s" | "p" | "own" | "next" | "prev";

export type Evidence = { said: Partial<Record<Place, string>>; is: string[] };

export function evidence_of_page<F>({ title, address }: Omit<SeenPage<F>, "groups">): Evidence {
  return { said: { t: title, a: address }, is: [] };
}

export function evidence_of_group<F>(
  group: SeenGroup<F>,
  passwords: SeenField<F>[],
  texts: SeenField<F>[],
): Evidence {
  const typed = texts.filter(({ type }) => type !== "select-one");
  const last = group.fields.indexOf(passwords.at(-1) as SeenField<F>);
  const is = [`count.${Math.min(passwords.length, 4)}`, `texts.${Math.min(typed.length, 4)}`];
  if (last >= 0 && typed.some((text) => group.fields.indexOf(text) > last)) is.push("behind");
  if (typed.some(({ name }) => tells(name, "profile"))) is.push("profile");
  return { said: { b: group.buttons, f: group.form }, is };
}

/** What takes longest to be read. */
export function evidence_around<F>({ heading, links, boxes, text }: SeenGroup<F>): Evidence {
  return { said: { h: heading, l: links, x: boxes, w: text }, is: [] };
}

/** A password among those of its group. */
export function evidence_of_password<F>(password: SeenField<F>, passwords: SeenField<F>[]): Evidence {
  const at = passwords.indexOf(password);
  const [next, previous] = [passwords[at + 1], passwords[at - 1]];
  const { said, is } = evidence_of_field(password);
  const own = said_of(password);
  const is_current = tells(own, "current");
  // What is called the opposite as well is called nothing.
  if (!is_current || !tells(own, "fresh", "again")) said.own = own;
  if (next) said.next = said_of(next);
  if (previous) said.prev = said_of(previous);
  is.push(`${Math.min(at, 3)}of${Math.min(passwords.length, 4)}`);
  if (password.hint.includes("current-password")) is.push("current-password");
  if (password.hint.includes("new-password") && !is_current) is.push("new-password");
  return { said, is };
}

/** A text box that may be for a user name, seen from the password it stands by, if there is one. */
export function evidence_of_text<F>(
  text: SeenField<F>,
  texts: SeenField<F>[],
  fields: SeenField<F>[],
  password: SeenField<F> | null,
): Evidence {
  const { said, is } = evidence_of_field(text);
  is.push(`type.${text.type}`);
  if (password) {
    const before = texts.filter((other) => fields.indexOf(other) < fields.indexOf(password));
    const place = before.indexOf(text);
    is.push(place < 0 ? "behind" : `before.${Math.min(before.length - place, 3)}`);
  }
  const others = texts.filter((other) => other !== text);
  if (others.length === 0) is.push("only");
  if (others.some(is_like_user)) is.push("other.user");
  return { said, is };
}

function is_like_user<F>(field: SeenField<F>): boolean {
  return tells(said_of(field), "user", "email", "login");
}

function evidence_of_field<F>({ name, label, before, hint }: SeenField<F>): Evidence {
  return {
    said: { n: name, s: label, p: before },
    is: hint.includes("off") ? ["off"] : [],
  };
}

/** What all that names a field says. */
export function said_of<F>({ name, label, before }: SeenField<F>): string {
  return `${name} | ${label} | ${before}`;
}
