// The finder as a script of its own, which comes into a page before the others (build.ts): what they use of it.

import { fields_of, finish, form_of, shown_forms } from "./finder/index.ts";
import { attribute_of, box_of, is, parent_element_of, parent_node_of } from "./finder/native.ts";
import { is_large, is_usable, is_visible, opacity_of } from "./finder/visible.ts";
import { contains, drawn_in, FIELDS, is_before, open_if_open, parent_of, Tree } from "./finder/walk.ts";

const finder = {
  attribute_of,
  box_of,
  contains,
  drawn_in,
  FIELDS,
  fields_of,
  finish,
  form_of,
  is,
  is_before,
  is_large,
  is_usable,
  is_visible,
  opacity_of,
  open_if_open,
  parent_element_of,
  parent_node_of,
  parent_of,
  shown_forms,
  Tree,
};

declare global {
  var lanyard_finder: typeof finder;
}

globalThis.lanyard_finder = finder;
