// Captures what a person typed into a form when they send it. Only what the person does counts, never what the page
// pretends; what Lanyard filled itself is not captured again. A page that takes a form away without sending it in a way that
// browsers tell of is looked at too.
//
// What is typed is told before the page can answer, and whether it was right is decided elsewhere: this file tells of that
// only what can be seen in the page.

import type { Extra, Selectors } from "../../../crates/protocol/bindings/browser.ts";
import type { Captured } from "../messages.ts";
import { is_orphaned } from "./alive.ts";
import type { Field, FoundForm, Known } from "./finder/found.ts";
import { is_visible } from "./finder/visible.ts";
import { contains, FIELDS } from "./finder/walk.ts";
import { forms_here } from "./forms.ts";
import { first_answer_since, until_gone } from "./gone.ts";
import { selectors_of } from "./learned.ts";
import { forget_typed, is_filled, note_typing, target_of, value_of, was_typed } from "./typed.ts";
import type { Tell } from "./world.ts";

/** As long as the companion keeps what was typed. */
const LIFETIME = 180_000;

/** A press and the submit that it leads to are one attempt. */
const ONE_ATTEMPT = 1_000;

/** A form that was answered and is there after so long has said no. */
const SAYS_NO = 5_000;

/** How long a form may take to go after a press on something that is not known to send it. */
const UNKNOWN_PRESS = 10_000;

/** Fields that are pressed to type into them. */
const NO_CONTROL = "input:not([type=submit i], [type=image i], [type=button i]), select, textarea";

/** Fields that a login may ask for besides. */
const OTHER = "input:is(:not([type]), [type=text i], [type=tel i], [type=number i], [type=email i]), select";

/** What is another one each time. */
const ONCE = /captcha|otp|token|answer|search|sms|verif|(security|auth).?code|^\W*code\W*$/i;

/** What leads elsewhere, and is no control of the page's own. */
const LINK = 'a[href]:not([href^="javascript:" i], [href="#"], [href=""])';

/** What a press may be in without being meant to send anything. */
const NO_PRESS = `${FIELDS}, label, option, ${LINK}`;

/** Listens until `signal` says stop. All in the capture phase: the page may change the fields in its own handlers. */
export function init_capture(known: () => Known, tell: Tell, signal: AbortSignal): void {
  const options = { capture: true, passive: true, signal };
  const on = (name: string, handle: (event: Event) => void) =>
    addEventListener(name, (event) => event.isTrusted && !is_orphaned() && handle(event), options);
  /** Whether something may have been typed since the last attempt; before this script was there, too. */
  let fresh = true;
  let attempt: Attempt | null = null;
  const watch = (form: FoundForm, milliseconds: number): Attempt => {
    attempt?.stop();
    attempt = watch_form(form, known, milliseconds, signal);
    return attempt;
  };

  const take = (form: FoundForm) => {
    fresh = false;
    if (form.purpose === "username-step") {
      const step = step_of(form);
      if (step) void tell({ step });
      return;
    }
    const captured = captured_of(form);
    if (!captured) return;
    forget_typed(...secrets_of(form));
    const told = tell({ capture: captured });
    const { gone, stays } = watch(form, LIFETIME);
    void Promise.all([gone, told]).then(([failed, is_open]) => {
      if (is_open === true && failed !== null) void tell({ attempt: { gone: { failed } } });
    });
    void Promise.all([stays, told]).then(([is_answered, is_open]) => {
      if (is_open === true && is_answered) void tell({ attempt: { stays: {} } });
    });
  };

  /** There is nothing known to press: whether a press sent it shows when the form goes. */
  const take_when_gone = (form: FoundForm) => {
    const captured = captured_of(form);
    if (!captured) return;
    void watch(form, UNKNOWN_PRESS).gone.then(async (failed) => {
      if (failed !== false) return;
      forget_typed(...secrets_of(form));
      if ((await tell({ capture: captured })) === true) void tell({ attempt: { gone: { failed } } });
    });
  };

  const leave = () => {
    attempt?.stop();
    attempt = null;
    void tell({ attempt: { left: {} } });
  };

  const on_press = (event: Event) => {
    const target = target_of(event);
    if (!target) return;
    if (attempt && is_elsewhere(target, attempt.form)) leave();
    if (!fresh || target.matches(NO_CONTROL)) return;
    const forms = forms_here(known());
    const pressed = forms.find(({ submit }) => submit !== null && contains(submit, target));
    if (pressed) take(pressed);
    else if (event.type === "click" && !target.closest(NO_PRESS)) {
      const unknown = forms.find((form) => form.submit === null && secrets_of(form).some(was_typed));
      if (unknown) take_when_gone(unknown);
    }
  };

  on("input", (event) => {
    const target = target_of(event);
    if (!target?.matches(FIELDS)) return;
    note_typing(target as Field);
    fresh = true;
    // Whoever corrects what was sent was not let in with it.
    if (attempt && fields_of(attempt.form).includes(target as Field) && attempt.is_old()) leave();
  });
  on("pointerdown", on_press);
  on("click", on_press);
  on("submit", ({ target }) => {
    if (!fresh) return;
    const form = forms_here(known()).find(({ form }) => form !== null && form === target);
    if (form) take(form);
  });
  on("keydown", (event) => {
    if (!fresh || !(event instanceof KeyboardEvent) || event.key !== "Enter" || event.isComposing) return;
    const target = target_of(event);
    const form = forms_here(known()).find((other) => fields_of(other).some((field) => field === target));
    if (form) take(form);
  });
}

type Attempt = {
  form: FoundForm;
  /** Whether an answer to it failed, once the form is gone; null where it stays. */
  gone: Promise<boolean | null>;
  /** Whether a script was answered and the form is there all the same. */
  stays: Promise<boolean>;
  is_old(): boolean;
  stop(): void;
};

function watch_form(form: FoundForm, known: () => Known, milliseconds: number, signal: AbortSignal): Attempt {
  const since = performance.now();
  const leaving = new AbortController();
  const gone = until_gone(form, known, milliseconds, AbortSignal.any([signal, leaving.signal]));
  return {
    form,
    stays: until_answered(form, since, leaving.signal),
    gone: gone.then((is_gone) => (is_gone ? first_answer_since(since) >= 400 : null)),
    is_old: () => performance.now() - since > ONE_ATTEMPT,
    stop: () => leaving.abort(),
  };
}

function until_answered(form: FoundForm, since: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (signal.aborted || !secrets_of(form).some((field) => is_visible(field))) resolve(false);
      else if (first_answer_since(since) > 0) resolve(true);
      else if (performance.now() - since > LIFETIME) resolve(false);
      else setTimeout(look, SAYS_NO);
    };
    setTimeout(look, SAYS_NO);
  });
}

/** A link beside a form that is still there: whoever follows it was not let in. */
function is_elsewhere(target: Element, form: FoundForm): boolean {
  const { submit } = form;
  if (submit && contains(submit, target)) return false;
  return target.closest(LINK) !== null && secrets_of(form).some((field) => is_visible(field));
}

function step_of(form: FoundForm): { user_name: string; extras: Extra[] } | null {
  const user_name = form.username ? value_of(form.username) : "";
  return user_name === "" ? null : { user_name, extras: extras_of(form) };
}

/** Null where there is nothing that a person typed, or not the same twice. */
function captured_of(found: FoundForm): Captured | null {
  const form = with_typed(found);
  const { purpose, username, current_password } = form;
  if (purpose === "one-time-code" || purpose === "username-step") return null;
  const [first, ...more] = secrets_of(form);
  if (!first || is_filled(first)) return null;
  const password = value_of(first);
  if (password === "" || more.some((field) => value_of(field) !== password)) return null;
  const former = purpose === "change-password" && current_password ? value_of(current_password) : "";
  return {
    purpose: purpose === "password-step" ? "login" : purpose,
    user_name: username ? value_of(username) : "",
    password,
    ...(former !== "" && { former_password: former }),
    extras: extras_of(form),
    ...learned_of(form),
    title: document.title,
    is_lone: form.evidence === "lone-password",
  };
}

/** What is captured: the new password where there is one, with its repetitions. */
function secrets_of({ purpose, current_password, new_passwords }: FoundForm): HTMLInputElement[] {
  if (purpose === "sign-up" || purpose === "change-password") return new_passwords;
  return current_password ? [current_password] : [];
}

function fields_of({ username, current_password, new_passwords, extras }: FoundForm): Field[] {
  const fields = [username, current_password, ...new_passwords, ...extras];
  return fields.filter((field) => field !== null);
}

/** What else the person typed into the form of a login belongs to it, though nothing says what it is. */
function with_typed(found: FoundForm): FoundForm {
  const { purpose, form, one_time_code } = found;
  if (!form || (purpose !== "login" && purpose !== "password-step")) return found;
  const named = new Set<Element>([...fields_of(found), ...one_time_code]);
  const is_other = (element: Element): element is Field =>
    element.matches(OTHER) &&
    was_typed(element) &&
    !named.has(element) &&
    !ONCE.test(`${element.id} ${(element as Field).name}`);
  const others = [...form.elements].filter(is_other);
  return others.length === 0 ? found : { ...found, extras: [...found.extras, ...others] };
}

function extras_of({ extras }: FoundForm): Extra[] {
  return extras.flatMap((field) => {
    const [selector, value] = [selector_of(field), value_of(field)];
    return selector === null || value === "" ? [] : [{ field: selector, value }];
  });
}

function selector_of({ id, name, localName }: Field): string | null {
  if (id) return `#${CSS.escape(id)}`;
  return name ? `${localName}[name="${CSS.escape(name)}"]` : null;
}

/** Where a login was. What is learned of other forms is of no use when a login is filled. */
function learned_of(form: FoundForm): { learned?: Selectors } {
  if (form.purpose !== "login" && form.purpose !== "password-step") return {};
  const learned = selectors_of(form);
  return Object.keys(learned).length > 0 ? { learned } : {};
}
