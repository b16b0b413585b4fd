// The code, where to enter it, and how long it lasts (RFC 8628, section 3.3).

import { useState } from "preact/hooks";
import { hostOf, isLoopback } from "../address.ts";
import { Address } from "../parts/address.tsx";
import { Card } from "../parts/card.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { QrCode } from "../parts/qr-code.tsx";
import { TimeLeft } from "../parts/time-left.tsx";
import { useWords } from "../speech.ts";
import { useOnline } from "../use-clock.ts";
import { useCopy } from "../use-copy.ts";
import { useRequest } from "../use-request.ts";
import type { ProviderView, SignInProgress } from "../wire.ts";

interface Props {
  waiting: Extract<SignInProgress, { waiting: unknown }>["waiting"];
  provider: ProviderView | null;
  cancel: () => void;
}

export function SignInWaiting({ waiting, provider, cancel }: Props) {
  const all = useWords();
  const words = all.signIn;
  const { user_code, verification_uri, verification_uri_complete, expires_at } = waiting;
  const { send, busy, problem } = useRequest();
  const { copyText } = useCopy();
  const [said, setSaid] = useState("");
  const online = useOnline() || isLoopback(verification_uri);

  const open = async () => {
    if (await send({ open_verification_page: {} })) setSaid(words.opened);
  };
  const copyCode = async () =>
    setSaid((await copyText(user_code, words.copyCode)) ? words.copied : words.notCopied);

  return (
    <Card heading={words.heading(hostOf(provider?.issuer ?? verification_uri))}>
      <div class="row top wide">
        <div class="stack grow">
          <p class="dim">
            {words.enterCodeAt}
            <br />
            <Address>{verification_uri}</Address>
          </p>
          <p class="code">{user_code}</p>
          <div class="row">
            <button type="button" class="button primary" data-first disabled={busy} onClick={open}>
              {words.openInBrowser}
            </button>
            <button type="button" class="button" onClick={copyCode}>
              {words.copyCode}
            </button>
          </div>
          <p class="small dim said" role="status">
            {said}
          </p>
        </div>
        <figure>
          <QrCode>{verification_uri_complete ?? verification_uri}</QrCode>
          <figcaption class="small dim">{words.qrHint}</figcaption>
        </figure>
      </div>
      <ProblemNote problem={problem} />
      <TimeLeft end={expires_at}>
        <span role="status">{online ? words.waiting : words.offline}</span>
      </TimeLeft>
      <div class="row">
        <button type="button" class="button" onClick={cancel}>
          {all.cancel}
        </button>
      </div>
    </Card>
  );
}
