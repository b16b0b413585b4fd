// Fills a login form as a person would, so that the page notices: focus, the browser's own setter, the events of typing.
// Checks before that the page is the one that was looked at, and after that the values stayed.
//
// A content script has wrappers of its own: `field.value = …` is the browser's setter even where the page has put one of
// its own on the element, and a framework that compares with what it remembers sees a change.

import type { NotFilled } from "../../../crates/protocol/bindings/browser.ts";
import type { Values } from "../messages.ts";
import { is_usable, is_visible } from "./finder/visible.ts";
import type { LoginForm } from "./finder.ts";

/** Where a form was found. */
export type Place = { document: Document; url: string };

export type FillResult = { submitted: boolean } | { not_filled: NotFilled };

/** How long a page may take to let the form be submitted after its fields were filled. */
const ENABLING = 500;

export function place_of(): Place {
  return { document, url: location.href };
}

/** Fills; `submit_form` comes after, so that the end of the fill can be told before the page goes away. */
export async function fill_form(form: LoginForm, values: Values, place: Place): Promise<NotFilled | null> {
  if (document !== place.document || location.href !== place.url) return "page_changed";
  if (!can_be_filled(form) || is_for_another(form, values)) return "form_gone";
  const { user_name } = form;
  const fields: [HTMLInputElement, string][] = [[form.password, values.password ?? ""]];
  if (user_name && !user_name.readOnly) fields.unshift([user_name, values.user_name ?? ""]);
  for (const [field, value] of fields) type_into(field, value);
  // A page that puts values back does so when it draws next.
  await next_task();
  return fields.every(([field, value]) => field.value === value) ? null : "values_not_kept";
}

/** Presses what a person would press. False where the page offers nothing, or has gone another way. */
export async function submit_form(form: LoginForm, place: Place): Promise<boolean> {
  const { submit } = form;
  if (submit && is_disabled(submit)) await until_enabled(submit);
  if (location.href !== place.url || !is_visible(form.password)) return false;
  if (submit) {
    if (is_disabled(submit) || !is_visible(submit)) return false;
    submit.click();
    return true;
  }
  form.form?.requestSubmit();
  return form.form !== null;
}

function can_be_filled({ user_name, password, form }: LoginForm): boolean {
  if (!is_usable(password) || password.type !== "password" || password.form !== form) return false;
  return user_name === null || (user_name.readOnly ? is_visible(user_name) : is_usable(user_name));
}

/** A user name that cannot be typed over says whose password the page asks for. An empty one is not this account's either. */
function is_for_another({ user_name }: LoginForm, values: Values): boolean {
  return user_name?.readOnly === true && user_name.value.trim() !== values.user_name?.trim();
}

function type_into(field: HTMLInputElement, value: string): void {
  field.focus();
  const typed = { bubbles: true, composed: true, inputType: "insertText", data: value };
  field.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, composed: true }));
  field.dispatchEvent(new InputEvent("beforeinput", { ...typed, cancelable: true }));
  field.value = value;
  field.dispatchEvent(new InputEvent("input", typed));
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, composed: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.blur();
}

function next_task(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function is_disabled(element: HTMLElement): boolean {
  return element.matches(":disabled, [aria-disabled=true]");
}

function until_enabled(element: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const observer = new MutationObserver(() => is_disabled(element) || done());
    observer.observe(element, { attributes: true });
    const timer = setTimeout(done, ENABLING);
  });
}
