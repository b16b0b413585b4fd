// The window: one screen at a time, chosen from the state.

import { useEffect, useState } from "preact/hooks";
import { Card } from "./parts/card.tsx";
import { ProblemNote } from "./parts/problem-note.tsx";
import { Sidebar } from "./parts/sidebar.tsx";
import { chooseScreen, type Place, type Screen, screenKey } from "./screen.ts";
import { Apps } from "./screens/apps.tsx";
import { Locked } from "./screens/locked.tsx";
import { Question } from "./screens/question.tsx";
import { Settings } from "./screens/settings.tsx";
import { SignIn } from "./screens/sign-in.tsx";
import { Unavailable } from "./screens/unavailable.tsx";
import { strings } from "./strings.ts";
import { type News, useCompanion } from "./use-companion.ts";
import type { State } from "./wire.ts";

export function App() {
  const news = useCompanion();
  const [place, setPlace] = useState<Place>("apps");
  const [kept, setKept] = useState<string>();

  useEffect(() => {
    if (news.shown?.page === "apps") setPlace("apps");
  }, [news.shown]);
  useSearchKey(() => setPlace("apps"));

  const { state } = news;
  if (!state) return <Waiting news={news} />;

  const screen = chooseScreen(state, place);
  const alone = screen.is === "question" || screen.is === "unavailable" || screen.is === "sign_in";
  const locked = "locked" in state.vault;
  return (
    <>
      {!alone && state.account && (
        <Sidebar place={place} go={setPlace} account={state.account} locked={locked} />
      )}
      <main class={alone ? "alone" : ""} key={screenKey(screen)}>
        {kept && screen.is !== "question" && (
          <p class="note" role="status">
            {strings.unavailable.kept(kept)}
          </p>
        )}
        <Shown screen={screen} state={state} news={news} keep={setKept} />
      </main>
    </>
  );
}

interface Props {
  screen: Screen;
  state: State;
  news: News;
  keep: (path: string) => void;
}

function Shown({ screen, state, news, keep }: Props) {
  switch (screen.is) {
    case "question":
      return <Question question={screen.question} />;
    case "unavailable":
      return <Unavailable vault={screen.vault} keep={keep} />;
    case "sign_in":
      return <SignIn progress={screen.progress} provider={state.provider} />;
    case "settings":
      return <Settings state={state} version={news.version ?? ""} />;
    case "locked":
      return <Locked />;
    case "apps":
      return <Apps state={state} changed={news.appsChanged} />;
  }
}

/** Before the companion has answered: empty and calm, unless it cannot. */
function Waiting({ news }: { news: News }) {
  return (
    <main class="alone" aria-busy={!news.problem}>
      {news.problem && (
        <Card heading={strings.brand} narrow>
          <ProblemNote problem={news.problem} />
        </Card>
      )}
    </main>
  );
}

/** Ctrl+K leads to the search from anywhere. */
function useSearchKey(leadThere: () => void): void {
  useEffect(() => {
    const left = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      leadThere();
      document.querySelector<HTMLInputElement>("input[type=search]")?.select();
    };
    addEventListener("keydown", onKey, left);
    return () => left.abort();
  }, []);
}
