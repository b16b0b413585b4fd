// Fills a form and submits it. Before each step it is looked at again: the document and its address, the fields, whether
// a person could see them, and where the form leads. Afterwards: whether the page kept the values.

import type { Extra, NotFilled, Part } from "../../../crates/protocol/bindings/browser.ts";
import { open_shadow_root } from "../ext.ts";
import type { Values } from "../messages.ts";
import type { Field, FoundForm } from "./finder/found.ts";
import { is_usable, is_visible } from "./finder/visible.ts";
import { bring_into_view, is_for_people } from "./for-people.ts";
import {
  choose_in,
  opens,
  option_of,
  paste_into,
  plain,
  press,
  press_enter,
  runs_script,
  type_into,
  type_into_boxes,
} from "./typing.ts";
import type { World } from "./world.ts";

/** A form as it was when its values were asked for. */
export type Seen = {
  form: FoundForm;
  url: string;
  /** Origin that the form sends to. */
  action: string;
  types: Map<Element, string>;
  /** Fields that can only be read until they have the focus. */
  opening: Set<Element>;
};

/** `complete` unless something is left for the person to fill in. */
export type FillResult = { typed: Element[]; complete: boolean } | { not_filled: NotFilled };

/** How the field of an extra value is found. */
type Naming = Pick<World, "naming">;

/** How a value gets into its fields, and whether it is there. */
type Step = {
  fields: Field[];
  is_extra?: boolean;
  /** Whether the fields are long enough. */
  fits: boolean;
  put(): void;
  /** Another way, where the first came to nothing. */
  put_again?(): void;
  is_kept(): boolean;
};

/** How long a page may take to let the form be submitted after its fields were filled. */
const ENABLING = 3_000;

/** How long it may take to do something about it. */
const ANSWERING = 3_000;

/** A page that is not drawn has no frames to wait for. */
const DRAWING = 100;

/** One look for all changes of so long a time. */
const BETWEEN_LOOKS = 50;

const NEW_ACCOUNT =
  /^(register|sign ?up|join|create .*account|registrieren|konto (erstellen|anlegen)|s.inscrire|créer .*compte|crear .*cuenta|registrarse)/i;

/** Sends its form by itself or does nothing when pressed. */
const NATIVE_SUBMIT =
  ":is(button:not([type]), button[type=submit i], input[type=submit i], input[type=image i])";

/** Passwords that a page turned into something else while they were filled: they are not tried again. */
const turned = new WeakSet<Element>();

export function see(form: FoundForm): Seen {
  const types = new Map(fields_of(form).map((field) => [field, field.type]));
  return { form, url: location.href, action: action_of(form), types, opening: new Set() };
}

/** What a form asks for that Lanyard may have. Never a new password. */
export function parts_of(form: FoundForm): Part[] {
  const { purpose, username, current_password, one_time_code, extras } = form;
  if (purpose === "sign-up" || opens_account(form)) return [];
  if (purpose === "change-password") return current_password ? ["password"] : [];
  const parts: [Part, boolean][] = [
    ["user_name", username !== null],
    ["password", current_password !== null],
    ["one_time_code", one_time_code.length > 0],
    ["extras", extras.length > 0],
  ];
  return parts.filter(([, is_there]) => is_there).map(([part]) => part);
}

/** What would be pressed says that it opens an account, whatever the fields look like. */
function opens_account({ submit, evidence }: FoundForm): boolean {
  if (!submit || evidence === "app" || evidence === "learned") return false;
  const said = submit instanceof HTMLInputElement ? submit.value || submit.alt : submit.textContent;
  return NEW_ACCOUNT.test(said.trim());
}

/** The fields that are filled, a user name that can only be read among them. */
export function fields_of(form: FoundForm): Field[] {
  const { username, current_password, one_time_code, extras, purpose } = form;
  const fields =
    purpose === "change-password"
      ? [current_password]
      : [username, current_password, ...one_time_code, ...extras];
  return fields.filter((field) => field !== null);
}

/** Whether a person could see every field of a form, with nothing over it. */
export function can_be_seen(form: FoundForm): boolean {
  return fields_of(form).every(is_shown);
}

/** Fills; `submit_form` comes after. */
export async function fill_form(seen: Seen, values: Values, world: Naming): Promise<FillResult> {
  if (!is_same_page(seen)) return { not_filled: "page_changed" };
  if (action_of(seen.form) !== seen.action) return { not_filled: "foreign_action" };
  for (const field of [seen.form.username, seen.form.current_password])
    if (field?.readOnly && field.value === "" && is_visible(field) && opens(field)) seen.opening.add(field);
  const steps = steps_of(seen, values, world);
  const fields = steps.flatMap((step) => step.fields);
  if (steps.length === 0 || !fields.every((field) => is_still(seen, field)))
    return { not_filled: "form_gone" };
  const reason = why_not(seen, values, steps);
  if (reason) return { not_filled: reason };
  for (const step of steps) {
    // Of what a page does while the field before is filled.
    if (!is_same_page(seen)) return { not_filled: "page_changed" };
    if (!step.fields.every((field) => is_still(seen, field))) return { not_filled: "form_gone" };
    if (!step.fields.every(is_shown)) return { not_filled: "covered" };
    step.put();
  }
  // A page that puts values back does so when it draws next.
  await drawn();
  const lost = steps.filter((step) => !step.is_kept());
  if (lost.length > 0 && lost.every(({ put_again }) => put_again)) {
    for (const { put_again } of lost) put_again?.();
    await drawn();
  }
  if (!steps.every((step) => step.is_kept())) return { not_filled: "values_not_kept" };
  // What a list does not offer, or no field is named for, is the person's to choose.
  const are_all = (values.extras ?? []).length === steps.filter(({ is_extra }) => is_extra).length;
  return { typed: fields, complete: are_all && is_complete(seen.form) };
}

/**
 * Presses what a person would press. False where the page offers nothing, has gone another way, or does not react;
 * whoever sees the form after it says so by `next`. What only the page's own scripts can press is left to `press_in_page`.
 */
export async function submit_form(
  seen: Seen,
  next?: AbortSignal,
  press_in_page: (control: HTMLElement) => void = press,
): Promise<boolean | NotFilled> {
  const { form } = seen;
  const control = form.submit;
  tick_required(form);
  if (control && is_disabled(control)) await until_enabled(control);
  // A page that sends a code by itself is ahead of us.
  if (!is_same_page(seen) || !fields_of(form).some((field) => is_visible(field)))
    return form.one_time_code.length > 0;
  if (action_of(form) !== seen.action) return "foreign_action";
  if (control && (is_disabled(control) || !is_visible(control))) return false;
  // The browser would only point at what is missing.
  if ((!control || control.matches(NATIVE_SUBMIT)) && is_invalid(form.form)) return false;
  return answered(seen, next, () => {
    if (control && runs_script(control)) press_in_page(control);
    else if (control) press(control);
    else enter(form);
  });
}

/** Origin that a form sends to: this page's where a script sends. */
export function action_of({ form, submit }: FoundForm): string {
  if (!form) return location.origin;
  return origin_of(submit?.getAttribute("formaction") || form.getAttribute("action") || location.href);
}

function origin_of(address: string): string {
  if (!URL.canParse(address, document.baseURI)) return "";
  const { protocol, origin } = new URL(address, document.baseURI);
  return protocol === "javascript:" ? location.origin : origin;
}

/** Another document has a script of its own; this one may have got another address. */
function is_same_page(seen: Seen): boolean {
  return location.href === seen.url;
}

/** Whether a field is what it was when the form was found. */
function is_still({ form, types, opening }: Seen, field: Field): boolean {
  const type = types.get(field) ?? field.type;
  if (type === "password" && field.type !== type) turned.add(field);
  const can_be_used = opening.has(field)
    ? is_visible(field) && !field.matches(":disabled")
    : is_usable(field);
  return (
    can_be_used &&
    field.type === type &&
    !turned.has(field) &&
    (form.form === null || field.form === form.form)
  );
}

function is_shown(field: Field): boolean {
  if (is_for_people(field, open_shadow_root)) return true;
  bring_into_view(field);
  return is_for_people(field, open_shadow_root);
}

function why_not({ form, opening }: Seen, values: Values, steps: Step[]): NotFilled | null {
  const { username } = form;
  const { user_name } = values;
  // A user name that cannot be typed over says whose password the page asks for. An empty one is not this account's either.
  const is_fixed = username?.readOnly && !opening.has(username);
  if (is_fixed && user_name !== undefined && plain(username.value) !== plain(user_name))
    return "other_account";
  if (!steps.every(({ fits }) => fits)) return "too_long";
  return steps.every(({ fields }) => fields.every(is_shown)) ? null : "covered";
}

/** What else a login asks for comes first: some pages make the rest of the form of it. */
function steps_of({ form, opening }: Seen, values: Values, world: Naming): Step[] {
  const { username, current_password, one_time_code } = form;
  const { user_name, password, one_time_code: code } = values;
  const steps: Step[] = form.purpose === "change-password" ? [] : extras_of(form, values.extras ?? [], world);
  if (username && (!username.readOnly || opening.has(username)) && user_name !== undefined)
    steps.push(text_step(username, user_name, plain));
  if (current_password && password !== undefined) steps.push(text_step(current_password, password, as_it_is));
  if (code !== undefined && one_time_code.length > 0) steps.push(code_step(one_time_code, code));
  return steps;
}

function text_step(
  field: HTMLInputElement | HTMLTextAreaElement,
  value: string,
  same: (text: string) => string,
): Step {
  return {
    fields: [field],
    fits: field.maxLength < 0 || value.length <= field.maxLength,
    put: () => type_into(field, value),
    is_kept: () => same(field.value) === same(value),
  };
}

function code_step(boxes: HTMLInputElement[], code: string): Step {
  const [first, ...more] = boxes;
  if (first && more.length === 0) {
    const step = text_step(first, code, digits);
    return { ...step, is_kept: () => is_taken(first) || step.is_kept() };
  }
  return {
    fields: boxes,
    fits: code.length === boxes.length,
    put: () => type_into_boxes(boxes, code),
    put_again: () => first && paste_into(first, code),
    is_kept: () => boxes.every((box, at) => is_taken(box) || box.value === code[at]),
  };
}

/** Some pages send a code as soon as it is there, and take its fields away. */
function is_taken(field: Field): boolean {
  return !is_visible(field);
}

/** By the selector that names it; where there is one of each, they belong together. */
function extras_of(
  { extras, username, current_password }: FoundForm,
  values: Extra[],
  { naming }: Naming,
): Step[] {
  if (values.length === 0) return [];
  const named = naming();
  return values.flatMap(({ field, value }) => {
    const only = extras.length === 1 && values.length === 1 ? extras[0] : null;
    const meant = named({ extras: [field] }).extras[0] ?? only;
    if (!meant || meant === username || meant === current_password || meant.type === "password") return [];
    const steps =
      meant instanceof HTMLSelectElement ? list_step(meant, value) : [text_step(meant, value, plain)];
    return steps.map((step) => ({ ...step, is_extra: true }));
  });
}

function list_step(list: HTMLSelectElement, value: string): Step[] {
  const option = option_of(list, value);
  if (!option) return [];
  return [{ fields: [list], fits: true, put: () => choose_in(list, option), is_kept: () => option.selected }];
}

function is_complete(form: FoundForm): boolean {
  const { username, current_password } = form;
  // A password that nobody knew for one, beside a user name: half a login is not sent.
  const others = form.form?.querySelectorAll<HTMLInputElement>("input[type=password i]") ?? [];
  if (!current_password && [...others].some((field) => field.value === "" && !is_taken(field))) return false;
  const is_needed = (field: Field) =>
    field === username || field === current_password || field.required || field instanceof HTMLSelectElement;
  return fields_of(form).every((field) => field.value !== "" || is_taken(field) || !is_needed(field));
}

/** Terms that have to be agreed to, anew at each login. What is left to the person, as "remember me", is left as it is. */
function tick_required({ form, purpose }: FoundForm): void {
  if (!form || purpose === "change-password") return;
  const boxes = form.querySelectorAll<HTMLInputElement>(
    "input[type=checkbox i]:required:enabled:not(:checked)",
  );
  for (const box of boxes) box.click();
}

function is_invalid(form: HTMLFormElement | null): boolean {
  return form?.matches(":invalid:not([novalidate])") === true;
}

function enter({ form, username, current_password, one_time_code }: FoundForm): void {
  const last = one_time_code.at(-1) ?? current_password ?? username;
  if (last && press_enter(last)) return;
  form?.requestSubmit();
}

/** True once the page sends the form, goes to another page, or takes the form away. */
function answered(seen: Seen, next: AbortSignal | undefined, act: () => void): Promise<boolean | NotFilled> {
  const { form } = seen;
  const root = (form.form ?? fields_of(form)[0])?.getRootNode();
  return new Promise((resolve) => {
    const leaving = new AbortController();
    const { signal } = leaving;
    let looking: ReturnType<typeof setTimeout> | undefined;
    const end = (result: boolean | NotFilled) => {
      leaving.abort();
      observer.disconnect();
      clearTimeout(looking);
      clearTimeout(last);
      resolve(result);
    };
    const look = () => {
      looking = undefined;
      if (!is_same_page(seen) || !fields_of(form).some((field) => is_visible(field))) end(true);
    };
    // Last of all who hear of it: whatever the page makes of the form is done by then.
    const on_submit = (event: Event) => {
      if (event.defaultPrevented || event.target !== form.form) return;
      if (action_of(form) !== seen.action) {
        event.preventDefault();
        end("foreign_action");
      } else end(true);
    };
    (root instanceof ShadowRoot ? root : window).addEventListener("submit", on_submit, { signal });
    addEventListener("pagehide", () => end(true), { signal });
    next?.addEventListener("abort", () => end(true), { signal });
    const observer = new MutationObserver(() => {
      looking ??= setTimeout(look, BETWEEN_LOOKS);
    });
    for (const node of new Set([document, root])) if (node) observer.observe(node, CHANGES);
    const last = setTimeout(() => end(false), ANSWERING);
    act();
  });
}

const CHANGES = { subtree: true, childList: true, attributes: true };
const ENABLED = { subtree: true, attributes: true, attributeFilter: ["disabled", "aria-disabled", "class"] };

function is_disabled(element: HTMLElement): boolean {
  return element.matches(":disabled, [aria-disabled=true], [aria-disabled=true] *");
}

function until_enabled(element: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const observer = new MutationObserver(() => is_disabled(element) || done());
    // A whole part of the form may be disabled with it.
    observer.observe(element.getRootNode(), ENABLED);
    const timer = setTimeout(done, ENABLING);
  });
}

function drawn(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, DRAWING);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      // After what the page does in the same frame.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  });
}

function digits(text: string): string {
  return text.replace(/\W/g, "");
}

function as_it_is(text: string): string {
  return text;
}
