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

/** The page is read once, for as many selectors as are asked about. */
export function naming_here(): (selectors: Selectors) => Selected {
  const tree = new Tree(document, open_shadow_root);
  return (selectors) => select(selectors, tree);
}
