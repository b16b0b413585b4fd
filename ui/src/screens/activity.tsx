// What happened: by days, newest first, filtered as you type, and written to a file.

import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { hostOf } from "../address.ts";
import type { Walk } from "../app.tsx";
import { Empty } from "../parts/empty.tsx";
import { Heading } from "../parts/heading.tsx";
import { Done, Failed, Refused } from "../parts/icons.tsx";
import { Loading } from "../parts/loading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Said } from "../parts/said.tsx";
import { Search } from "../parts/search.tsx";
import { type Speech, useSpeech, useWords } from "../speech.ts";
import { type Day, groupByDay, nameDay } from "../timeline.ts";
import { type Log, useActivity } from "../use-activity.ts";
import { useRequest } from "../use-request.ts";
import { type ActivityLine, carried } from "../wire.ts";
import { ActivityPlot } from "./activity-plot.tsx";

export function Activity({ added, walk }: { added: number; walk: Walk }) {
  const { words: all } = useSpeech();
  const words = all.activity;
  const [query, setQuery] = useState("");
  const { log, problem, older } = useActivity(query.trim(), added);
  const exporting = useRequest();
  const write = async () => {
    const exported = carried(await exporting.send({ export_activity: {} }), "exported");
    walk.say(exported ? words.exported(exported.lines, exported.path) : "");
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") setQuery("");
  };
  return (
    <>
      <header class="row">
        <Heading>{all.places.activity}</Heading>
        <span class="grow" />
        <Search label={words.filter} value={query} onInput={setQuery} onKeyDown={onKey} first />
        <button type="button" class="button" disabled={exporting.busy} onClick={write}>
          {words.export}
        </button>
      </header>
      <ProblemNote problem={problem ?? exporting.problem} />
      <Said>{walk.said}</Said>
      <div class="scroll" aria-busy={!log}>
        {query.trim() === "" && <ActivityPlot added={added} />}
        {!log && !problem && <Loading />}
        {log && <Timeline log={log} older={older} />}
      </div>
    </>
  );
}

function Timeline({ log, older }: { log: Log; older: () => void }) {
  const words = useWords().activity;
  const { lines, more, query } = log;
  return (
    <>
      <p class="hidden" role="status">
        {query !== "" && words.lines(lines.length)}
      </p>
      {lines.length === 0 && <Nothing log={log} />}
      {groupByDay(lines).map((day) => (
        <OneDay day={day} key={day.lines[0]?.sequence} />
      ))}
      {more && (
        <div class="row">
          <button type="button" class="button" onClick={older}>
            {words.older}
          </button>
        </div>
      )}
    </>
  );
}

function Nothing({ log: { query, more } }: { log: Log }) {
  const words = useWords().activity;
  if (query === "") return <Empty heading={words.none}>{words.noneHint}</Empty>;
  return <Empty heading={more ? words.nothingMore(query) : words.nothing(query)} />;
}

function OneDay({ day }: { day: Day }) {
  const { words, format } = useSpeech();
  const name = nameDay(day.at, Date.now());
  const id = `day-${day.lines[0]?.sequence}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{name === "other" ? format.day(day.at) : words.time[name]}</h2>
      <ul class="panel list lines">
        {day.lines.map((line) => (
          <Line line={line} key={line.sequence} />
        ))}
      </ul>
    </section>
  );
}

function Line({ line }: { line: ActivityLine }) {
  const speech = useSpeech();
  const words = speech.words.activity;
  const why = sayWhy(line, speech);
  const Sign = SIGNS[line.outcome] ?? Failed;
  return (
    <li>
      <time class="dim digits" dateTime={new Date(line.at).toISOString()}>
        {speech.format.time(line.at)}
      </time>
      <Sign />
      <span class="what">
        {sayWhat(line, speech)}
        {why && <span class="small dim">{why}</span>}
      </span>
      <span class="small dim">{line.browser ?? words.thisLaptop}</span>
    </li>
  );
}

const SIGNS: Record<string, FunctionComponent> = { done: Done, refused: Refused };

/** Events whose words say by themselves that something was not done. */
const SAY_SO = ["copy_found", "fill_refused", "pairing_refused", "sign_in_failed", "signed_out"];

function sayWhat(line: ActivityLine, { words: { activity: words } }: Speech): string {
  const { app, browser, account, event, outcome } = line;
  const host = line.origin ? hostOf(line.origin) : "";
  const say = words.events[event];
  const what = say
    ? say({ app: app ?? "", browser: browser ?? "", account: account ?? "", host })
    : event.replaceAll("_", " ");
  if (outcome === "done" || SAY_SO.includes(event)) return what;
  return words.notDone(outcome === "refused" ? words.outcomes.refused : words.outcomes.failed, what);
}

/** Why, in the language that is spoken; a bare number counts logins, and several settings stand in a row. */
function sayWhy({ reason, origin, app }: ActivityLine, { words, translate, tell }: Speech): string {
  if (!reason) return app && origin ? hostOf(origin) : "";
  if (/^\d+$/.test(reason)) return words.activity.logins(Number(reason));
  const whole = translate(reason);
  const why = whole === reason ? reason.split(", ").map(translate).join(", ") : reason;
  return tell(why).replace(/\.$/, "");
}
