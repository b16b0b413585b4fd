// A question to the person. Anything but the button that says yes is a no, and where the PIN is asked for that is the yes.

import { useEffect } from "preact/hooks";
import { Card } from "../parts/card.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { TimeLeft } from "../parts/time-left.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import {
  type Question as Asked,
  carried,
  type QuestionSubject,
  type SlotWish,
  type WaysIn,
} from "../wire.ts";
import { EnterPin } from "./pin-forms.tsx";

interface Props {
  question: Asked;
  ways: WaysIn;
}

export function Question({ question: { question, subject, pin, expires_at }, ways }: Props) {
  const words = useWords().question;
  const asking = useRequest();
  const { send, busy, problem } = asking;
  const answer = (yes: boolean) => send({ answer: { question, yes } });

  useEffect(() => {
    const left = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") answer(false);
    };
    addEventListener("keydown", onKey, left);
    return () => left.abort();
  }, [question]);

  const { heading, about, meaning, code, caution, yes, no } = sayQuestion(subject, words);
  const refuse = (
    <button type="button" class="button" disabled={busy} onClick={() => answer(false)}>
      {no ?? words.no}
    </button>
  );
  return (
    <Card heading={heading} narrow>
      <div class="text">
        {about && <p class="dim">{about}</p>}
        <p>{meaning}</p>
        {code && (
          <output class="code" aria-label={words.code([...code].join(" "))}>
            {code}
          </output>
        )}
        <p>{caution}</p>
      </div>
      {pin ? (
        <EnterPin
          yes={yes}
          enter={(pin) => send({ answer_with_pin: { question, pin } })}
          asking={asking}
          until={ways.pin_waits_until}
        >
          {refuse}
        </EnterPin>
      ) : (
        <>
          <ProblemNote problem={problem} />
          <div class="row">
            <button type="button" class="button primary" disabled={busy} onClick={() => answer(true)}>
              {yes}
            </button>
            {refuse}
          </div>
        </>
      )}
      <TimeLeft end={expires_at}>{words.ends}</TimeLeft>
    </Card>
  );
}

interface Said {
  heading: string;
  about?: string;
  meaning: string;
  /** To be compared with the one in the browser. */
  code?: string;
  caution: string;
  yes: string;
  no?: string;
}

function sayQuestion(subject: QuestionSubject, words: ReturnType<typeof useWords>["question"]): Said {
  const fill = carried(subject, "fill");
  if (fill) {
    return {
      heading: words.fill(fill.app),
      ...(fill.user_name && { about: fill.user_name }),
      meaning: words.fillMeaning(fill.browser),
      caution: words.fillCaution,
      yes: words.fillYes,
    };
  }
  const stop = carried(subject, "stop_asking");
  if (stop) {
    return {
      heading: words.stopAsking(stop.app),
      meaning: words.stopAskingMeaning,
      caution: words.stopAskingCaution,
      yes: words.stopAskingYes,
    };
  }
  const first = carried(subject, "first_key");
  if (first) {
    return {
      heading: words.addKey(first.name),
      meaning: words.firstKeyMeaning,
      caution: words.firstKeyCaution,
      yes: words.addKeyYes,
    };
  }
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
  const vault = carried(subject, "export_vault");
  if (vault) {
    const { credentials, left_out, path, keys } = vault;
    return {
      heading: words.exportVault(credentials),
      ...(left_out > 0 && { about: words.exportVaultLeftOut(left_out) }),
      meaning:
        keys.length > 0 ? words.exportVaultKeys(path, keys.join(", ")) : words.exportVaultPassphrase(path),
      caution: words.exportVaultCaution,
      yes: words.exportVaultYes,
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
  if (carried(subject, "unlock")) {
    return {
      heading: words.unlock,
      meaning: words.unlockMeaning,
      caution: words.unlockCaution,
      yes: words.unlockYes,
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
  const slots = carried(subject, "slots");
  if (slots) {
    return {
      heading: wishOf(slots.wish, words),
      meaning: words.slotsMeaning,
      caution: words.slotsCaution,
      yes: words.slotsYes,
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
  const { browser, profile, code } = carried(subject, "pair") ?? { browser: "", profile: "", code: "" };
  return {
    heading: words.connect(browser),
    about: words.profile(profile),
    meaning: words.connectMeaning(browser),
    code,
    caution: words.connectCaution,
    yes: words.connectYes,
    no: words.connectNo,
  };
}

function wishOf(wish: SlotWish, words: ReturnType<typeof useWords>["question"]): string {
  const remove = carried(wish, "remove");
  if (remove) return words.slotsRemove(words.slotKinds[remove.kind] ?? remove.kind);
  if ("pin" in wish) return words.slotsPin;
  if ("always_ask" in wish) return words.slotsAlwaysAsk;
  if ("ask_no_more" in wish) return words.slotsAskNoMore;
  return words.slotsCode;
}
