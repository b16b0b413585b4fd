// What was copied, and for how long it stays on the clipboard. The seconds run silently: readers hear it once.

import { useSpeech } from "../speech.ts";
import { secondsLeft } from "../time.ts";
import { useNow } from "../use-clock.ts";
import type { Copied } from "../use-copy.ts";

export function CopiedNote({ copied }: { copied: Copied | undefined }) {
  const { words: all } = useSpeech();
  const words = all.credential;
  const told =
    copied?.until === undefined
      ? copied && words.copiedPlain(copied.what)
      : words.copied(copied.what, copied.seconds);
  return (
    <>
      <p class={copied?.until === undefined && copied ? "note" : "hidden"} role="status">
        {told}
      </p>
      {copied?.until !== undefined && <Countdown copied={copied} until={copied.until} />}
    </>
  );
}

function Countdown({ copied, until }: { copied: Copied; until: number }) {
  const words = useSpeech().words.credential;
  const left = secondsLeft(until, useNow());
  return (
    <div class="note counting" aria-hidden="true">
      <span class="grow">{left > 0 ? words.copiedPlain(copied.what) : words.cleared}</span>
      {left > 0 && (
        <>
          <progress max={Math.max(1, copied.seconds)} value={left} />
          <span class="digits">{words.clears(left)}</span>
        </>
      )}
    </div>
  );
}
