// The vault cannot be used: the keyring is locked, absent, or lost its entry, or the file is damaged.

import { useState } from "preact/hooks";
import { Card } from "../parts/card.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import type { Unavailable as Vault } from "../screen.ts";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { carried } from "../wire.ts";

interface Props {
  vault: Vault;
  /** Told where the old vault is kept. */
  keep: (path: string) => void;
}

export function Unavailable({ vault, keep }: Props) {
  const [asking, setAsking] = useState(false);
  if (asking) return <BeginNew keep={keep} stay={() => setAsking(false)} />;
  return <Why vault={vault} begin={() => setAsking(true)} />;
}

function Why({ vault: { problem, may_begin_new }, begin }: { vault: Vault; begin: () => void }) {
  const all = useWords();
  const words = all.unavailable;
  const retry = useRequest();
  const heading = problem.code === "keychain" ? words.keychain : words.vault;
  // Trying again mostly meets the same problem, which is on the screen already.
  const another = retry.problem?.message === problem.message ? undefined : retry.problem;
  return (
    <Card heading={heading}>
      <ProblemNote problem={problem} />
      <ProblemNote problem={another} />
      <div class="row">
        <button
          type="button"
          class="button primary"
          data-first
          disabled={retry.busy}
          onClick={() => retry.send({ unlock: {} })}
        >
          {all.tryAgain}
        </button>
        {may_begin_new && (
          <button type="button" class="button" onClick={begin}>
            {words.begin}
          </button>
        )}
      </div>
    </Card>
  );
}

/** Asks once, and names what is lost. */
function BeginNew({ keep, stay }: { keep: (path: string) => void; stay: () => void }) {
  const words = useWords().unavailable;
  const { send, busy, problem } = useRequest();
  const begin = async () => {
    const made = carried(await send({ begin_new_vault: {} }), "new_vault");
    if (made) keep(made.kept);
  };
  return (
    <Card heading={words.confirmHeading} key="begin">
      <p>{words.confirmBody}</p>
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="button" class="button" disabled={busy} onClick={begin}>
          {words.confirm}
        </button>
        <button type="button" class="button" data-first disabled={busy} onClick={stay}>
          {words.keep}
        </button>
      </div>
    </Card>
  );
}
