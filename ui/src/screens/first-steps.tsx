// No app yet: the way to the first filled page.

import { strings } from "../strings.ts";
import type { PairedBrowser } from "../wire.ts";

const words = strings.empty;

export function FirstSteps({ browsers }: { browsers: PairedBrowser[] }) {
  const browser = browsers[0];
  return (
    <section class="steps" aria-labelledby="steps">
      <h2 id="steps">{words.heading}</h2>
      <ol>
        <Step number={1} title={words.connect} done={browser !== undefined}>
          {browser ? words.connected(browser.name) : words.connectHint}
        </Step>
        <Step number={2} title={words.once}>
          {words.onceHint}
        </Step>
        <Step number={3} title={words.next}>
          {words.nextHint}
        </Step>
      </ol>
      <p class="small dim">{words.byHand}</p>
    </section>
  );
}

interface StepProps {
  number: number;
  title: string;
  done?: boolean;
  children: string;
}

function Step({ number, title, done, children }: StepProps) {
  return (
    <li class={done ? "done" : ""}>
      <span class="number" aria-hidden="true">
        {done ? "✓" : number}
      </span>
      <span class="names">
        <b>
          {done && <span class="hidden">{words.done}</span>}
          {title}
        </b>
        <span>{children}</span>
      </span>
    </li>
  );
}
