// A question to the person. Anything but the button that says yes is a no.

import { useEffect } from "preact/hooks";
import { Card } from "../parts/card.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { TimeLeft } from "../parts/time-left.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { type Question as Asked, carried, type QuestionSubject } from "../wire.ts";

export function Question({ question: { question, subject, expires_at } }: { question: Asked }) {
  const words = useWords().question;
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

  const { heading, about, meaning, caution, yes } = sayQuestion(subject, words);
  return (
    <Card heading={heading} narrow>
      <div class="text">
        {about && <p class="dim">{about}</p>}
        <p>{meaning}</p>
        <p>{caution}</p>
      </div>
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="button" class="button primary" disabled={busy} onClick={() => answer(true)}>
          {yes}
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => answer(false)}>
          {words.no}
        </button>
      </div>
      <TimeLeft end={expires_at}>{words.ends}</TimeLeft>
    </Card>
  );
}

interface Said {
  heading: string;
  about?: string;
  meaning: string;
  caution: string;
  yes: string;
}

function sayQuestion(subject: QuestionSubject, words: ReturnType<typeof useWords>["question"]): Said {
  const reveal = carried(subject, "reveal");
  if (reveal) {
    return {
      heading: words.reveal(words.parts[reveal.part], reveal.app),
      meaning: reveal.user_name ? words.revealMeaning(reveal.user_name) : words.revealMeaningNoUser,
      caution: words.revealCaution,
      yes: words.revealYes,
    };
  }
  const exported = carried(subject, "export");
  if (exported) {
    return {
      heading: words.export(exported.credentials),
      meaning: words.exportMeaning,
      caution: words.exportCaution,
      yes: words.exportYes,
    };
  }
  const restore = carried(subject, "restore");
  if (restore) {
    return {
      heading: words.restore(restore.credentials),
      meaning: restore.older ? words.restoreOlder : words.restoreMeaning,
      caution: words.restoreCaution,
      yes: words.restoreYes,
    };
  }
  if (carried(subject, "rekey")) {
    return {
      heading: words.rekey,
      meaning: words.rekeyMeaning,
      caution: words.rekeyCaution,
      yes: words.rekeyYes,
    };
  }
  const added = carried(subject, "add_key");
  if (added) {
    return {
      heading: words.addKey(added.name),
      meaning: words.addKeyMeaning,
      caution: words.addKeyCaution,
      yes: words.addKeyYes,
    };
  }
  const removed = carried(subject, "remove_key");
  if (removed) {
    return {
      heading: words.removeKey(removed.name),
      meaning: words.removeKeyMeaning,
      caution: words.removeKeyCaution,
      yes: words.removeKeyYes,
    };
  }
  const revoke = carried(subject, "revoke");
  if (revoke) {
    return {
      heading: words.revoke(revoke.browser),
      about: words.profile(revoke.profile),
      meaning: words.revokeMeaning,
      caution: words.revokeCaution,
      yes: words.revokeYes,
    };
  }
  const { browser, profile } = carried(subject, "pair") ?? { browser: "", profile: "" };
  return {
    heading: words.connect(browser),
    about: words.profile(profile),
    meaning: words.connectMeaning(browser),
    caution: words.connectCaution,
    yes: words.connectYes,
  };
}
