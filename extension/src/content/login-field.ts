// Whether the field that got the focus may belong to a login. Asked at every focus in pages that Lanyard knows nothing of,
// so it looks at that field and at little around it. A wrong yes costs the page one load of the page script.

import { open_shadow_root } from "../ext.ts";

const TEXT = /^(text|email|tel)$/;
const LOGIN = /pass|pwd|kennw|contrase|senha|user|log.?[io]n|mail|account|benutzer|ident|usuario/i;
const SEARCH = /search|query|such|busca|recherche|^[qs]$/i;

/** The text field that has the focus: what the event names is only the outermost host of a field in shadow roots. */
export function focused_field(target: EventTarget | null): HTMLInputElement | null {
  let focused = target instanceof Element ? target : null;
  for (
    let root = focused && open_shadow_root(focused);
    root?.activeElement;
    root = open_shadow_root(focused)
  ) {
    focused = root.activeElement;
  }
  return focused instanceof HTMLInputElement ? focused : null;
}

/** A password, a field beside one, or one that looks like the first step of a login. */
export function may_be_login(field: HTMLInputElement): boolean {
  if (field.type === "password" || is_masked(field)) return true;
  if (!TEXT.test(field.type)) return false;
  const { form } = field;
  const root = field.getRootNode();
  // Inside of a shadow root the focus goes on from field to field without a word to the page.
  const around = form ?? (root instanceof ShadowRoot ? root : null);
  if (around?.querySelector("[type=password i]")) return true;
  const names = [field.name, field.id];
  // The one beside it may be in a root of its own.
  if (root instanceof ShadowRoot && !names.some((name) => SEARCH.test(name))) return true;
  if (LOGIN.test([...names, field.autocomplete].join(" ")) || field.type === "email") return true;
  return form !== null && !names.some((name) => SEARCH.test(name)) && is_alone(field, form);
}

/** As a password is, by a style. */
function is_masked(field: HTMLInputElement): boolean {
  const mask = getComputedStyle(field).getPropertyValue("-webkit-text-security");
  return mask !== "" && mask !== "none";
}

/** Whether a form has no other field for text: it may ask for the user name first. */
function is_alone(field: HTMLInputElement, form: HTMLFormElement): boolean {
  for (const other of form.querySelectorAll("input, textarea, [role=search]")) {
    if (other !== field && !(other instanceof HTMLInputElement && !TEXT.test(other.type))) return false;
  }
  return !form.matches("[role=search], search *");
}
