// One secret of an app: veiled, shown for a while, or copied unseen.

import { useRef } from "preact/hooks";
import { ProblemNote } from "../parts/problem-note.tsx";
import { SecretText } from "../parts/secret-text.tsx";
import { groupCode } from "../secret.ts";
import { useSpeech } from "../speech.ts";
import { secondsLeft } from "../time.ts";
import { useNow } from "../use-clock.ts";
import type { Copying } from "../use-copy.ts";
import { useRevealed } from "../use-revealed.ts";
import { carried, type FormerPassword, type Revealed, type SecretPart } from "../wire.ts";

interface Props {
  app: string;
  part: SecretPart;
  label: string;
  /** What stands in its place while it is not shown. */
  veil?: string;
  /** Missing where it cannot be copied. */
  copying?: Copying;
}

export function SecretRow({ app, part, label, veil, copying }: Props) {
  const { words } = useSpeech();
  const { revealed, show, hide, asking } = useRevealed(app, part);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div class="fact">
      <span class="label">{label}</span>
      <div class="value">
        {revealed ? <Secret revealed={revealed} notes={part === "notes"} /> : <Veil>{veil}</Veil>}
        <ProblemNote problem={asking.problem} />
      </div>
      <span class="row">
        <button
          type="button"
          class="button small"
          ref={button}
          disabled={asking.busy && !revealed}
          aria-label={revealed ? words.credential.hidePart(label) : words.credential.showPart(label)}
          onClick={revealed ? hide : show}
        >
          {revealed ? words.hide : words.show}
        </button>
        {copying && (
          <button
            type="button"
            class="button small"
            aria-label={words.credential.copyPart(label)}
            onClick={() => copying.copySecret(app, part, label)}
          >
            {words.copy}
          </button>
        )}
      </span>
    </div>
  );
}

function Veil({ children }: { children: string | undefined }) {
  return children ? (
    <span class="dim">{children}</span>
  ) : (
    <span class="veil dim" aria-hidden="true">
      ••••••••••
    </span>
  );
}

function Secret({ revealed, notes }: { revealed: Revealed; notes: boolean }) {
  const text = carried(revealed, "text");
  if (text !== undefined) return notes ? <p class="notes">{text}</p> : <SecretText>{text}</SecretText>;
  const code = carried(revealed, "one_time_code");
  if (code) return <Code {...code} />;
  return <Former passwords={carried(revealed, "former_passwords")?.passwords ?? []} />;
}

function Code({ code, ends_at, period }: { code: string; ends_at: number; period: number }) {
  const words = useSpeech().words;
  const left = Math.min(period, secondsLeft(ends_at, useNow()));
  return (
    <span class="row code-row">
      <code class="secret one-time">{groupCode(code)}</code>
      <progress aria-label={words.time.label} max={period} value={left} />
      <span class="small dim digits" aria-hidden="true">
        {left} s
      </span>
    </span>
  );
}

function Former({ passwords }: { passwords: FormerPassword[] }) {
  const { words, format } = useSpeech();
  return (
    <ul class="former">
      {passwords.map(({ password, until }) => (
        <li key={until}>
          <SecretText>{password}</SecretText>
          <span class="small dim">{words.credential.formerUntil(format.date(until))}</span>
        </li>
      ))}
    </ul>
  );
}
