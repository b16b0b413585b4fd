// What the tests of content scripts call in a page, in a world of its own as the browser gives content scripts one.

import { init_capture, mark_filled, mark_typed } from "../src/content/capture.ts";
import { fill_form, place_of, submit_form } from "../src/content/filler.ts";
import { NOTHING_KNOWN } from "../src/content/finder/found.ts";
import { find_login_form, type LoginForm } from "../src/content/finder.ts";
import type { FromPage } from "../src/messages.ts";

const told: FromPage[] = [];
const leaving = new AbortController();

const dom = {
  find() {
    const form = find_login_form(document);
    return (
      form && {
        user: form.user_name?.name ?? null,
        password: form.password.name,
        submit: name_of(form.submit),
      }
    );
  },

  /** Fills, with something that the page does between finding and filling. */
  async fill(meanwhile = "", submit = false) {
    const form = found();
    const place = place_of();
    new Function(meanwhile)();
    const not_filled = await fill_form(
      form,
      { fill: "f", user_name: "alice", password: "horse", submit },
      place,
    );
    if (not_filled) return not_filled;
    mark_filled(form.password, form.user_name);
    return submit ? ((await submit_form(form, place)) ? "submitted" : "not submitted") : "filled";
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

  /** Milliseconds that one look takes, at the median. */
  cost() {
    const times = Array.from({ length: 101 }, () => {
      const start = performance.now();
      find_login_form(document);
      return performance.now() - start;
    });
    return times.sort((one, other) => one - other)[50];
  },
};

function found(): LoginForm {
  const form = find_login_form(document);
  if (!form) throw new Error("the page has no login form");
  return form;
}

function name_of(submit: HTMLElement | null): string | null {
  if (!submit) return null;
  return submit instanceof HTMLInputElement ? submit.value || submit.alt : (submit.textContent ?? "").trim();
}

declare global {
  var dom_for_tests: typeof dom;
}
globalThis.dom_for_tests = dom;
