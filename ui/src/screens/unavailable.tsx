// The vault cannot be used: the keyring is locked, absent, or lost its entry, or the file is damaged.

import { useState } from "preact/hooks";
import { Card } from "../parts/card.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import type { Unavailable as Vault } from "../screen.ts";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { carried, type WaysIn } from "../wire.ts";
import { OpenWithCode } from "./open-with-code.tsx";

interface Props {
  vault: Vault;
  ways: WaysIn;
  /** Told what has to be said on the screens that follow. */
  keep: (said: string) => void;
}

export function Unavailable({ vault, ways, keep }: Props) {
  const words = useWords().openWithCode;
  const [doing, setDoing] = useState<"nothing" | "begin" | "recover">("nothing");
  const stay = () => setDoing("nothing");
  if (doing === "begin") return <BeginNew keep={keep} stay={stay} />;
  if (doing === "recover") {
    return (
      <Card heading={words.heading} key="recover">
        <p>{words.body}</p>
        <OpenWithCode opened={keep} back={stay} />
      </Card>
    );
  }
  return <Why vault={vault} code={ways.kinds.includes("recovery_code")} go={setDoing} />;
}

interface WhyProps {
  vault: Vault;
  /** Whether a recovery code leads back in. */
  code: boolean;
  go: (where: "begin" | "recover") => void;
}

function Why({ vault: { problem, may_begin_new }, code, go }: WhyProps) {
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
        {code && (
          <button type="button" class="button primary" data-first onClick={() => go("recover")}>
            {all.openWithCode.heading}
          </button>
        )}
        <button
          type="button"
          class={code ? "button" : "button primary"}
          data-first={!code}
          disabled={retry.busy}
          onClick={() => retry.send({ unlock: {} })}
        >
          {all.tryAgain}
        </button>
        {may_begin_new && (
          <button type="button" class="button" onClick={() => go("begin")}>
            {words.begin}
          </button>
        )}
      </div>
    </Card>
  );
}

/** Asks once, and names what is lost. */
function BeginNew({ keep, stay }: { keep: (said: string) => void; stay: () => void }) {
  const words = useWords().unavailable;
  const { send, busy, problem } = useRequest();
  const begin = async () => {
    const made = carried(await send({ begin_new_vault: {} }), "new_vault");
    if (made) keep(words.kept(made.kept));
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
