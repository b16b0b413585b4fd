// The apps as a grid of tiles or as a list: search as you type, Enter launches.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Walk } from "../app.tsx";
import { nextSpot } from "../grid.ts";
import { type Group, groupApps } from "../groups.ts";
import { Empty } from "../parts/empty.tsx";
import { Heading } from "../parts/heading.tsx";
import { Loading } from "../parts/loading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Said } from "../parts/said.tsx";
import { Search } from "../parts/search.tsx";
import { Tile } from "../parts/tile.tsx";
import { useWords } from "../speech.ts";
import { type Found, useApps } from "../use-apps.ts";
import { useCopy } from "../use-copy.ts";
import { useLaunch } from "../use-launch.ts";
import type { AppView, State } from "../wire.ts";
import { FirstSteps } from "./first-steps.tsx";
import { OfferToSave } from "./offer-to-save.tsx";

/** What the list looks like, kept while another screen is shown. */
export interface ListState {
  query: string;
  /** Whether it is a list rather than a grid. */
  rows: boolean;
  /** The app that was looked at last, to come back to. */
  last?: string;
}

interface Props {
  state: State;
  changed: number;
  walk: Walk;
  list: ListState;
}

export function AppList({ state, changed, walk, list }: Props) {
  const words = useWords();
  const [query, setQuery] = useState(list.query);
  const [rows, setRows] = useState(list.rows);
  Object.assign(list, { query, rows });
  const { found, problem } = useApps(query.trim(), changed);
  const launching = useLaunch(walk.say);
  const copying = useCopy();
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const tiles = () => [...(grid.current?.querySelectorAll<HTMLButtonElement>("button.app") ?? [])];
  const details = ({ app }: AppView) => {
    list.last = app;
    walk.go({ at: "credential", app });
  };
  useReturn(list, found, tiles);

  const copy = async (app: AppView, secret: boolean) => {
    if (!secret) {
      const copied = await copying.copyText(app.user_name, words.credential.userName);
      return walk.say(copied ? words.list.userNameCopied(app.name) : words.list.notCopied);
    }
    const copied = await copying.copySecret(app.app, "password", words.credential.password);
    walk.say(copied ? words.list.passwordCopied(app.name, copied.seconds) : "");
  };
  const onSearchKey = (event: KeyboardEvent) => {
    const first = found?.query === query.trim() ? found.apps[0] : undefined;
    if (event.key === "ArrowDown") tiles()[0]?.focus();
    else if (event.key === "Enter" && query.trim() && first)
      event.ctrlKey ? details(first) : launching.launch(first);
    else if (event.key === "Escape") setQuery("");
    else return;
    event.preventDefault();
  };
  const onGridKey = (event: KeyboardEvent) => {
    const all = tiles();
    const from = all.findIndex((tile) => tile.parentElement?.contains(event.target as Node));
    const app = found?.apps.find(({ app }) => app === all[from]?.dataset.app);
    if (event.key === "Escape") search.current?.select();
    else if (event.ctrlKey && event.key.toLowerCase() === "c" && app) copy(app, event.shiftKey);
    else if (event.ctrlKey && event.key === "Enter" && app) details(app);
    else if (!moveFrom(all, from, event.key)) {
      if (event.key !== "ArrowUp" || from < 0) return;
      search.current?.select();
    }
    event.preventDefault();
  };

  const empty = found?.total === 0 && found.query === "";
  return (
    <>
      <header class="row">
        <Heading>{words.places.apps}</Heading>
        <span class="grow" />
        {found && !empty && <View rows={rows} choose={setRows} />}
        <button type="button" class="button" onClick={() => walk.go({ at: "add" })}>
          {words.list.add}
        </button>
      </header>
      <Search
        input={search}
        first
        label={words.list.search}
        value={query}
        onInput={setQuery}
        onKeyDown={onSearchKey}
      />
      <ProblemNote problem={problem ?? launching.problem ?? copying.problem} />
      <Said>{walk.said}</Said>
      <div class="scroll" ref={grid} onKeyDown={onGridKey} aria-busy={!found}>
        {found && query.trim() === "" && <OfferToSave state={state} />}
        {!found && !problem && <Loading />}
        {empty && <FirstSteps state={state} walk={walk} />}
        {found && !empty && found.total === 0 && (
          <Empty heading={words.list.nothing(found.query)}>{words.list.nothingHint}</Empty>
        )}
        {found && (
          <Groups found={found} rows={rows} state={state} launch={launching.launch} details={details} />
        )}
      </div>
    </>
  );
}

function View({ rows, choose }: { rows: boolean; choose: (rows: boolean) => void }) {
  const words = useWords().list;
  return (
    <div class="segments" role="group" aria-label={words.view}>
      <button type="button" aria-pressed={!rows} onClick={() => choose(false)}>
        {words.grid}
      </button>
      <button type="button" aria-pressed={rows} onClick={() => choose(true)}>
        {words.list}
      </button>
    </div>
  );
}

interface GroupsProps {
  found: Found;
  rows: boolean;
  state: State;
  launch: (app: AppView) => void;
  details: (app: AppView) => void;
}

function Groups({ found, rows, state, launch, details }: GroupsProps) {
  const words = useWords();
  const { apps, recent, total, query } = found;
  const first = apps[0];
  return (
    <>
      <p class="hidden" role="status">
        {query !== "" && total > 0 && words.list.found(total)}
      </p>
      {groupApps(apps, recent, query !== "").map((group) => (
        <section key={group.is} aria-labelledby={`group-${group.is}`}>
          <h2 id={`group-${group.is}`}>{headingOf(group, state, total, words.list)}</h2>
          <ul class={rows ? "rows" : "grid"}>
            {group.apps.map((app) => (
              <li key={app.app}>
                <Tile
                  app={app}
                  launch={launch}
                  details={details}
                  first={query !== "" && app === first}
                  tabbed={app === first}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {total > apps.length && <p class="small dim">{words.list.more(apps.length, total)}</p>}
      {total > 0 && <p class="small dim keys">{words.list.keys}</p>}
    </>
  );
}

function headingOf(
  group: Group,
  state: State,
  total: number,
  words: ReturnType<typeof useWords>["list"],
): string {
  switch (group.is) {
    case "found":
      return words.found(total);
    case "recent":
      return words.recent;
    case "organisation":
      return words.organisation(state.organisation ?? state.account?.provider_host ?? "");
    case "personal":
      return words.personal;
  }
}

/** Leads to the tile that an arrow key means; says whether there is one. */
function moveFrom(tiles: HTMLElement[], from: number, key: string): boolean {
  const next = nextSpot(
    tiles.map((tile) => tile.getBoundingClientRect()),
    from,
    key,
  );
  if (next === undefined) return false;
  tiles[next]?.focus();
  return true;
}

/** Whoever comes back from an app finds the cursor on it. */
function useReturn(list: ListState, found: Found | undefined, tiles: () => HTMLElement[]): void {
  useEffect(() => {
    if (!found || list.last === undefined) return;
    tiles()
      .find((tile) => tile.dataset.app === list.last)
      ?.focus();
    delete list.last;
  }, [found !== undefined]);
}
