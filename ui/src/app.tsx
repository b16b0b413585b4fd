// The window: one screen at a time, chosen from the state and from where the person wants to be.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { usePageLook } from "./look.ts";
import { Card } from "./parts/card.tsx";
import { Palette } from "./parts/palette.tsx";
import { ProblemNote } from "./parts/problem-note.tsx";
import { Said } from "./parts/said.tsx";
import { Sidebar } from "./parts/sidebar.tsx";
import { backFrom, chooseScreen, placeOf, type Route, routeOf, type Screen, screenKey } from "./screen.ts";
import { Activity } from "./screens/activity.tsx";
import { AddApp } from "./screens/add-app.tsx";
import { AppList, type ListState } from "./screens/app-list.tsx";
import { Browsers } from "./screens/browsers.tsx";
import { Credential } from "./screens/credential.tsx";
import { EditApp } from "./screens/edit-app.tsx";
import { Locked } from "./screens/locked.tsx";
import { Question } from "./screens/question.tsx";
import { Recovery } from "./screens/recovery.tsx";
import { Security } from "./screens/security.tsx";
import { Settings } from "./screens/settings.tsx";
import { SignIn } from "./screens/sign-in.tsx";
import { Unavailable } from "./screens/unavailable.tsx";
import { makeSpeech, SpeechContext, useWords } from "./speech.ts";
import { type News, useCompanion } from "./use-companion.ts";
import type { State } from "./wire.ts";

export function App() {
  const news = useCompanion();
  const settings = news.state?.settings;
  const chosen = settings?.language ?? null;
  const speech = useMemo(() => makeSpeech(chosen, navigator.languages), [chosen]);
  usePageLook(speech.language, settings?.theme);
  return (
    <SpeechContext.Provider value={speech}>
      {news.state ? <Screens news={news} state={news.state} /> : <Waiting news={news} />}
    </SpeechContext.Provider>
  );
}

/** Where the person is, what was said last, and what leads elsewhere. */
export interface Walk {
  route: Route;
  go: (route: Route, said?: string) => void;
  said: string;
  say: (what: string) => void;
}

function Screens({ news, state }: { news: News; state: State }) {
  const words = useWords();
  const [{ route, said }, setAt] = useState<{ route: Route; said: string }>({
    route: { at: "apps" },
    said: "",
  });
  const [kept, setKept] = useState<string>();
  const [finding, setFinding] = useState(false);
  const list = useRef<ListState>({ query: "", rows: false });

  const walk: Walk = {
    route,
    said,
    go: (next, said = "") => setAt({ route: next, said }),
    say: (what) => setAt((old) => ({ ...old, said: what })),
  };
  const screen = chooseScreen(state, route);
  const asking = screen.is === "question";
  const alone = asking || screen.is === "unavailable" || screen.is === "sign_in";

  useEffect(() => {
    const leads = news.shown && routeOf(news.shown.page);
    if (leads) walk.go(leads);
  }, [news.shown]);
  useEffect(() => {
    if (asking) setFinding(false);
  }, [asking]);
  useKey("k", () => {
    if (!asking) setFinding(true);
  });
  useBack(screen, walk);

  return (
    <>
      {!alone && state.account && (
        <Sidebar
          place={placeOf(route)}
          go={(at) => walk.go({ at })}
          find={() => setFinding(true)}
          account={state.account}
          locked={"locked" in state.vault}
        />
      )}
      <main class={alone ? "alone" : ""} key={screenKey(screen)}>
        {kept && !asking && <Said>{kept}</Said>}
        {state.key_asked_in && <Said>{words.keys.asked(state.key_asked_in)}</Said>}
        <Shown screen={screen} state={state} news={news} walk={walk} keep={setKept} list={list.current} />
      </main>
      {finding && <Palette state={state} walk={walk} close={() => setFinding(false)} />}
    </>
  );
}

interface Props {
  screen: Screen;
  state: State;
  news: News;
  walk: Walk;
  keep: (said: string) => void;
  list: ListState;
}

function Shown({ screen, state, news, walk, keep, list }: Props) {
  switch (screen.is) {
    case "question":
      return <Question question={screen.question} ways={state.ways_in} />;
    case "unavailable":
      return <Unavailable vault={screen.vault} ways={state.ways_in} keep={keep} />;
    case "sign_in":
      return <SignIn progress={screen.progress} provider={state.provider} />;
    case "locked":
      return <Locked ways={state.ways_in} say={keep} />;
    case "route":
      return <AtRoute route={screen.route} state={state} news={news} walk={walk} list={list} />;
  }
}

function AtRoute({ route, state, news, walk, list }: Omit<Props, "screen" | "keep"> & { route: Route }) {
  switch (route.at) {
    case "apps":
      return <AppList state={state} changed={news.appsChanged} walk={walk} list={list} />;
    case "add":
      return <AddApp walk={walk} />;
    case "credential":
      return <Credential app={route.app} changed={news.appsChanged} state={state} walk={walk} list={list} />;
    case "edit":
      return <EditApp app={route.app} ways={state.ways_in} walk={walk} />;
    case "activity":
      return <Activity added={news.activityAdded} walk={walk} />;
    case "browsers":
      return <Browsers state={state} />;
    case "security":
      return <Security locked={"locked" in state.vault} walk={walk} />;
    case "recovery":
      return <Recovery state={state} walk={walk} />;
    case "settings":
      return <Settings state={state} version={news.version ?? ""} />;
  }
}

/** Before the companion has answered: empty and calm, unless it cannot. */
function Waiting({ news }: { news: News }) {
  const words = useWords();
  return (
    <main class="alone" aria-busy={!news.problem}>
      {news.problem && (
        <Card heading={words.brand} narrow>
          <ProblemNote problem={news.problem} />
        </Card>
      )}
    </main>
  );
}

/** Ctrl and a key, from anywhere. */
function useKey(key: string, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const left = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.shiftKey || event.key.toLowerCase() !== key) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", onKey, left);
    return () => left.abort();
  }, []);
}

/** Escape steps back, unless a part of the screen has a use for it. */
function useBack(screen: Screen, walk: Walk): void {
  const back = screen.is === "route" ? backFrom(screen.route) : undefined;
  const latest = useRef<() => void>(undefined);
  latest.current = back && (() => walk.go(back));
  useEffect(() => {
    const left = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      const free = !event.defaultPrevented && !document.querySelector("dialog[open]");
      if (event.key === "Escape" && free) latest.current?.();
    };
    addEventListener("keydown", onKey, left);
    return () => left.abort();
  }, []);
}
