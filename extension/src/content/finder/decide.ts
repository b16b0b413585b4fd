// Says what the fields of a page are for, from what was seen of them. Pure, and knows nothing of a document: training runs it
// on what it has read before.

import {
  evidence_around,
  evidence_of_group,
  evidence_of_page,
  evidence_of_password,
  evidence_of_text,
  said_of,
} from "./features.ts";
import type { Evidence, Purpose } from "./found.ts";
import { type Model, may_decide, weigh } from "./model.ts";
import type { SeenField, SeenGroup, SeenPage } from "./seen.ts";
import { tells, type WordClass } from "./words.ts";

/** The fields of one form, named. */
export type Decided<F> = {
  purpose: Purpose;
  evidence: Evidence;
  username: F | null;
  current_password: F | null;
  new_passwords: F[];
  one_time_code: F[];
  extras: F[];
  is_visible: boolean;
  is_in_use: boolean;
  /** Whether the page itself says that it is not to be seen yet. */
  is_aside: boolean;
  /** Whether it asks for the new password twice. */
  is_repeated: boolean;
};

type Form<F> = Omit<Decided<F>, "is_in_use" | "is_aside">;

/** What a page says of itself. */
type About = Omit<SeenPage, "groups">;

/** Fields of a group by what they can be. */
export type Parts<F> = {
  passwords: SeenField<F>[];
  texts: SeenField<F>[];
  code: SeenField<F>[];
  is_visible: boolean;
};

// In tenths, as evidence is weighed.

/** Evidence for "current" below this is none: then it is a lone password. */
const SURE = 4;
/** Where what is pressed opens an account, "current" takes as much evidence, and more where the field says it is new. */
const SURE_OF_LOGIN = -12;
const SURE_OF_LOGIN_BY_NAME = -25;
/** On a page of an app, as much evidence for "new" is overruled. */
const SURE_OF_APP = 20;
/** The least for a user name beside a password. */
const USER_NAME = -15;

const FEWEST_BOXES = 4;
const MOST_BOXES = 8;

export function decide<F>(page: SeenPage<F>, model: Model, is_app: boolean): Decided<F>[] {
  const forms = page.groups.map((group) => {
    const parts = parts_of(group);
    const form =
      parts.passwords.length > 0
        ? with_password(group, parts, page, model, is_app)
        : without_password(group, parts, page);
    const { is_in_use, is_aside } = group;
    return form && { ...form, is_in_use, is_aside };
  });
  return without_side_forms(without_hidden(forms.filter((form) => form !== null)), page);
}

/**
 * Where a login or a form for a new account can be seen, another that cannot waits for its turn: it is looked at again when it
 * is shown.
 */
function without_hidden<F>(forms: Decided<F>[]): Decided<F>[] {
  const is_shown = forms.some(
    ({ purpose, is_visible }) => is_visible && (purpose === "login" || purpose === "sign-up"),
  );
  return is_shown ? forms.filter(({ is_visible }) => is_visible) : forms;
}

/**
 * A page that says it is for signing in often holds what opens an account as well, out of sight by means that a finder does
 * not see. Unless it asks for a new password twice, such a form is left alone until somebody is in it.
 */
function without_side_forms<F>(forms: Decided<F>[], { title, address }: About): Decided<F>[] {
  if (!forms.some(({ purpose, is_aside }) => purpose === "login" && !is_aside)) return forms;
  const is_titled_login = tells(title, "login");
  const says_up = tells(title, "up") || (!is_titled_login && tells(address, "up"));
  if (says_up || !(is_titled_login || tells(address, "login"))) return forms;
  return forms.filter(
    ({ current_password, new_passwords, is_in_use, is_aside, is_repeated }) =>
      is_in_use || current_password || new_passwords.length === 0 || (is_repeated && !is_aside),
  );
}

/** Fields sorted by what they can be at all. Where some can be seen, the others are decoys or wait for another step. */
export function parts_of<F>({ fields }: SeenGroup<F>): Parts<F> {
  const is_visible = fields.some((field) => field.is_visible && is_for_typing(field));
  const shown = is_visible ? fields.filter((field) => field.is_visible) : fields;
  const code = code_in(shown);
  const rest = shown.filter((field) => !code.includes(field));
  const masked = rest.filter(({ type }) => type === "password");
  const passwords = (masked.length > 0 ? masked : rest.filter(is_plain_password)).filter(
    (field) => !is_other_secret(field),
  );
  const texts = rest.filter(
    (field) => field.type !== "password" && !passwords.includes(field) && !is_password_shown(field),
  );
  return { passwords, texts, code, is_visible };
}

function is_for_typing<F>({ type }: SeenField<F>): boolean {
  return type !== "select-one";
}

/** A password in a box for plain text. */
function is_plain_password<F>(field: SeenField<F>): boolean {
  if (field.is_masked) return true;
  return field.type === "text" && says(field, "password") && !names_user(field) && !says(field, "code");
}

/** The box that shows what is typed into another. */
function is_password_shown<F>({ type, name }: SeenField<F>): boolean {
  return type === "text" && tells(name, "password") && !tells(name, "user", "email");
}

function is_other_secret<F>(field: SeenField<F>): boolean {
  if (/current-password|new-password/.test(field.hint)) return false;
  if (/cc-|one-time-code/.test(field.hint)) return true;
  return !says(field, "password") && says(field, "secret", "code");
}

function code_in<F>(fields: SeenField<F>[]): SeenField<F>[] {
  const hinted = fields.filter(({ hint }) => hint.includes("one-time-code"));
  if (hinted.length > 0) return hinted.slice(0, MOST_BOXES);
  const boxes = fields.filter(({ max_length }) => max_length === 1);
  if (boxes.length >= FEWEST_BOXES && boxes.length <= MOST_BOXES) return boxes;
  const code = fields.find((field) => is_for_typing(field) && field.type !== "email" && is_code(field));
  return code ? [code] : [];
}

function is_code<F>({ name, label, before }: SeenField<F>): boolean {
  if (!tells(`${name} | ${label || before}`, "code")) return false;
  return !OTHER_CODE.test(`${name} ${label} ${before}`);
}

const OTHER_CODE =
  /captcha|coupon|promo|zip|post|country|area|gift|voucher|referr|card|cvv|cvc|image|picture/;

function with_password<F>(
  group: SeenGroup<F>,
  { passwords, texts, code, is_visible }: Parts<F>,
  about: About,
  model: Model,
  is_app: boolean,
): Form<F> {
  const around = weigh(
    model.password,
    evidence_of_page(about),
    weigh(model.password, evidence_of_group(group, passwords, texts)),
  );
  const scores = passwords.map((password) =>
    weigh(model.password, evidence_of_password(password, passwords), around),
  );
  const first = Math.min(...scores);
  const at = scores.indexOf(first);
  const alone = passwords.length === 1;
  const least_sure = is_app ? (alone ? SURE_OF_APP : 0) : alone ? least_for_login(group, passwords) : 0;
  // What is around a group weighs the same for all of its passwords: mostly the rest has decided already.
  const lowest = may_decide(model.password, first, [least_sure, -SURE])
    ? weigh(model.password, evidence_around(group), first)
    : first;
  const current = lowest < least_sure ? passwords[at] : undefined;
  const fresh = passwords.filter((field) => field !== current);
  const username = find_username(group, texts, current ?? fresh[0] ?? null, model);
  const is_login = current !== undefined && fresh.length === 0;
  const is_unsure =
    is_login &&
    alone &&
    !is_app &&
    (lowest > -SURE || is_both(group) || (!username && !is_for_login(group, passwords, about)));
  return {
    purpose: purpose_of(group, texts, current !== undefined, fresh.length, username !== null, about),
    evidence: is_unsure ? "lone-password" : "page",
    username: username?.field ?? null,
    current_password: current?.field ?? null,
    new_passwords: fresh.map(({ field }) => field),
    one_time_code: code.map(({ field }) => field),
    extras: is_login ? extras_of(texts, username, passwords[0] as SeenField<F>, group) : [],
    is_visible,
    is_repeated: fresh.slice(1).some((password) => says(password, "again")),
  };
}

/** Whether anything says that somebody signs in here, where there is no user name to say so. */
function is_for_login<F>(group: SeenGroup<F>, passwords: SeenField<F>[], { title }: About): boolean {
  const { links, boxes, text } = group;
  const said = said_around(group, links, boxes, text);
  return (
    tells(said, "login", "forgot", "remember") ||
    tells(title, "login") ||
    passwords.some((password) => password.hint.includes("current-password") || says(password, "current"))
  );
}

/** Whether one password opens an account as well as it signs in: one button for each, and it is to be chosen here. */
function is_both<F>({ form, buttons, text }: SeenGroup<F>): boolean {
  if (form === "" || !tells(buttons, "login") || !tells(buttons, "up")) return false;
  const words = text.split(" ");
  return words.some(
    (word, at) => tells(word, "fresh") && words.slice(at + 1, at + 3).some((next) => tells(next, "password")),
  );
}

function least_for_login<F>({ buttons }: SeenGroup<F>, [password]: SeenField<F>[]): number {
  if (tells(buttons, "login")) return 0;
  if (password?.hint.includes("new-password")) return SURE_OF_LOGIN_BY_NAME;
  return tells(buttons, "up") ? SURE_OF_LOGIN : 0;
}

function purpose_of<F>(
  group: SeenGroup<F>,
  texts: SeenField<F>[],
  has_current: boolean,
  fresh: number,
  has_username: boolean,
  { title, address }: About,
): Purpose {
  if (has_current && fresh > 0) return "change-password";
  if (fresh === 0) return has_current && has_username ? "login" : "password-step";
  const said = said_around(group, title, address);
  if (tells(said, "up")) return "sign-up";
  return texts.length === 0 || tells(said, "change") ? "change-password" : "sign-up";
}

function find_username<F>(
  { fields }: SeenGroup<F>,
  texts: SeenField<F>[],
  password: SeenField<F> | null,
  model: Model,
): SeenField<F> | null {
  const typed = texts.filter(is_for_typing);
  let best = null;
  let most = USER_NAME;
  for (const text of typed) {
    const points = weigh(model.username, evidence_of_text(text, typed, fields, password));
    if (points > most) [best, most] = [text, points];
  }
  return best;
}

/** What a login asks for besides: what says so before the password, or after it where nothing is searched for. */
function extras_of<F>(
  texts: SeenField<F>[],
  username: SeenField<F> | null,
  password: SeenField<F>,
  { fields }: SeenGroup<F>,
): F[] {
  const first = fields.indexOf(password);
  return texts
    .filter((text) => text !== username)
    .filter((text) => says(text, "company") && (fields.indexOf(text) < first || !says(text, "seek")))
    .filter(
      ({ name, label, before }) => !/captcha|language|lang\b|country/.test(`${name} ${label} ${before}`),
    )
    .map(({ field }) => field);
}

/** A code alone, or a user name alone where the page says that it is for signing in. */
function without_password<F>(
  group: SeenGroup<F>,
  { texts, code, is_visible }: Parts<F>,
  page: SeenPage<F>,
): Form<F> | null {
  if (!is_visible) return null;
  const typed = texts.filter(is_for_typing);
  const is_code = code.length > 0 && typed.length <= 1;
  const username = is_code ? null : step_username(group, typed, page);
  if (!is_code && !username) return null;
  return {
    purpose: is_code ? "one-time-code" : "username-step",
    evidence: "page",
    username: username?.field ?? null,
    current_password: null,
    new_passwords: [],
    one_time_code: is_code ? code.map(({ field }) => field) : [],
    extras: [],
    is_visible,
    is_repeated: false,
  };
}

function step_username<F>(
  group: SeenGroup<F>,
  typed: SeenField<F>[],
  page: SeenPage<F>,
): SeenField<F> | null {
  if (typed.length > 2) return null;
  const named = typed.filter((text) => names_user(text) && !says(text, "seek", "fresh"));
  const field = named.find(({ hint }) => /username|webauthn/.test(hint)) ?? named[0];
  if (!field) return null;
  const about = said_around(group);
  if (tells(about, "up", "letter", "forgot", "seek")) return null;
  if (tells(group.form, "change") || tells(group.heading, "change")) return null;
  if (field.hint.includes("username")) return field;
  if (typed.length > 1) return null;
  if (tells(about, "login")) return field;
  const said = `${page.title} | ${page.address}`;
  return tells(said, "login") && !tells(said, "up", "letter", "forgot") ? field : null;
}

function names_user<F>(field: SeenField<F>): boolean {
  return says(field, "user", "email", "login") || field.hint.includes("username");
}

function says<F>(field: SeenField<F>, ...names: WordClass[]): boolean {
  return tells(said_of(field), ...names);
}

/** What is said about a group by what names it and what is pressed in it. */
function said_around<F>({ buttons, heading, form }: SeenGroup<F>, ...more: string[]): string {
  return [buttons, heading, form, ...more].join(" | ");
}
