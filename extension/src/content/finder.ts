// Finds the plain login form of a page: a password field, the user name field before it, and what submits them. Pure: it
// looks at the page once and changes nothing.
//
// Whatever asks for a new password, for a code or for a card number is not a login form.

import { is_usable, is_visible } from "./finder/visible.ts";

export type LoginForm = {
  /** None where the page asks for the password only. */
  user_name: HTMLInputElement | null;
  password: HTMLInputElement;
  /** What a person would press; none where only Enter submits. */
  submit: HTMLElement | null;
  /** None where the fields are in no form. */
  form: HTMLFormElement | null;
};

const TEXT_TYPES = new Set(["text", "email", "tel", "number"]);
const NO_LOGIN_PASSWORD = /new|confirm|repeat|retype|again|otp|one.?time|cvc|cvv|csc|card|ssn/i;
const NEW_ACCOUNT = /sign.?up|regist|create|join|neues konto|registr|inscri|cr[ée]er|crear/i;
const USER_NAME = /user|login|log.?on|e.?mail|account|kennung|benutzer|ident|usuario|utilisateur/i;
const NO_USER_NAME = /search|captcha|otp|one.?time|coupon|promo/i;
const OTHER_ACTION =
  /forgot|reset|cancel|back|help|show|hide|toggle|vergessen|abbrechen|zur[üu]ck|oubli|annuler|olvid/i;

/** More text fields than this beside a password is somebody's sign-up or settings page. */
const MOST_TEXT_FIELDS = 3;

/** The login form that has the focus, else the first. */
export function find_login_form(root: ParentNode): LoginForm | null {
  const passwords = [...root.querySelectorAll<HTMLInputElement>("input[type=password i]")].filter((field) =>
    is_usable(field),
  );
  const forms = passwords
    .map((password) => login_form_of(password, passwords, root))
    .filter((form) => form !== null);
  return forms.find(has_focus) ?? forms[0] ?? null;
}

/** The login form that a password field belongs to; null where it belongs to another kind of form. */
export function login_form_of(
  password: HTMLInputElement,
  passwords: HTMLInputElement[],
  root: ParentNode,
): LoginForm | null {
  const { form } = password;
  if (passwords.some((other) => other !== password && other.form === form)) return null;
  if (is_other_secret(password)) return null;
  const texts = text_fields(form, root);
  const submit = find_submit(password, form, root);
  if (!says_current(password) && is_new_account(form, submit, texts.length)) return null;
  return { user_name: find_user_name(password, texts), password, submit, form };
}

function has_focus({ user_name, password }: LoginForm): boolean {
  const focused = password.ownerDocument.activeElement;
  return focused !== null && (focused === password || focused === user_name);
}

function is_other_secret(password: HTMLInputElement): boolean {
  if (says_current(password)) return false;
  const hint = password.autocomplete.toLowerCase();
  if (/new-password|one-time-code|cc-/.test(hint)) return true;
  return NO_LOGIN_PASSWORD.test(names_of(password));
}

function says_current(password: HTMLInputElement): boolean {
  return password.autocomplete.toLowerCase().includes("current-password");
}

function is_new_account(form: HTMLFormElement | null, submit: HTMLElement | null, texts: number): boolean {
  if (texts > MOST_TEXT_FIELDS) return true;
  const said = [
    submit ? words_of(submit) : "",
    form?.id,
    form?.getAttribute("name"),
    form?.getAttribute("action"),
  ];
  return NEW_ACCOUNT.test(said.join(" "));
}

/** Visible text fields of the same form, or of none. A read-only one may show who is signing in. */
function text_fields(form: HTMLFormElement | null, root: ParentNode): HTMLInputElement[] {
  const inputs = form ? [...form.elements] : [...root.querySelectorAll("input")];
  return inputs.filter(
    (input): input is HTMLInputElement =>
      input instanceof HTMLInputElement &&
      input.form === form &&
      TEXT_TYPES.has(input.type) &&
      !input.disabled &&
      is_visible(input),
  );
}

function find_user_name(password: HTMLInputElement, texts: HTMLInputElement[]): HTMLInputElement | null {
  const before = texts.filter((field) => is_before(field, password) && !NO_USER_NAME.test(names_of(field)));
  const declared = before.filter(({ autocomplete }) => /username|email/i.test(autocomplete));
  const named = before.filter((field) => USER_NAME.test(names_of(field)));
  return declared.at(-1) ?? named.at(-1) ?? before.at(-1) ?? null;
}

function find_submit(
  password: HTMLInputElement,
  form: HTMLFormElement | null,
  root: ParentNode,
): HTMLElement | null {
  if (form) {
    const own = [...form.elements].filter(is_submit).filter((element) => is_visible(element));
    const image = [...form.querySelectorAll<HTMLElement>("input[type=image i]")].filter((element) =>
      is_visible(element),
    );
    return choose(password, [...own, ...image]) ?? choose(password, buttons_in(form));
  }
  for (let around = password.parentElement; around; around = around.parentElement) {
    const button = choose(password, buttons_in(around));
    if (button) return button;
    if (around === root) break;
  }
  return null;
}

function is_submit(element: Element): element is HTMLElement {
  return element instanceof HTMLButtonElement || element instanceof HTMLInputElement
    ? element.type === "submit"
    : false;
}

function buttons_in(around: Element): HTMLElement[] {
  const buttons = around.querySelectorAll<HTMLElement>(
    "button, input[type=submit i], input[type=button i], [role=button]",
  );
  return [...buttons].filter((element) => is_visible(element));
}

/** The first after the password that does not say it does something else. */
function choose(password: HTMLElement, buttons: HTMLElement[]): HTMLElement | null {
  const fitting = buttons.filter((button) => !OTHER_ACTION.test(words_of(button)));
  return fitting.find((button) => is_before(password, button)) ?? fitting[0] ?? null;
}

function is_before(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function words_of(button: HTMLElement): string {
  const value = button instanceof HTMLInputElement ? button.value : "";
  return [button.textContent, value, button.getAttribute("aria-label"), button.id].join(" ");
}

function names_of(field: HTMLInputElement): string {
  return [field.name, field.id, field.placeholder, field.getAttribute("aria-label")].join(" ");
}
