// Asked once, where no organisation has decided it: whether Lanyard offers to save logins.

import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import type { State } from "../wire.ts";

export function OfferToSave({ state: { settings, organisation } }: { state: State }) {
  const words = useWords().offer;
  const { send, busy, problem } = useRequest();
  if (settings.offer_to_save !== null || organisation !== null || settings.saving_forbidden) return null;
  const choose = (offer_to_save: boolean) => send({ change_settings: { offer_to_save } });
  return (
    <section class="panel offer" aria-labelledby="offer">
      <div class="text">
        <h2 id="offer" class="strong">
          {words.heading}
        </h2>
        <p class="dim">{words.body}</p>
      </div>
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="button" class="button" disabled={busy} onClick={() => choose(true)}>
          {words.yes}
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => choose(false)}>
          {words.no}
        </button>
      </div>
    </section>
  );
}
