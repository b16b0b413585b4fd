// The sign-in, from the address to the approval.

import { useState } from "preact/hooks";
import { hostOf } from "../address.ts";
import { Card } from "../parts/card.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import { useOnline } from "../use-clock.ts";
import { useRequest } from "../use-request.ts";
import { carried, type Problem, type ProviderView, type SignInProgress } from "../wire.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { SignInWaiting } from "./sign-in-waiting.tsx";

interface Props {
  progress: SignInProgress | null;
  /** What is configured. */
  provider: ProviderView | null;
}

export function SignIn({ progress, provider }: Props) {
  const words = useWords().signIn;
  // What was typed last, so that a typing error is corrected and not typed again.
  const [typed, setTyped] = useState<ProviderView>();
  const [editing, setEditing] = useState(false);
  const { send, busy, problem } = useRequest();

  const at = typed ?? provider;
  const begin = async (chosen: ProviderView | null) => {
    if (chosen) setTyped(chosen);
    if (await send({ sign_in: { provider: chosen } })) setEditing(false);
  };
  const cancel = () => send({ cancel_sign_in: {} });
  const correct = async () => {
    if (await cancel()) setEditing(true);
  };

  const waiting = progress && carried(progress, "waiting");
  if (waiting) return <SignInWaiting waiting={waiting} provider={at} cancel={cancel} />;
  if (progress && "contacting" in progress)
    return <Contacting host={at && hostOf(at.issuer)} cancel={cancel} />;
  const failed = progress && carried(progress, "failed");
  if (failed) {
    const again = () => begin(typed ?? null);
    return (
      <Failed
        problem={failed.problem}
        refused={problem}
        again={at ? again : correct}
        correct={correct}
        cancel={cancel}
        busy={busy}
      />
    );
  }
  if (editing || !provider) {
    return (
      <SignInForm
        typed={at}
        begin={begin}
        busy={busy}
        problem={problem}
        back={provider && (() => setEditing(false))}
      />
    );
  }
  return (
    <Card heading={words.heading(hostOf(provider.issuer))} narrow>
      <p class="dim">{words.lead}</p>
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="button" class="button primary" data-first disabled={busy} onClick={() => begin(null)}>
          {words.begin}
        </button>
        <button type="button" class="link" onClick={() => setEditing(true)}>
          {words.otherAddress}
        </button>
      </div>
    </Card>
  );
}

function Contacting({ host, cancel }: { host: string | null | undefined; cancel: () => void }) {
  const all = useWords();
  const words = all.signIn;
  return (
    <Card heading={host ? words.heading(host) : words.headingNoProvider} narrow>
      <div class="time-left">
        <progress aria-label={words.contacting(host ?? "")} />
        <p class="small dim" role="status">
          {words.contacting(host ?? "")}
        </p>
      </div>
      <div class="row">
        <button type="button" class="button" onClick={cancel}>
          {all.cancel}
        </button>
      </div>
    </Card>
  );
}

interface FailedProps {
  problem: Problem;
  /** Why trying again was refused. */
  refused: Problem | undefined;
  again: () => void;
  correct: () => void;
  cancel: () => void;
  busy: boolean;
}

function Failed({ problem, refused, again, correct, cancel, busy }: FailedProps) {
  const all = useWords();
  const words = all.signIn;
  const online = useOnline();
  return (
    <Card heading={words.failed}>
      <ProblemNote problem={problem} />
      {!online && problem.code === "provider" && <p class="dim">{words.failedOffline}</p>}
      <ProblemNote problem={refused} />
      <div class="row">
        <button type="button" class="button primary" data-first disabled={busy} onClick={again}>
          {all.tryAgain}
        </button>
        <button type="button" class="button" disabled={busy} onClick={correct}>
          {words.changeAddress}
        </button>
        <button type="button" class="link" onClick={cancel}>
          {all.cancel}
        </button>
      </div>
    </Card>
  );
}
