// No app yet: the way to the first filled page.

import type { ComponentChildren } from "preact";
import type { Walk } from "../app.tsx";
import { useWords } from "../speech.ts";
import type { State } from "../wire.ts";

export function FirstSteps({ state, walk }: { state: State; walk: Walk }) {
  const words = useWords().firstRun;
  const browser = state.browsers[0];
  const coded = state.ways_in.kinds.some((kind) => kind === "recovery_code" || kind === "escrow");
  return (
    <section class="steps" aria-labelledby="steps">
      <h2 id="steps">{words.heading}</h2>
      <ol>
        <Step number={1} title={words.connect} done={browser !== undefined}>
          {browser ? words.connected(browser.name) : words.connectHint}
          {!browser && (
            <button type="button" class="button" onClick={() => walk.go({ at: "browsers" })}>
              {words.connectAction}
            </button>
          )}
        </Step>
        <Step number={2} title={words.once}>
          {offers(state) ? words.onceHint : words.onceHintOff}
        </Step>
        <Step number={3} title={words.next}>
          {words.nextHint}
        </Step>
        <Step number={4} title={words.recovery} done={coded}>
          {coded ? words.recoveryDone : words.recoveryHint}
          {!coded && (
            <button type="button" class="button" onClick={() => walk.go({ at: "recovery" })}>
              {words.recoveryAction}
            </button>
          )}
        </Step>
      </ol>
      <p class="small dim">{words.byHand}</p>
    </section>
  );
}

/** Without a choice, saving is offered where no organisation is configured. */
export function offers({ settings, organisation }: State): boolean {
  return !settings.saving_forbidden && (settings.offer_to_save ?? organisation === null);
}

interface StepProps {
  number: number;
  title: string;
  done?: boolean;
  children: ComponentChildren;
}

function Step({ number, title, done, children }: StepProps) {
  const words = useWords().firstRun;
  return (
    <li class={done ? "done" : ""}>
      <span class="number" aria-hidden="true">
        {done ? "✓" : number}
      </span>
      <div class="names">
        <b>
          {done && <span class="hidden">{words.done}</span>}
          {title}
        </b>
        <div class="row dim">{children}</div>
      </div>
    </li>
  );
}
