// The offer to save a sign-in, in a window of its own. Enter saves, Escape does not. It is told what is offered, never the
// password.

import { useEffect, useState } from "preact/hooks";
import type { Offer, OfferAnswer } from "../../../crates/protocol/bindings/browser.ts";
import { problem_text } from "../strings.ts";
import { word } from "../words.ts";
import { ask } from "./ask.ts";
import { draw, host_of, Note, Origin, Tile } from "./parts.tsx";

const capture = new URLSearchParams(location.search).get("capture") ?? "";
let answered = false;

draw(<OfferPage />, "brand");

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (answered) close();
  else void answer({ not_now: {} });
});

// A window that is closed has said no.
addEventListener("pagehide", () => {
  if (!answered) void ask.answer_offer(capture, { not_now: {} });
});

function OfferPage() {
  const [offered, set_offered] = useState<Offer | null>(null);
  const [problem, set_problem] = useState<string | null>(null);
  const [is_over, set_over] = useState(false);
  useEffect(() => {
    void ask.offer(capture).then((reply) => {
      if ("offer" in reply) return set_offered(reply.offer);
      answered = true;
      set_problem(problem_text(reply.problem));
    });
  }, []);
  useEffect(() => {
    if (offered) document.title = heading(offered);
  }, [offered]);
  return (
    <main class="offer">
      {offered && !is_over && <OfferForm offer={offered} say={set_problem} end={() => set_over(true)} />}
      {offered && is_over && <Never origin={offered.origin} say={set_problem} />}
      {problem && <Note>{problem}</Note>}
    </main>
  );
}

type FormOf = { offer: Offer; say: (problem: string | null) => void; end: () => void };

function OfferForm({ offer, say, end }: FormOf) {
  const [name, set_name] = useState(offer.name);
  const [auto_submit, set_auto_submit] = useState(offer.auto_submit);
  const save = async (event: Event) => {
    event.preventDefault();
    say(await answer({ save: { name: name.trim(), auto_submit } }));
  };
  const never = async () => {
    const problem = await answer({ never: {} });
    say(problem);
    if (!problem) end();
  };
  return (
    <form onSubmit={save}>
      <h1>{heading(offer)}</h1>
      <div class="subject">
        <Tile name={name} />
        <span class="who">
          <b>{offer.user_name || word("no_user_name")}</b>
          <Origin origin={offer.origin} />
        </span>
      </div>
      <label class="field">
        <span>{word("name")}</span>
        <input
          type="text"
          required
          maxLength={100}
          autocomplete="off"
          ref={focus_once}
          value={name}
          onInput={({ currentTarget }) => set_name(currentTarget.value)}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={auto_submit}
          onChange={({ currentTarget }) => set_auto_submit(currentTarget.checked)}
        />
        <span>{word("auto_submit")}</span>
      </label>
      <div class="buttons">
        <button type="submit" class="button primary">
          {word(offer.kind === "save" ? "save" : "update")}
        </button>
        <button type="button" class="button" onClick={() => answer({ not_now: {} })}>
          {word("not_now")}
        </button>
        {offer.kind === "save" && (
          <button type="button" class="link last" onClick={never}>
            {word("never_for_site")}
          </button>
        )}
      </div>
    </form>
  );
}

/** Nothing is saved, and nothing will be offered; the way back is here. */
function Never({ origin, say }: { origin: string; say: (problem: string | null) => void }) {
  const [is_allowed, set_allowed] = useState(false);
  const undo = async () => {
    const problem = await ask.allow_site(origin);
    say(problem && problem_text(problem));
    if (!problem) set_allowed(true);
  };
  const host = host_of(origin);
  return (
    <div class="over">
      <div role="status">
        <h1>{word(is_allowed ? "allow_for_site_done" : "never_for_site_done")}</h1>
        <p class="dim">{is_allowed ? word("allow_for_site_text", host) : word("never_done", host)}</p>
      </div>
      <div class="buttons">
        <button type="button" class="button primary" ref={focus_once} onClick={() => close()}>
          {word("close")}
        </button>
        {!is_allowed && (
          <button type="button" class="button" onClick={undo}>
            {word("undo")}
          </button>
        )}
      </div>
    </div>
  );
}

/** Null once it is done; else why it was not. The window closes after all but a never, which can be taken back. */
async function answer(given: OfferAnswer): Promise<string | null> {
  if (answered) return null;
  answered = true;
  const problem = await ask.answer_offer(capture, given);
  if (problem && !("not_now" in given)) {
    answered = problem.code === "expired";
    return problem_text(problem);
  }
  if (!("never" in given)) close();
  return null;
}

function heading({ kind }: Offer): string {
  return word(kind === "save" ? "offer_save" : "offer_update");
}

const focused = new WeakSet<HTMLElement>();

/** Where the person begins. */
function focus_once(element: HTMLInputElement | HTMLButtonElement | null): void {
  if (!element || focused.has(element)) return;
  focused.add(element);
  element.focus();
  if (element instanceof HTMLInputElement) element.select();
}
