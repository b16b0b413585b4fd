// The apps as a grid of tiles: search as you type, Enter launches.

import { useRef, useState } from "preact/hooks";
import { copy } from "../copy.ts";
import { nextSpot } from "../grid.ts";
import { type Group, groupApps } from "../groups.ts";
import { Heading } from "../parts/heading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Tile } from "../parts/tile.tsx";
import { strings } from "../strings.ts";
import { type Found, useApps } from "../use-apps.ts";
import { useRequest } from "../use-request.ts";
import { type AppView, carried, type State } from "../wire.ts";
import { FirstSteps } from "./first-steps.tsx";

const words = strings.list;

interface Props {
  state: State;
  changed: number;
  add: () => void;
  /** What was done last, for the status line. */
  said: string;
  say: (what: string) => void;
}

export function AppList({ state, changed, add, said, say }: Props) {
  const [query, setQuery] = useState("");
  const { found, problem } = useApps(query.trim(), changed);
  const launching = useRequest();
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const launch = async (app: AppView) => {
    const response = await launching.send({ launch: { app: app.app } });
    const launched = response && carried(response, "launched");
    if (!launched) return say("");
    say(launched.browser ? words.opens(app.name, launched.browser) : words.opensUnconnected(app.name));
  };
  const tiles = () => [...(list.current?.querySelectorAll<HTMLButtonElement>("button.app") ?? [])];

  const onSearchKey = (event: KeyboardEvent) => {
    const first = found?.query === query.trim() ? found.apps[0] : undefined;
    if (event.key === "ArrowDown") tiles()[0]?.focus();
    else if (event.key === "Enter" && query.trim() && first) launch(first);
    else if (event.key === "Escape") setQuery("");
    else return;
    event.preventDefault();
  };
  const onGridKey = (event: KeyboardEvent) => {
    const all = tiles();
    const from = all.indexOf(event.target as HTMLButtonElement);
    const app = found?.apps.find(({ app }) => app === all[from]?.dataset.app);
    if (event.key === "Escape") return search.current?.select();
    if (event.ctrlKey && !event.shiftKey && event.key === "c" && app) {
      copy(app.user_name).then((copied) => copied && say(words.userNameCopied(app.name)));
      return event.preventDefault();
    }
    const spots = all.map((tile) => tile.getBoundingClientRect());
    const next = nextSpot(spots, from, event.key);
    if (next !== undefined) all[next]?.focus();
    else if (event.key === "ArrowUp") search.current?.select();
    else return;
    event.preventDefault();
  };

  const empty = found?.total === 0 && found.query === "";
  return (
    <>
      <header class="row">
        <Heading>{strings.apps}</Heading>
        <span class="grow" />
        <button type="button" class="button" onClick={add}>
          {words.add}
        </button>
      </header>
      <div class="search">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="7" cy="7" r="4.5" />
          <path d="m10.5 10.5 3.5 3.5" />
        </svg>
        <input
          ref={search}
          type="search"
          data-first
          value={query}
          placeholder={words.search}
          aria-label={words.search}
          aria-keyshortcuts="Control+K"
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={onSearchKey}
        />
        <kbd aria-hidden="true">{words.searchKey}</kbd>
      </div>
      <ProblemNote problem={problem ?? launching.problem} />
      <p class={state.notice || said ? "note" : "note none"} role="status">
        {strings.sentence(state.notice ?? said)}
      </p>
      <div class="scroll" ref={list} onKeyDown={onGridKey} aria-busy={!found}>
        {empty && <FirstSteps browsers={state.browsers} />}
        {found && !empty && found.total === 0 && <Nothing query={found.query} />}
        {found && <Groups found={found} host={state.account?.provider_host ?? ""} launch={launch} />}
      </div>
    </>
  );
}

function Groups({ found, host, launch }: { found: Found; host: string; launch: (app: AppView) => void }) {
  const { apps, recent, total, query } = found;
  const first = apps[0];
  return (
    <>
      {groupApps(apps, recent, query !== "").map((group) => (
        <section key={group.is} aria-labelledby={`group-${group.is}`}>
          <h2 id={`group-${group.is}`}>{headingOf(group, host, total)}</h2>
          <ul class="grid">
            {group.apps.map((app) => (
              <li key={app.app}>
                <Tile app={app} launch={launch} first={query !== "" && app === first} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {total > apps.length && <p class="small dim">{words.more(apps.length, total)}</p>}
    </>
  );
}

function headingOf(group: Group, host: string, total: number): string {
  switch (group.is) {
    case "found":
      return words.found(total);
    case "recent":
      return words.recent;
    case "organisation":
      return words.organisation(host);
    case "personal":
      return words.personal;
  }
}

function Nothing({ query }: { query: string }) {
  return (
    <div class="nothing">
      <p>
        <b>{words.nothing(query)}</b>
      </p>
      <p class="dim">{words.nothingHint}</p>
    </div>
  );
}
