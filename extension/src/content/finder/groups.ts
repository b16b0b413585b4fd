// Which fields belong together. Most pages say so by forms, but many a page has one form around everything, or none: then
// what sends them sets them apart. Pure.

import type { Field } from "./found.ts";
import { all_in } from "./native.ts";
import { around, BUTTONS, is_before, parent_of, type Tree } from "./walk.ts";
import { plain, tells } from "./words.ts";

/** Fields that are looked at together. */
export type Group = {
  form: HTMLFormElement | null;
  /** In document order. */
  fields: Field[];
  /** What has them in it, and what is said about them. */
  container: Element;
};

/** Bounds for pages with thousands of fields. */
const MOST_SENDERS = 200;
/** A form with more fields than this may be a whole page. */
const LARGE_FORM = 30;
/** How many fields before the first and after the last password may belong to it, in such a form. */
const FAR = 10;
/** More fields than this without a password are no step of a login: a code has eight boxes at most. */
const MOST_OF_STEP = 12;
/** How many levels around fields what sends them is looked for. */
const MOST_LEVELS = 6;

const SENDERS = `${BUTTONS},a[href*=dopostback i],[role=button]`;

type Is = (field: Field) => boolean;

/** `fields` in document order, as many as are to be looked at. Groups without any of interest are left out. */
export function group_fields(fields: Field[], is_password: Is, is_of_interest: Is, tree: Tree): Group[] {
  const scopes = new Map<HTMLFormElement | null, Field[]>();
  for (const field of fields) {
    const scope = scopes.get(field.form);
    if (scope) scope.push(field);
    else scopes.set(field.form, [field]);
  }
  return [...scopes].flatMap(([form, own]) => {
    const passwords = own.filter(is_password);
    const is_own = form !== null && own.length <= LARGE_FORM;
    if (passwords.length === 0 && is_own && !is_step(own, is_of_interest)) return [];
    if (is_own && passwords.length <= 1) return [{ form, fields: own, container: form }];
    if (passwords.length === 0 && !own.some(is_of_interest)) return [];
    const runs = split(own, form, tree).flatMap((run) => split_pairs(run, is_password));
    const of_passwords = runs.filter((run) => run.some(is_password));
    if (is_own && of_passwords.length === 1) return [{ form, fields: own, container: form }];
    return runs
      .filter((run) => run.some(is_password) || is_step(run, is_of_interest))
      .map((run) => near(run, is_password))
      .map((run) => ({ form, fields: run, container: with_sender(run, form, tree) }));
  });
}

/** Without a password, only a few fields can be for signing in. */
function is_step(fields: Field[], is_of_interest: Is): boolean {
  return fields.length <= MOST_OF_STEP && fields.some(is_of_interest);
}

/** Cuts where something between two fields sends what is before it. */
function split(fields: Field[], form: HTMLFormElement | null, tree: Tree): Field[][] {
  const senders = tree
    .all<HTMLElement>(SENDERS, form ?? tree.document)
    .filter((sender) => sends(sender, form))
    .slice(0, MOST_SENDERS);
  const runs: Field[][] = [];
  let next = 0;
  let run: Field[] = [];
  for (const field of fields) {
    let is_cut = false;
    for (; next < senders.length && is_before(senders[next] as HTMLElement, field); next += 1) is_cut = true;
    if (is_cut && run.length > 0) {
      runs.push(run);
      run = [];
    }
    run.push(field);
  }
  return [...runs, run];
}

/** Cuts where the same begins again: two user names with a password each. */
function split_pairs(run: Field[], is_password: Is): Field[][] {
  const first = run.findIndex(is_password);
  const next = run.findIndex((field, at) => at > first && is_password(field));
  if (first < 1 || next < 0) return [run];
  const names = run.slice(0, first).map(last_name);
  const cut = run.findIndex((field, at) => at > first && at < next && names.includes(last_name(field)));
  return cut < 0 ? [run] : [run.slice(0, cut), ...split_pairs(run.slice(cut), is_password)];
}

/** Of names that programs put together, the part that says what it is. */
function last_name({ name, id }: Field): string {
  return /[^_$.:-]*$/.exec(name || id)?.[0] ?? "";
}

function sends(element: HTMLElement, form: HTMLFormElement | null): boolean {
  const is_input = element instanceof HTMLInputElement;
  if ((is_input || element instanceof HTMLButtonElement) && element.form !== form) return false;
  const words = plain(is_input ? element.value : (element.textContent ?? "").slice(0, 60));
  if (is_input && element.type !== "button") return !tells(words, "code");
  return tells(words, "login", "up", "change");
}

function near(run: Field[], is_password: Is): Field[] {
  const first = run.findIndex(is_password);
  if (first < 0) return run;
  const last = run.findLastIndex(is_password);
  return run.slice(Math.max(0, first - FAR), last + 1 + FAR);
}

/** The innermost element with the fields and something that sends them. */
function with_sender(fields: Field[], form: HTMLFormElement | null, { document }: Tree): Element {
  let at = around(fields) ?? document.documentElement;
  for (let level = 0; level < MOST_LEVELS && all_in(at, SENDERS).length === 0; level += 1) {
    const further = parent_of(at);
    if (!further || at === form || further === document.body) break;
    at = further;
  }
  return at;
}
