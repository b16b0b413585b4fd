// Puts values into fields as a person would, so that the page notices: focus, keys, the browser's own setter, the events
// of typing and leaving.
//
// A content script has wrappers of its own. In Chromium's isolated world and behind Firefox's Xrays `field.value = …` is
// the browser's setter even where the page has put one of its own on the element. So a framework that remembers the last
// value by a setter on the element (React) sees another one at the next `input`, and those that listen for `input` or
// `change` (Vue, Angular, Svelte; jQuery, whose handlers are the browser's) hear it.

import type { Field } from "./finder/found.ts";

/** Types over what is there. */
export function type_into(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  enter(field);
  type_text(field, value);
  leave(field);
}

/** Chooses from a list. */
export function choose_in(list: HTMLSelectElement, option: HTMLOptionElement): void {
  if (option.selected) return;
  enter(list);
  option.selected = true;
  list.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  leave(list);
}

/** The option with a value, else the one that says it. */
export function option_of(list: HTMLSelectElement, value: string): HTMLOptionElement | null {
  const options = [...list.options].filter(({ disabled }) => !disabled);
  const wanted = plain(value);
  return (
    options.find((option) => option.value === value) ??
    options.find(({ text }) => plain(text) === wanted) ??
    options.find((option) => plain(option.value) === wanted) ??
    null
  );
}

/** One character into each box, in order. Pages move the focus by themselves or not: each box gets its own. */
export function type_into_boxes(boxes: HTMLInputElement[], code: string): void {
  for (const [at, box] of boxes.entries()) {
    // A page that sends the code with its last character may have taken the boxes away.
    if (box.isConnected) type_into(box, code[at] ?? "");
  }
}

/** As a person who pastes a code into its first box. */
export function paste_into(box: HTMLInputElement, code: string): void {
  enter(box);
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", code);
  box.dispatchEvent(
    new ClipboardEvent("paste", { bubbles: true, composed: true, cancelable: true, clipboardData }),
  );
}

/** Enter, where nothing is there to be pressed. True where the page has taken it for itself. */
export function press_enter(field: HTMLElement): boolean {
  enter(field);
  const taken = !key(field, "keydown", "Enter") || !key(field, "keypress", "Enter");
  key(field, "keyup", "Enter");
  return taken;
}

/** A link that runs a script of the page's: pressed from here, the browser would hold the script for ours, and refuse it. */
export function runs_script(control: HTMLElement): boolean {
  return control.closest("a")?.protocol === "javascript:";
}

/** A whole press: some pages listen for its parts. */
export function press(control: HTMLElement): void {
  const { left, top, width, height } = control.getBoundingClientRect();
  const at = { clientX: left + width / 2, clientY: top + height / 2, button: 0, detail: 1, view: window };
  const how = { bubbles: true, composed: true, cancelable: true };
  const pointer = { ...how, ...at, pointerId: 1, pointerType: "mouse", isPrimary: true };
  control.dispatchEvent(new PointerEvent("pointerdown", { ...pointer, buttons: 1 }));
  control.dispatchEvent(new MouseEvent("mousedown", { ...how, ...at, buttons: 1 }));
  control.dispatchEvent(new PointerEvent("pointerup", pointer));
  control.dispatchEvent(new MouseEvent("mouseup", { ...how, ...at }));
  control.click();
}

/** Whether a field that can only be read lets itself be typed into once it has the focus, as some against filling do. */
export function opens(field: HTMLInputElement): boolean {
  enter(field);
  const is_open = !field.readOnly;
  moving(field, ["blur", "focusout"], () => field.blur());
  return is_open;
}

function type_text(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  if (field.readOnly) return;
  const last = value.at(-1) ?? "Delete";
  const typed = { bubbles: true, composed: true, inputType: "insertText", data: value };
  key(field, "keydown", last);
  key(field, "keypress", last);
  field.dispatchEvent(new InputEvent("beforeinput", { ...typed, cancelable: true }));
  field.value = value;
  field.dispatchEvent(new InputEvent("input", typed));
  key(field, "keyup", last);
}

/** False where the page has kept the key from doing what it does. */
function key(field: HTMLElement, name: string, pressed: string): boolean {
  const code = pressed === "Enter" ? 13 : (pressed.toUpperCase().codePointAt(0) ?? 0);
  const how = { bubbles: true, composed: true, cancelable: true, key: pressed, code: code_of(pressed) };
  // Old pages ask for the number of the key.
  const numbers = {
    keyCode: code,
    which: code,
    charCode: name === "keypress" ? (pressed.codePointAt(0) ?? 0) : 0,
  };
  return field.dispatchEvent(new KeyboardEvent(name, { ...how, ...numbers } as KeyboardEventInit));
}

function code_of(pressed: string): string {
  if (/^[a-z]$/i.test(pressed)) return `Key${pressed.toUpperCase()}`;
  if (/^\d$/.test(pressed)) return `Digit${pressed}`;
  return pressed.length > 1 ? pressed : "";
}

function enter(field: HTMLElement): void {
  moving(field, ["focus", "focusin"], () => field.focus({ preventScroll: true }));
}

function leave(field: Field): void {
  field.dispatchEvent(new Event("change", { bubbles: true }));
  moving(field, ["blur", "focusout"], () => field.blur());
}

/** The browser tells a page nothing of the focus while its window does not have it, as under our popup: then we do. */
function moving(field: HTMLElement, names: [string, string], move: () => void): void {
  let told = document.hasFocus();
  const hear = () => {
    told = true;
  };
  field.addEventListener(names[0], hear, { once: true });
  move();
  field.removeEventListener(names[0], hear);
  if (told) return;
  field.dispatchEvent(new FocusEvent(names[0], { composed: true }));
  field.dispatchEvent(new FocusEvent(names[1], { bubbles: true, composed: true }));
}

/** As people compare words. */
export function plain(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
