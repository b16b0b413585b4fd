// What protects the vault, said as it is.

import { useState } from "preact/hooks";
import type { Walk } from "../app.tsx";
import { Heading } from "../parts/heading.tsx";
import { Done, Refused } from "../parts/icons.tsx";
import { Loading } from "../parts/loading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Said } from "../parts/said.tsx";
import { useSpeech, useWords } from "../speech.ts";
import { useView } from "../use-view.ts";
import type { SecurityView } from "../wire.ts";
import { SecurityKeys } from "./security-keys.tsx";
import { WaysIn } from "./ways-in.tsx";

export function Security({ locked, walk }: { locked: boolean; walk: Walk }) {
  const words = useWords();
  const [looked, setLooked] = useState(0);
  const again = () => setLooked((times) => times + 1);
  const { view, problem } = useView({ security: {} }, "security", [locked, looked]);
  return (
    <>
      <header class="row">
        <Heading>{words.places.security}</Heading>
      </header>
      <Said>{walk.said}</Said>
      <div class="scroll" aria-busy={!view}>
        {!view && (problem ? <ProblemNote problem={problem} /> : <Loading />)}
        {view && <Shown view={view} locked={locked} walk={walk} again={again} />}
        <SecurityKeys locked={locked} slots={view?.slots ?? []} again={again} />
      </div>
    </>
  );
}

interface ShownProps {
  view: SecurityView;
  locked: boolean;
  walk: Walk;
  again: () => void;
}

function Shown({ view, locked, walk, again }: ShownProps) {
  const words = useWords().security;
  const device = view.slots.some((slot) => slot.kind === "device");
  return (
    <>
      <WaysIn view={view} locked={locked} walk={walk} again={again} />
      <section aria-labelledby="honest">
        <h2 id="honest">{words.honest}</h2>
        <ul class="panel list">
          <li class="row top">
            <Done />
            <span>
              <span class="hidden">{words.protectsLabel}</span>
              {words.protects}
            </span>
          </li>
          {[device ? words.notPerson : words.notPersonUnlocked, words.notProgram].map((text) => (
            <li class="row top" key={text}>
              <Refused />
              <span>
                <span class="hidden">{words.notLabel}</span>
                {text}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="vault">
        <h2 id="vault">{words.vault}</h2>
        <Vault view={view} />
      </section>
    </>
  );
}

function Vault({ view: { vault_path, credentials, read_only, activity_whole } }: { view: SecurityView }) {
  const { words: all, language, tell } = useSpeech();
  const words = all.security;
  return (
    <dl class="panel">
      <dt>{words.file}</dt>
      <dd class="path">{vault_path}</dd>
      <dt>{words.count}</dt>
      <dd>{credentials === null ? words.countLocked : credentials.toLocaleString(language)}</dd>
      <dt>{words.state}</dt>
      {read_only === null ? (
        <dd>{words.usable}</dd>
      ) : (
        <dd class="warn">
          {words.readOnly}. {tell(read_only)} {words.readOnlyHint}
        </dd>
      )}
      <dt>{words.log}</dt>
      {activity_whole === false ? (
        <dd class="warn">{words.notWhole}</dd>
      ) : (
        <dd>{activity_whole === null ? words.notLooked : words.whole}</dd>
      )}
    </dl>
  );
}
