// What the companion says, as state of the page.

import { useLayoutEffect, useState } from "preact/hooks";
import { ask, listen, type Told, toProblem } from "./companion.ts";
import type { Page, Problem, State } from "./wire.ts";

export interface News {
  state?: State;
  version?: string;
  /** What somebody asked to see, and how often anything was asked for. */
  shown?: { page: Page; turn: number };
  /** Counts changes of the list of apps. */
  appsChanged: number;
  /** Counts new lines of the activity log. */
  activityAdded: number;
  /** Why nothing came. */
  problem?: Problem;
}

/** Listens first and says hello then, so that no event is missed. */
export function useCompanion(): News {
  const [news, setNews] = useState<News>({ appsChanged: 0, activityAdded: 0 });
  useLayoutEffect(() => {
    const begin = async () => {
      await listen((told) => setNews((old) => applyTold(old, told)));
      await ask({ hello: {} });
    };
    begin().catch((error) => setNews((old) => ({ ...old, problem: toProblem(error) })));
  }, []);
  return news;
}

function applyTold(old: News, told: Told): News {
  if ("welcome" in told) {
    const { state, page, companion_version: version } = told.welcome;
    return { ...show(old, page), state, version };
  }
  if ("state" in told) return { ...old, state: told.state };
  if ("show" in told) return show(old, told.show.page);
  if ("activity_added" in told) return { ...old, activityAdded: old.activityAdded + 1 };
  return { ...old, appsChanged: old.appsChanged + 1 };
}

function show(old: News, page: Page): News {
  return { ...old, shown: { page, turn: (old.shown?.turn ?? 0) + 1 } };
}
