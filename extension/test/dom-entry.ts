// What the tests of content scripts call in a page, in a world of its own as the browser gives content scripts one.

import { init_capture, mark_filled, type Typed } from "../src/content/capture.ts";
import { fill_form, place_of, submit_form } from "../src/content/filler.ts";
import { find_login_form, type LoginForm } from "../src/content/finder.ts";

const captured: Typed[] = [];
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
    mark_filled(form);
    return submit ? ((await submit_form(form, place)) ? "submitted" : "not submitted") : "filled";
  },

  capture: () => init_capture((typed) => captured.push(typed), leaving.signal),
  leave: () => leaving.abort(),
  captured: () => captured.map(({ user_name, password }) => `${user_name}:${password}`),

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
