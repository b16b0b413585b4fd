// What is seen, as evidence: short names of what is the case, for a model to weigh. Pure, and the same in training.
//
// `b.login` is a word for signing in on a button. Before the dot: (t)itle and (a)ddress of the page; (h)eadings, (b)uttons,
// (f)orm, (l)inks, bo(x)es and (w)ords of the group; (n)ame, (s)aid label and (p)receding text of the field itself.

import type { SeenField, SeenGroup, SeenPage } from "./seen.ts";
import { classes_in, tells, type WordClass } from "./words.ts";

export type Features = string[];

const ABOUT: WordClass[] = ["login", "up", "change", "fresh", "forgot", "letter", "code"];
const TOLD: WordClass[] = [
  "login",
  "up",
  "change",
  "fresh",
  "current",
  "again",
  "rules",
  "forgot",
  "remember",
  "terms",
];
const OWN: WordClass[] = [
  "login",
  "up",
  "change",
  "fresh",
  "current",
  "again",
  "rules",
  "password",
  "code",
  "secret",
];
const BESIDE: WordClass[] = ["fresh", "current", "again", "password"];
const NAMES: WordClass[] = [
  "login",
  "user",
  "email",
  "profile",
  "seek",
  "letter",
  "code",
  "company",
  "secret",
  "password",
  "fresh",
  "up",
  "again",
];
const HINTS = [
  "new-password",
  "current-password",
  "username",
  "email",
  "one-time-code",
  "off",
  "name",
  "tel",
  "cc-",
];

export function features_of_page<F>({ title, address }: Omit<SeenPage<F>, "groups">): Features {
  return [...from("t", ABOUT, title), ...from("a", ABOUT, address)];
}

export function features_of_group<F>(
  group: SeenGroup<F>,
  passwords: SeenField<F>[],
  texts: SeenField<F>[],
): Features {
  const typed = texts.filter(({ type }) => type !== "select-one");
  const last = passwords.at(-1);
  const behind = last ? typed.filter((text) => group.fields.indexOf(text) > group.fields.indexOf(last)) : [];
  return [
    ...from("b", ABOUT, group.buttons),
    ...from("h", ABOUT, group.heading),
    ...from("f", ABOUT, group.form),
    ...from("l", ["login", "up", "forgot", "terms"], group.links),
    ...from("x", ["remember", "terms"], group.boxes),
    ...from("w", TOLD, group.text),
    `count.${Math.min(passwords.length, 4)}`,
    `texts.${Math.min(typed.length, 4)}`,
    ...when(behind.length > 0, "behind"),
    ...when(typed.length < texts.length, "list"),
    ...when(
      typed.some((text) => classes_in(text.name, ["profile"]).length > 0),
      "profile",
    ),
    ...when(typed.filter((text) => text.type === "email").length > 1, "emails"),
  ];
}

/** A password among those of its group. */
export function features_of_password<F>(
  password: SeenField<F>,
  passwords: SeenField<F>[],
  around: Features,
): Features {
  const at = passwords.indexOf(password);
  const [next, previous] = [passwords[at + 1], passwords[at - 1]];
  return [
    ...own_features(password, OWN),
    ...from("is", clearly(password), all_of(password)),
    `${Math.min(at, 3)}of${Math.min(passwords.length, 4)}`,
    ...(next ? from("next", BESIDE, all_of(next)) : []),
    ...(previous ? from("prev", BESIDE, all_of(previous)) : []),
    ...when(password.has_rules, "limits"),
    ...around,
  ];
}

/** What a password is called, where it is not called the opposite as well. */
function clearly<F>(password: SeenField<F>): WordClass[] {
  const said = classes_in(all_of(password), ["fresh", "again", "current"]);
  return said.includes("current") && said.length > 1 ? [] : said;
}

/** A text box that may be for a user name, seen from the password it stands by, if there is one. */
export function features_of_text<F>(
  text: SeenField<F>,
  texts: SeenField<F>[],
  fields: SeenField<F>[],
  password: SeenField<F> | null,
): Features {
  const before = password ? texts.filter((other) => fields.indexOf(other) < fields.indexOf(password)) : [];
  const place = before.indexOf(text);
  const others = texts.filter((other) => other !== text);
  return [
    ...own_features(text, NAMES),
    `type.${text.type}`,
    ...when(password !== null, place < 0 ? "behind" : `before.${Math.min(before.length - place, 3)}`),
    ...when(others.length === 0, "only"),
    ...when(
      others.some((other) => /username|email/.test(other.hint)),
      "other.hint",
    ),
    ...when(
      others.some((other) => classes_in(all_of(other), ["user", "email", "login"]).length > 0),
      "other.user",
    ),
  ];
}

function own_features<F>(field: SeenField<F>, classes: WordClass[]): Features {
  return [
    ...from("n", classes, field.name),
    ...from("s", classes, field.label),
    ...from("p", classes, field.before),
    ...HINTS.filter(
      (word) => field.hint.includes(word) && !(word === "new-password" && tells(all_of(field), "current")),
    ),
    ...when(field.max_length > 0 && field.max_length < 10, "short"),
    ...when(field.is_fixed, "fixed"),
  ];
}

/** All that names a field. */
export function all_of<F>({ name, label, before }: SeenField<F>): string {
  return `${name} ${label} ${before}`;
}

function from(source: string, classes: WordClass[], text: string): Features {
  return classes_in(text, classes).map((name) => `${source}.${name}`);
}

function when(is_so: boolean, name: string): Features {
  return is_so ? [name] : [];
}
