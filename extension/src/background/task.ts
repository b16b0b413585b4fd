// What a page script is told to do. Pure.

import type { FormHint } from "../../../crates/protocol/bindings/browser.ts";
import type { Known } from "../content/finder/found.ts";
import type { Task } from "../messages.ts";

/** No page is watched for longer. */
const LONGEST = 60_000;

export function task(form: FormHint | null, is_app: boolean, milliseconds: number): Task {
  return {
    known: known(form, is_app),
    milliseconds: Math.min(Math.max(0, milliseconds), LONGEST),
    frames: (form?.frames?.length ?? 0) > 0,
  };
}

export function known(form: FormHint | null, is_app: boolean): Known {
  return { app: form?.app ?? null, learned: form?.learned ?? null, is_app };
}
