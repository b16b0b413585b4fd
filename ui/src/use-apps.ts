// The apps that match what is searched for, anew whenever the list changes.

import { useLayoutEffect, useState } from "preact/hooks";
import { ask, toProblem } from "./companion.ts";
import { type AppView, carried, type Problem } from "./wire.ts";

/** As many as somebody would look through; the search finds the others. */
const LIMIT = 200;

export interface Found {
  query: string;
  apps: AppView[];
  recent: number;
  total: number;
}

/** Answers to older questions are dropped, so that the list never jumps back. */
export function useApps(
  query: string,
  changed: number,
  limit: number = LIMIT,
): { found?: Found; problem?: Problem } {
  const [result, setResult] = useState<{ found?: Found; problem?: Problem }>({});
  useLayoutEffect(() => {
    let current = true;
    ask({ apps: { query, limit } })
      .then((response) => {
        const apps = carried(response, "apps");
        if (current && apps) setResult({ found: { query, ...apps } });
      })
      .catch((error) => {
        if (current) setResult((old) => ({ ...old, problem: toProblem(error) }));
      });
    return () => {
      current = false;
    };
  }, [query, changed]);
  return result;
}
