// The forms of this page, closed shadow roots included: only the browser opens those.

import { open_shadow_root } from "../ext.ts";
import type { FoundForm, Known } from "./finder/found.ts";
import { find_forms } from "./finder/index.ts";

/** Best first. */
export function forms_here(known: Known): FoundForm[] {
  return find_forms(document, known, open_shadow_root);
}
