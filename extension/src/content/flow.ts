// The steps of a login in one document: finds the form, asks for what it asks for, fills and submits it, and goes on
// watching for the step after. Whether there are values for a form is decided elsewhere.

import type { FillOutcome } from "../../../crates/protocol/bindings/browser.ts";
import type { Trouble, Values } from "../messages.ts";
import { can_be_seen, fields_of, fill_form, parts_of, see, submit_form } from "./filler.ts";
import type { FoundForm, Known } from "./finder/found.ts";
import { is_visible } from "./finder/visible.ts";
import type { Filler, World } from "./world.ts";

/** The next step of what the person wished for comes within this time. */
const NEXT_STEP = 60_000;

/** A page that makes new forms without end is asked for no more of them. */
const MOST = 20;

export function begin_flow(world: World): Pick<Filler, "look" | "watch"> {
  const { known, forms, tell, leaving } = world;
  const { signal } = leaving;
  /** Fields that were asked for, and how many forms. */
  let asked = new WeakSet<Element>();
  let count = 0;
  let busy = false;
  let changed = false;
  let stop = () => {};
  /** Ends where the form after it is there: the one before was taken. */
  let step = new AbortController();

  const step_forward = () => {
    changed = busy;
    if (busy || count >= MOST) return;
    const is_next = (form: FoundForm) =>
      is_wanted(form, known()) && fields_of(form).some((field) => !asked.has(field)) && can_be_seen(form);
    const next = forms().find(is_next);
    if (next) void ask_and_fill(next, "");
  };

  /** The values are in the answer to our own message, and are in no variable that outlives this call. */
  const ask_and_fill = async (form: FoundForm, wish: string) => {
    busy = true;
    count += 1;
    for (const field of fields_of(form)) asked.add(field);
    step.abort();
    step = new AbortController();
    const { signal: next } = step;
    try {
      const seen = see(form);
      const { purpose } = form;
      const { action } = seen;
      const values = (await tell({
        form: { wish, purpose, parts: parts_of(form), action, ...trouble_with(known(), world) },
      })) as Values | null;
      if (!values || signal.aborted) return;
      const end = (outcome: FillOutcome) => void tell({ fill_ended: { fill: values.fill, outcome } });
      const filled = await fill_form(seen, values, world);
      if ("not_filled" in filled) return end({ not_filled: { reason: filled.not_filled } });
      world.mark_filled(...filled.typed);
      if (!values.submit || !filled.complete || purpose === "change-password")
        end({ filled: { submitted: false } });
      else
        void submit_form(seen, next, press_in_page).then((submitted) =>
          end(
            typeof submitted === "boolean"
              ? { filled: { submitted } }
              : { not_filled: { reason: submitted } },
          ),
        );
      if (wish !== "") watch(NEXT_STEP);
    } finally {
      busy = false;
      if (changed) step_forward();
    }
  };

  /** The mark is there for the moment of the press: what presses it is not in this world. */
  const press_in_page = (control: HTMLElement) => {
    const mark = `lanyard-${crypto.randomUUID()}`;
    control.setAttribute(mark, "");
    void tell({ press: { mark } }).finally(() => control.removeAttribute(mark));
  };

  const watch = (milliseconds: number) => {
    stop();
    stop = world.watch(milliseconds, step_forward, signal);
  };

  return {
    look(wish) {
      const wanted = forms().filter((form) => parts_of(form).length > 0);
      const form = wanted.find(can_be_seen);
      if (form) void ask_and_fill(form, wish);
      return { found: form !== undefined, covered: wanted.some(is_there), ...trouble_with(known(), world) };
    },
    watch(milliseconds) {
      asked = new WeakSet();
      count = 0;
      watch(milliseconds);
    },
  };
}

/** Whether the page shows a form, though perhaps with something over it. */
function is_there(form: FoundForm): boolean {
  return fields_of(form).every((field) => is_visible(field));
}

/** Selectors of the app's definition that no browser understands, or that several fields fit. */
function trouble_with({ app }: Known, { naming }: World): { trouble?: Trouble } {
  if (!app) return {};
  for (const { selector, why } of naming()(app).troubles)
    if (why !== "nothing") return { trouble: { selector, why } };
  return {};
}

/** What is filled without the person's asking for it on this page. */
function is_wanted(form: FoundForm, { is_app }: Known): boolean {
  if (form.purpose === "change-password" || parts_of(form).length === 0) return false;
  return is_app || form.evidence !== "lone-password";
}
