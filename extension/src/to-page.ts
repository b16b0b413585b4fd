// What is said to the script in a page, checked there. Apart from what pages say, so that no page carries more than it needs.

import type { Selectors } from "../../crates/protocol/bindings/browser.ts";
import type { Known } from "./content/finder/found.ts";
import type { Task, ToPage } from "./messages.ts";
import { flag, list, or_null, record, text, variants, whole } from "./shape.ts";

export const selectors = record<Selectors>(
  {},
  {
    username: text,
    current_password: text,
    new_password: text,
    one_time_code: text,
    extras: list(text),
    submit: text,
  },
);

const known = record<Known>({ app: or_null(selectors), learned: or_null(selectors), is_app: flag });

export const is_to_page = variants<ToPage>({
  look: record<{ wish: string; known: Known }>({ wish: text, known }),
  watch: record<Task>({ known, milliseconds: whole, frames: flag }),
  new_password: record<{ password: string | null }>({ password: or_null(text) }),
  landed: record<{ path: string; at_once: boolean }>({ path: text, at_once: flag }),
});
