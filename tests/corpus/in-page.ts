// What the corpus run calls in a page.

import { type FoundForm, NOTHING_KNOWN } from "../../extension/src/content/finder/found.ts";
import { find_forms } from "../../extension/src/content/finder/index.ts";
import type { Prediction } from "./prediction.ts";

function predict(): Omit<Prediction, "file"> {
  // The layout is there when a finder comes; making it is the browser's work.
  document.documentElement.getBoundingClientRect();
  const from = performance.now();
  const forms = find_forms(document, NOTHING_KNOWN);
  const ms = performance.now() - from;
  const inputs = [...document.querySelectorAll("input")];
  const fields: Prediction["fields"] = {};
  for (const [field, kind] of forms.flatMap(kinds_in)) fields[inputs.indexOf(field)] = kind;
  const submit = forms.find((form) => form.submit)?.submit ?? null;
  return { fields, submit: submit && place_of(submit), purposes: forms.map((form) => form.purpose), ms };
}

function kinds_in(form: FoundForm): [HTMLInputElement, Prediction["fields"][string]][] {
  return [
    ...[form.username].filter((field) => field !== null).map((field) => [field, "username"] as const),
    ...[form.current_password]
      .filter((field) => field !== null)
      .map((field) => [field, "current-password"] as const),
    ...form.new_passwords.map((field) => [field, "new-password"] as const),
    ...form.one_time_code.map((field) => [field, "otp"] as const),
  ].map(([field, kind]) => [field, kind]);
}

function place_of(element: Element): { tag: string; tag_index: number } {
  const tag = element.localName;
  return { tag, tag_index: [...document.querySelectorAll(tag)].indexOf(element) };
}

declare global {
  var corpus: { predict: typeof predict };
}
globalThis.corpus = { predict };
