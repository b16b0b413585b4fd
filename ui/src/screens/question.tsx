// A question to the person. Anything but the button that says yes is a no.

import { useEffect } from "preact/hooks";
import { Card } from "../parts/card.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { TimeLeft } from "../parts/time-left.tsx";
import { strings } from "../strings.ts";
import { useRequest } from "../use-request.ts";
import type { Question as Asked } from "../wire.ts";

const words = strings.question;

export function Question({ question: { question, subject, expires_at } }: { question: Asked }) {
  const { send, busy, problem } = useRequest();
  const answer = (yes: boolean) => send({ answer: { question, yes } });

  useEffect(() => {
    const left = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") answer(false);
    };
    addEventListener("keydown", onKey, left);
    return () => left.abort();
  }, [question]);

  const { browser, profile } = subject.pair;
  return (
    <Card heading={words.connect(browser)} narrow>
      <div class="text">
        <p class="dim">{words.profile(profile)}</p>
        <p>{words.meaning(browser)}</p>
        <p>{words.caution}</p>
      </div>
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="button" class="button primary" disabled={busy} onClick={() => answer(true)}>
          {words.yes}
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => answer(false)}>
          {words.no}
        </button>
      </div>
      <TimeLeft end={expires_at}>{words.ends}</TimeLeft>
    </Card>
  );
}
