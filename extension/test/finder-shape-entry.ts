// What the tests of how the finder looks at a page call in it, in a world of its own.

import { is_covered } from "../src/content/covered.ts";
import type { FoundForm, Purpose, Selectors } from "../src/content/finder/found.ts";
import { find_submit } from "../src/content/finder/submit.ts";
import { is_visible } from "../src/content/finder/visible.ts";
import { is_before, Tree, walk } from "../src/content/finder/walk.ts";
import { bring_into_view, is_for_people } from "../src/content/for-people.ts";
import { selectors_of } from "../src/content/learned.ts";
import { lint_selectors, select } from "../src/content/selectors.ts";

/** The closed roots, which a page cannot open either. */
const closed = new Map<Element, ShadowRoot>();
const open = (element: Element) => closed.get(element) ?? element.shadowRoot;

const calls = {
  /** Gives elements a root, `html` being what is in it. */
  attach(host: string, mode: ShadowRootMode, html: string) {
    const element = named(host);
    const root = element.attachShadow({ mode });
    root.innerHTML = html;
    if (mode === "closed") closed.set(element, root);
  },
  walk: () => walk(document, open).map((field) => field.name),
  /** How often a look asks for a root. */
  asked() {
    let count = 0;
    new Tree(document, () => {
      count += 1;
      return null;
    });
    return count;
  },
  focus(id: string) {
    named(id).focus();
    return new Tree(document, open).active_element()?.id;
  },
  is_before: (one: string, other: string) => is_before(named(one), named(other)),

  sees: (id: string) => is_visible(named(id)),
  lets_fill: (id: string) => is_for_people(named(id), open),
  is_covered: (id: string) => is_covered(named(id), open),
  bring_into_view: (id: string) => bring_into_view(named(id)),

  submit(purpose: Purpose = "login") {
    const fields = walk(document, open).filter((field) => is_visible(field));
    const form = fields.at(-1)?.form ?? null;
    return find_submit({ fields, form, purpose }, new Tree(document, open))?.id ?? null;
  },

  select(selectors: Selectors) {
    const { troubles, extras, ...found } = select(selectors, new Tree(document, open));
    const names = Object.entries(found).map(([which, field]) => [
      which,
      [field].flat().map((one) => one?.id),
    ]);
    return {
      ...(Object.fromEntries(names.filter(([, ids]) => ids?.[0])) as { username?: string[] }),
      extras: extras.map(({ id }) => id),
      troubles,
    };
  },
  lint: (selectors: Selectors) => lint_selectors(selectors),

  /** What is learned of fields, and which are found by it again. */
  learn(ids: { [Which in "username" | "current_password" | "submit"]?: string }) {
    const form = {
      username: ids.username ? named(ids.username) : null,
      current_password: ids.current_password ? named(ids.current_password) : null,
      submit: ids.submit ? named(ids.submit) : null,
      new_passwords: [],
      one_time_code: [],
      extras: [],
    } as unknown as FoundForm;
    const selectors = selectors_of(form);
    const found = select(selectors, new Tree(document, open));
    const again = found.username === form.username && found.current_password === form.current_password;
    return { selectors, again: again && found.submit === form.submit };
  },

  /** How often the page is asked in one look: for styles, and for the order of elements. */
  work() {
    const fields = walk(document, open);
    const styles = counted(globalThis, "getComputedStyle", () => {
      const look = new Map();
      for (const field of fields) is_visible(field, look);
    });
    const group = { fields: fields.slice(0, 2), form: null, purpose: "login" as const };
    const compared = counted(Node.prototype, "compareDocumentPosition", () =>
      find_submit(group, new Tree(document, open)),
    );
    return { styles, compared };
  },
};

function counted<Name extends string>(
  owner: Record<Name, (...args: never[]) => unknown>,
  name: Name,
  work: () => unknown,
): number {
  const before = owner[name];
  let count = 0;
  owner[name] = function (this: unknown, ...args: never[]) {
    count += 1;
    return before.apply(this, args);
  };
  work();
  owner[name] = before;
  return count;
}

/** Through all roots. */
function named(id: string): HTMLElement {
  const found = new Tree(document, open).all<HTMLElement>(`#${id}`)[0];
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

declare global {
  var shape: typeof calls;
}
globalThis.shape = calls;
