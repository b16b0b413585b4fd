// What training reads of a page: all that the finder reads of it, with fields by their index among all <input>.

import { see } from "../../extension/src/content/finder/see.ts";
import type { SeenPage } from "../../extension/src/content/finder/seen.ts";
import { Tree } from "../../extension/src/content/finder/walk.ts";

function read(): SeenPage<number> {
  const inputs: Element[] = [...document.querySelectorAll("input")];
  const page = see(new Tree(document, (element) => element.shadowRoot), new Map());
  const groups = page.groups.map((group) => ({
    ...group,
    fields: group.fields.map((seen) => ({ ...seen, field: inputs.indexOf(seen.field) })),
  }));
  return { ...page, groups };
}

declare global {
  var read_page: typeof read;
}
globalThis.read_page = read;
