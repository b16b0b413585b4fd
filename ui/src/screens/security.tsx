// What protects the vault, said as it is.

import { useEffect, useState } from "preact/hooks";
import { ask, toProblem } from "../companion.ts";
import { Heading } from "../parts/heading.tsx";
import { Done, Refused } from "../parts/icons.tsx";
import { Loading } from "../parts/loading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useSpeech, useWords } from "../speech.ts";
import { carried, type Problem, type SecurityView } from "../wire.ts";
import { SecurityKeys } from "./security-keys.tsx";

export function Security({ locked }: { locked: boolean }) {
  const words = useWords();
  const [{ view, problem }, setResult] = useState<{ view?: SecurityView; problem?: Problem }>({});
  useEffect(() => {
    let current = true;
    ask({ security: {} })
      .then((answer) => {
        const view = carried(answer, "security");
        if (current && view) setResult({ view });
      })
      .catch((error) => current && setResult({ problem: toProblem(error) }));
    return () => {
      current = false;
    };
  }, [locked]);
  return (
    <>
      <header class="row">
        <Heading>{words.places.security}</Heading>
      </header>
      <div class="scroll" aria-busy={!view}>
        {!view && (problem ? <ProblemNote problem={problem} /> : <Loading />)}
        {view && <Shown view={view} />}
        <SecurityKeys />
      </div>
    </>
  );
}

function Shown({ view }: { view: SecurityView }) {
  const words = useWords().security;
  return (
    <>
      <section aria-labelledby="opens">
        <h2 id="opens">{words.opens}</h2>
        <ul class="panel list">
          {view.slots.map((slot) => (
            <li key={slot}>{words.slots[slot] ?? slot}</li>
          ))}
        </ul>
      </section>
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
          {[words.notPerson, words.notProgram].map((text) => (
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
