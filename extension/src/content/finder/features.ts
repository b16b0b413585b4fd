// What is seen, as evidence: short names of what is the case, for a model to weigh. Pure, and the same in training.
//
// `b.login` is a word for signing in on a button. Before the dot: (t)itle and (a)ddress of the page; (h)eadings, (b)uttons,
// (f)orm, (l)inks, bo(x)es and (w)ords of the group; (n)ame, (s)aid label and (p)receding text of the field itself.

import type { SeenField, SeenGroup, SeenPage } from "./seen.ts";
import { has, type Said, said_in, type WordClass } from "./words.ts";

export type Features = string[];

const ABOUT: WordClass[] = ["login", "up", "change", "fresh"];
const WHICH: WordClass[] = ["fresh", "current", "again"];
const BESIDE: WordClass[] = [...WHICH, "password"];
const OWN: WordClass[] = [...BESIDE, "login", "up", "change", "rules"];
const TOLD: WordClass[] = [...ABOUT, "current", "again", "rules", "forgot", "remember", "terms"];
const NAMES: WordClass[] = ["login", "user", "email", "profile", "seek", "company"];

export function features_of_page<F>({ title, address }: Omit<SeenPage<F>, "groups">): Features {
  return [...from("t", ABOUT, said_in(title)), ...from("a", ABOUT, said_in(address))];
}

export function features_of_group<F>(
  group: SeenGroup<F>,
  passwords: SeenField<F>[],
  texts: SeenField<F>[],
): Features {
  const typed = texts.filter(({ type }) => type !== "select-one");
  const last = group.fields.indexOf(passwords.at(-1) as SeenField<F>);
  const features = [
    ...from("b", ABOUT, said_in(group.buttons)),
    ...from("h", ABOUT, said_in(group.heading)),
    ...from("f", ABOUT, said_in(group.form)),
    ...from("l", ["login", "up", "forgot", "terms"], said_in(group.links)),
    ...from("x", ["remember", "terms"], said_in(group.boxes)),
    ...from("w", TOLD, said_in(group.text)),
    `count.${Math.min(passwords.length, 4)}`,
    `texts.${Math.min(typed.length, 4)}`,
  ];
  if (last >= 0 && typed.some((text) => group.fields.indexOf(text) > last)) features.push("behind");
  if (typed.some(({ name }) => has(said_in(name), "profile"))) features.push("profile");
  return features;
}

/** A password among those of its group. */
export function features_of_password<F>(
  password: SeenField<F>,
  passwords: SeenField<F>[],
  around: Features,
): Features {
  const at = passwords.indexOf(password);
  const [next, previous] = [passwords[at + 1], passwords[at - 1]];
  const said = said_of(password);
  // What is called the opposite as well is called nothing.
  const is_both = has(said, "current") && has(said, "fresh", "again");
  const features = [
    ...own_features(password, OWN),
    ...(is_both ? [] : from("is", WHICH, said)),
    ...(next ? from("next", BESIDE, said_of(next)) : []),
    ...(previous ? from("prev", BESIDE, said_of(previous)) : []),
    `${Math.min(at, 3)}of${Math.min(passwords.length, 4)}`,
    ...around,
  ];
  if (password.hint.includes("current-password")) features.push("current-password");
  if (password.hint.includes("new-password") && !has(said, "current")) features.push("new-password");
  return features;
}

/** A text box that may be for a user name, seen from the password it stands by, if there is one. */
export function features_of_text<F>(
  text: SeenField<F>,
  texts: SeenField<F>[],
  fields: SeenField<F>[],
  password: SeenField<F> | null,
): Features {
  const features = [...own_features(text, NAMES), `type.${text.type}`];
  if (password) {
    const before = texts.filter((other) => fields.indexOf(other) < fields.indexOf(password));
    const place = before.indexOf(text);
    features.push(place < 0 ? "behind" : `before.${Math.min(before.length - place, 3)}`);
  }
  const others = texts.filter((other) => other !== text);
  if (others.length === 0) features.push("only");
  if (others.some(is_like_user)) features.push("other.user");
  return features;
}

function is_like_user<F>(field: SeenField<F>): boolean {
  return has(said_of(field), "user", "email", "login");
}

function own_features<F>(field: SeenField<F>, classes: WordClass[]): Features {
  return [
    ...from("n", classes, said_in(field.name)),
    ...from("s", classes, said_in(field.label)),
    ...from("p", classes, said_in(field.before)),
    ...(field.hint.includes("off") ? ["off"] : []),
  ];
}

/** What all that names a field says. */
export function said_of<F>({ name, label, before }: SeenField<F>): Said {
  return said_in(`${name} | ${label} | ${before}`);
}

function from(source: string, classes: WordClass[], said: Said): Features {
  return classes.filter((name) => has(said, name)).map((name) => `${source}.${name}`);
}
