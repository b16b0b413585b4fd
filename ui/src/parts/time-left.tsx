// How long something still lasts: a bar that shrinks, and minutes and seconds.

import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useWords } from "../speech.ts";
import { formatSeconds, secondsLeft } from "../time.ts";
import { useNow } from "../use-clock.ts";

export function TimeLeft({ end, children }: { end: number; children: ComponentChildren }) {
  const words = useWords();
  const left = secondsLeft(end, useNow());
  // The whole is not told: what was left at first stands for it.
  const whole = useRef({ end, seconds: left });
  if (whole.current.end !== end) whole.current = { end, seconds: left };
  return (
    <div class="time-left">
      <progress aria-label={words.time.label} max={Math.max(1, whole.current.seconds)} value={left} />
      <div class="row small dim">
        <span class="grow">{children}</span>
        <span class="digits">{words.time.left(formatSeconds(left))}</span>
      </div>
    </div>
  );
}
