// The forms of this page, closed shadow roots included: only the browser opens those.

import { open_shadow_root } from "../ext.ts";
import { find_forms } from "./find.ts";
import type { FoundForm, Known, Selectors } from "./finder/found.ts";
import { Tree } from "./finder/walk.ts";
import { type Selected, select } from "./selectors.ts";

/** Best first. */
export function forms_here(known: Known): FoundForm[] {
  return find_forms(document, known, open_shadow_root);
}

export function named_here(selectors: Selectors): Selected {
  return select(selectors, new Tree(document, open_shadow_root));
}
