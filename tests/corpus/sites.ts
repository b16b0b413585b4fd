// Which pages must not be learned from when another is judged: those of its site, and its near copies.

import type { SeenPage } from "../../extension/src/content/finder/seen.ts";
import type { LabelledPage } from "./pages.ts";

/** For every page the number of its fold. */
export function site_folds(pages: LabelledPage[], seen: SeenPage<number>[], folds: number): number[] {
  const first: number[] = [];
  const by_key = new Map<string, number>();
  const root = (at: number): number => (first[at] === at ? at : root(first[at] ?? at));
  for (const [at, page] of pages.entries()) {
    first[at] = at;
    for (const key of keys_of(page, seen[at] as SeenPage<number>)) {
      const other = by_key.get(key);
      if (other === undefined) by_key.set(key, at);
      else first[root(at)] = root(other);
    }
  }
  return pages.map((page, at) => hash(pages[root(at)]?.file ?? page.file) % folds);
}

function keys_of({ url }: LabelledPage, { title, groups }: SeenPage<number>): string[] {
  const names = groups.flatMap(({ fields, form }) => [form, ...fields.map(({ name }) => name)]).join("|");
  const host = url ? new URL(url).hostname.split(".").slice(-2).join(".") : "";
  const keys = [
    host ? `host ${host}` : "",
    title ? `title ${title}` : "",
    names.length > 40 ? `names ${names}` : "",
  ];
  return keys.filter((key) => key !== "");
}

/** FNV-1a: the same everywhere. */
function hash(text: string): number {
  let value = 2166136261;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return value;
}
