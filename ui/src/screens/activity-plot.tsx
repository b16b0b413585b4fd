// How many pages were filled on each of the last days, and how often something was refused.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../companion.ts";
import { startOfDay } from "../format.ts";
import { useSpeech } from "../speech.ts";
import { type Bar, sumByDay } from "../timeline.ts";
import { type ActivityHour, carried } from "../wire.ts";

const DAYS = 28;

/** In units of the drawing, which is stretched to the width of the screen. */
const HEIGHT = 56;
const BAR = 10;
const GAP = 2;

export function ActivityPlot({ added }: { added: number }) {
  const { words: all, format } = useSpeech();
  const words = all.activity;
  const [hours, setHours] = useState<ActivityHour[]>();
  useEffect(() => {
    let current = true;
    ask({ activity_hours: { since: startOfDay(Date.now(), DAYS - 1) } })
      .then((answer) => current && setHours(carried(answer, "activity_hours")?.hours))
      // The log below says what is wrong with it.
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [added]);
  if (!hours) return null;

  const bars = sumByDay(hours, DAYS, Date.now());
  const filled = bars.reduce((sum, bar) => sum + bar.filled, 0);
  const refused = bars.reduce((sum, bar) => sum + bar.refused, 0);
  if (filled + refused === 0) return null;
  const busiest = bars.reduce((most, bar) => (bar.filled > most.filled ? bar : most));
  const told = [words.plot(DAYS), words.totals(filled, refused)];
  const label = `${told.join(": ")}. ${words.plotBusiest(format.date(busiest.at), busiest.filled)}`;
  const highest = Math.max(...bars.map((bar) => bar.filled + bar.refused));
  return (
    <figure class="plot">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${DAYS * BAR - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {bars.map((bar, index) => (
          <Column bar={bar} x={index * BAR} highest={highest} key={bar.at}>
            {words.bar(format.shortDay(bar.at), bar.filled, bar.refused)}
          </Column>
        ))}
      </svg>
      <figcaption class="row small dim">
        <span class="grow">{words.plotDays(DAYS)}</span>
        {words.totals(filled, refused)}
      </figcaption>
    </figure>
  );
}

/** Refusals stand on top. A day without anything has a line, so that it is seen to be a day. */
function Column({ bar, x, highest, children }: { bar: Bar; x: number; highest: number; children: string }) {
  const height = (count: number) => (count === 0 ? 0 : Math.max(2, (count / highest) * (HEIGHT - 4)));
  const [filled, refused] = [height(bar.filled), height(bar.refused)];
  const width = BAR - GAP;
  return (
    <g>
      <title>{children}</title>
      <rect class="hover" x={x} y={0} width={width} height={HEIGHT} />
      <rect class="none" x={x} y={HEIGHT - 1} width={width} height={1} />
      <rect class="filled" x={x} y={HEIGHT - filled} width={width} height={filled} />
      <rect class="refused" x={x} y={HEIGHT - filled - refused} width={width} height={refused} />
    </g>
  );
}
