// What the other scripts of a page use of the finder: a script of its own, which comes into the page before them
// (build.ts).

export { NOTHING_KNOWN } from "./finder/found.ts";
export { find_forms } from "./finder/index.ts";
export { attribute_of, box_of, is, parent_node_of } from "./finder/native.ts";
export { LONGEST, select } from "./finder/selectors.ts";
export { is_large, is_usable, is_visible, opacity_of } from "./finder/visible.ts";
export {
  contains,
  drawn_in,
  FIELDS,
  is_before,
  open_if_open,
  parent_of,
  Tree,
} from "./finder/walk.ts";
