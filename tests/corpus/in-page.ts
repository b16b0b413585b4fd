// What the corpus run calls in a page.

import { find_forms, NOTHING_KNOWN } from "../../extension/src/content/find.ts";
import { kinds_in, type Prediction } from "./prediction.ts";

function predict(): Omit<Prediction, "file"> {
  // The layout is there when a finder comes; making it is the browser's work.
  document.documentElement.getBoundingClientRect();
  const from = performance.now();
  const forms = find_forms(document, NOTHING_KNOWN);
  const ms = performance.now() - from;
  const inputs = [...document.querySelectorAll("input")];
  const fields: Prediction["fields"] = {};
  for (const [field, kind] of forms.flatMap(kinds_in<HTMLInputElement>)) fields[inputs.indexOf(field)] = kind;
  const submit = forms.find((form) => form.submit)?.submit ?? null;
  return { fields, submit: submit && place_of(submit), purposes: forms.map((form) => form.purpose), ms };
}

function place_of(element: Element): { tag: string; tag_index: number } {
  const tag = element.localName;
  return { tag, tag_index: [...document.querySelectorAll(tag)].indexOf(element) };
}

declare global {
  var corpus: { predict: typeof predict };
}
globalThis.corpus = { predict };
