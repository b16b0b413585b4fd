// The offer to save a sign-in, in a window of its own. Enter saves, Escape does not. It is told what is offered, never the
// password.

import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Offer, OfferAnswer } from "../../../crates/protocol/bindings/browser.ts";
import { strings } from "../strings.ts";
import { ask } from "./ask.ts";
import { Note, Origin, Tile } from "./parts.tsx";

const capture = new URLSearchParams(location.search).get("capture") ?? "";
let answered = false;

render(<OfferPage />, document.body);

addEventListener("keydown", (event) => {
  if (event.key === "Escape") void answer({ not_now: {} });
});

// A window that is closed has said no.
addEventListener("pagehide", () => {
  if (!answered) void ask.answer_offer(capture, { not_now: {} });
});

function OfferPage() {
  const [offer, set_offer] = useState<Offer | null>(null);
  const [problem, set_problem] = useState<string | null>(null);
  useEffect(() => {
    void ask.offer(capture).then((reply) => {
      if ("offer" in reply) return set_offer(reply.offer);
      answered = true;
      set_problem(strings.problem(reply.problem));
    });
  }, []);
  useEffect(() => {
    if (offer) document.title = heading(offer);
  }, [offer]);
  return (
    <main class="offer">
      {offer && <OfferForm offer={offer} say={set_problem} />}
      {problem && <Note>{problem}</Note>}
    </main>
  );
}

function OfferForm({ offer, say }: { offer: Offer; say: (problem: string | null) => void }) {
  const [name, set_name] = useState(offer.name);
  const [auto_submit, set_auto_submit] = useState(offer.auto_submit);
  const save = async (event: Event) => {
    event.preventDefault();
    say(await answer({ save: { name: name.trim(), auto_submit } }));
  };
  return (
    <form onSubmit={save}>
      <h1>{heading(offer)}</h1>
      <div class="subject">
        <Tile name={name} />
        <span class="who">
          <b>{offer.user_name || strings.offer.no_user_name}</b>
          <Origin origin={offer.origin} />
        </span>
      </div>
      <label class="field">
        <span>{strings.offer.name}</span>
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
        <span>{strings.offer.auto_submit}</span>
      </label>
      <div class="buttons">
        <button type="submit" class="button filled">
          {offer.kind === "save" ? strings.offer.save_button : strings.offer.update_button}
        </button>
        <button type="button" class="button" onClick={() => answer({ not_now: {} })}>
          {strings.offer.not_now}
        </button>
      </div>
    </form>
  );
}

/** Null once the window closes; else why it was not done. */
async function answer(given: OfferAnswer): Promise<string | null> {
  if (answered) return null;
  answered = true;
  const problem = await ask.answer_offer(capture, given);
  if (problem && "save" in given) {
    answered = problem.code === "expired";
    return strings.problem(problem);
  }
  close();
  return null;
}

function heading({ kind }: Offer): string {
  return kind === "save" ? strings.offer.save : strings.offer.update;
}

let focused = false;

function focus_once(field: HTMLInputElement | null): void {
  if (focused || !field) return;
  focused = true;
  field.focus();
  field.select();
}
