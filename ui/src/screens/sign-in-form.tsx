// Where the company signs in: asked for once.

import { useState } from "preact/hooks";
import { completeAddress } from "../address.ts";
import { firstEmpty, focusField, readForm } from "../form.ts";
import { Card } from "../parts/card.tsx";
import { Field } from "../parts/field.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import type { Problem, ProviderView } from "../wire.ts";

interface Props {
  typed: ProviderView | null | undefined;
  begin: (provider: ProviderView) => void;
  busy: boolean;
  problem: Problem | undefined;
  /** Leads back to what is configured, where something is. */
  back: (() => void) | null;
}

export function SignInForm({ typed, begin, busy, problem, back }: Props) {
  const all = useWords();
  const words = all.signIn;
  const [missing, setMissing] = useState<string>();
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const texts = readForm(event.currentTarget);
    const empty = firstEmpty(texts, ["issuer", "client_id"]);
    setMissing(empty);
    if (empty) return focusField(event.currentTarget, empty);
    begin({ issuer: completeAddress(texts.issuer ?? ""), client_id: (texts.client_id ?? "").trim() });
  };
  return (
    <Card heading={words.headingNoProvider}>
      <p class="dim">{words.leadNoProvider}</p>
      <form class="stack" onSubmit={submit} noValidate>
        <Field
          name="issuer"
          label={words.issuer}
          first
          inputMode="url"
          placeholder={words.issuerExample}
          defaultValue={typed?.issuer ?? ""}
          missing={missing === "issuer" ? words.issuerMissing : undefined}
        />
        <Field
          name="client_id"
          label={words.clientId}
          defaultValue={typed?.client_id ?? ""}
          missing={missing === "client_id" ? words.clientIdMissing : undefined}
        />
        <ProblemNote problem={problem} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy}>
            {words.begin}
          </button>
          {back && (
            <button type="button" class="button" onClick={back}>
              {all.back}
            </button>
          )}
        </div>
      </form>
    </Card>
  );
}
