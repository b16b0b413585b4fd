// Browsers on this laptop: whether each can find Lanyard, and what to do where it cannot.

import { useEffect, useState } from "preact/hooks";
import { ask, toProblem } from "../companion.ts";
import { Empty } from "../parts/empty.tsx";
import { Done, Failed } from "../parts/icons.tsx";
import { Loading } from "../parts/loading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { type BrowserHere, carried, type Problem } from "../wire.ts";

export function BrowsersHere() {
  const words = useWords().browsers;
  const [{ browsers, problem }, setResult] = useState<{ browsers?: BrowserHere[]; problem?: Problem }>({});
  const look = async () => {
    try {
      const here = carried(await ask({ browsers_here: {} }), "browsers_here");
      if (here) setResult({ browsers: here.browsers });
    } catch (error) {
      setResult((old) => ({ ...old, problem: toProblem(error) }));
    }
  };
  useEffect(() => {
    look();
  }, []);
  if (!browsers) return problem ? <ProblemNote problem={problem} /> : <Loading />;
  return (
    <>
      <ProblemNote problem={problem} />
      {browsers.length === 0 ? (
        <div class="panel">
          <Empty heading={words.noneHere}>{words.noneHereHint}</Empty>
          <button type="button" class="button" onClick={look}>
            {words.lookAgain}
          </button>
        </div>
      ) : (
        <ul class="panel list">
          {browsers.map((browser) => (
            <Here browser={browser} look={look} key={browser.name} />
          ))}
        </ul>
      )}
    </>
  );
}

function Here({ browser, look }: { browser: BrowserHere; look: () => Promise<void> }) {
  const words = useWords().browsers;
  const { name, reach, manifest } = browser;
  const asking = useRequest();
  return (
    <li class="stack tight">
      <div class="row">
        {reach === "found" ? <Done /> : <Failed />}
        <span class="names grow wraps">
          <b>{name}</b>
          <span>{words.reach[reach]}</span>
          {reach === "foreign" && (
            <span class="path">
              {words.file} {manifest}
            </span>
          )}
        </span>
        <Action browser={browser} asking={asking} look={look} />
      </div>
      <ProblemNote problem={asking.problem} />
    </li>
  );
}

interface ActionProps {
  browser: BrowserHere;
  asking: ReturnType<typeof useRequest>;
  look: () => Promise<void>;
}

/** What can be done about each state. A file of somebody else's is never overwritten. */
function Action({ browser: { name, reach }, asking, look }: ActionProps) {
  const words = useWords().browsers;
  const request =
    reach === "found" ? { uninstall_host: { browser: name } } : { install_host: { browser: name } };
  const change = async () => {
    if (await asking.send(request)) await look();
  };
  const [label, full, act] =
    reach === "not_told"
      ? [words.setUp, words.setUpOne(name), change]
      : reach === "found"
        ? [words.takeBack, words.takeBackOne(name), change]
        : [words.lookAgain, words.lookAgainAt(name), look];
  return (
    <button type="button" class="button small" aria-label={full} disabled={asking.busy} onClick={act}>
      {label}
    </button>
  );
}
