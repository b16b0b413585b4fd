// What the tests of content scripts call in a page, in a world of its own as the browser gives content scripts one.

import { init_capture } from "../src/content/capture.ts";
import { fill_form, parts_of, see, submit_form } from "../src/content/filler.ts";
import { find_forms, NOTHING_KNOWN } from "../src/content/find.ts";
import type { FoundForm, Known } from "../src/content/finder/found.ts";
import { begin_flow } from "../src/content/flow.ts";
import { forms_here, naming_here } from "../src/content/forms.ts";
import { mark_filled, mark_typed, value_of } from "../src/content/typed.ts";
import { watch_page } from "../src/content/watch.ts";
import type { Tell, World } from "../src/content/world.ts";
import type { FromPage, Values } from "../src/messages.ts";

const told: FromPage[] = [];
const leaving = new AbortController();

const ALICE: Values = { fill: "f", user_name: "alice", password: "horse", submit: false };

const dom = {
  find() {
    const form = login();
    return (
      form && {
        user: form.username?.name ?? null,
        password: form.current_password?.name,
        submit: name_of(form.submit),
      }
    );
  },

  /** Fills, with something that the page does between finding and filling. */
  async fill(meanwhile = "", submit = false, values: Partial<Values> = {}, known = NOTHING_KNOWN) {
    const form = find_forms(document, known).find((found) => parts_of(found).length > 0);
    if (!form) throw new Error("the page has no form to fill");
    const seen = see(form);
    new Function(meanwhile)();
    const filled = await fill_form(seen, { ...ALICE, ...values, submit }, { naming: naming_here });
    if ("not_filled" in filled) return filled.not_filled;
    mark_filled(...filled.typed);
    if (!submit) return filled.complete ? "filled" : "incomplete";
    const submitted = await submit_form(seen);
    return submitted === true ? "submitted" : submitted === false ? "not submitted" : submitted;
  },

  /** Follows a login over its steps. Each part is there once, as the background worker sees to it. */
  async flow(values: Partial<Values> = {}, known: Known = { ...NOTHING_KNOWN, is_app: true }) {
    const given = new Set<string>();
    const tell = async (message: FromPage) => {
      told.push(message);
      if (!("form" in message)) return null;
      const parts = message.form.parts.filter((part) => !given.has(part));
      for (const part of parts) given.add(part);
      const all: Values = { ...ALICE, submit: true, ...values };
      return parts.length === 0
        ? null
        : { fill: "f", submit: all.submit, ...Object.fromEntries(parts.map((part) => [part, all[part]])) };
    };
    begin_flow(world_of(known, tell)).watch(60_000);
  },

  /** As the person asks for it. */
  look() {
    const tell = async (message: FromPage) => {
      told.push(message);
      return null;
    };
    return begin_flow(world_of(NOTHING_KNOWN, tell)).look("w");
  },

  /** Listens; every attempt counts as open. */
  capture: () =>
    init_capture(
      () => NOTHING_KNOWN,
      async (message) => {
        told.push(message);
        return true;
      },
      leaving.signal,
    ),
  leave: () => leaving.abort(),
  told: () => told,
  /** As Lanyard puts a password that it made into a field. */
  make(selector: string, password: string) {
    const field = document.querySelector(selector);
    if (!(field instanceof HTMLInputElement)) throw new Error(`${selector} is no field`);
    field.value = password;
    mark_typed(field, password);
  },
};

/** As page.ts makes it. */
function world_of(known: Known, tell: Tell): World {
  return {
    leaving,
    known: () => known,
    forms: () => forms_here(known),
    naming: naming_here,
    tell,
    watch: watch_page,
    mark_filled,
    mark_typed,
    value_of,
    begin_filling: () => undefined,
    ask: () => undefined,
  };
}

function login(): FoundForm | null {
  const [form] = find_forms(document, NOTHING_KNOWN);
  return form?.current_password && form.new_passwords.length === 0 ? form : null;
}

function name_of(submit: HTMLElement | null): string | null {
  if (!submit) return null;
  return submit instanceof HTMLInputElement ? submit.value || submit.alt : (submit.textContent ?? "").trim();
}

declare global {
  var dom_for_tests: typeof dom;
}
globalThis.dom_for_tests = dom;
