// The browsers: those that are connected, those that could be, and how the extension gets into them.

import { Heading } from "../parts/heading.tsx";
import { useWords } from "../speech.ts";
import type { State } from "../wire.ts";
import { BrowsersHere } from "./browsers-here.tsx";
import { PairedBrowsers } from "./paired-browsers.tsx";

export function Browsers({ state }: { state: State }) {
  const all = useWords();
  const words = all.browsers;
  return (
    <>
      <header class="row">
        <Heading>{all.places.browsers}</Heading>
      </header>
      <div class="scroll">
        <section aria-labelledby="connected">
          <h2 id="connected">{words.connected}</h2>
          <PairedBrowsers browsers={state.browsers} />
        </section>
        <section aria-labelledby="here">
          <h2 id="here">{words.here}</h2>
          <BrowsersHere />
        </section>
        <section aria-labelledby="extension">
          <h2 id="extension">{words.extension}</h2>
          <dl class="panel spread">
            <dt>{words.chromium}</dt>
            <dd>{words.chromiumHow}</dd>
            <dt>{words.firefox}</dt>
            <dd>{words.firefoxHow}</dd>
          </dl>
        </section>
      </div>
    </>
  );
}
