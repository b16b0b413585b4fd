// The activity log, newest first: filtered, kept up to date, and as far back as somebody looked.

import { useEffect, useState } from "preact/hooks";
import { ask, toProblem } from "./companion.ts";
import { joinLines } from "./timeline.ts";
import { type ActivityLine, carried, type Problem } from "./wire.ts";

/** Lines in one request. */
const PAGE = 100;

export interface Log {
  query: string;
  lines: ActivityLine[];
  /** Whether there are older ones. */
  more: boolean;
}

export function useActivity(
  query: string,
  added: number,
): { log?: Log; problem?: Problem; older: () => Promise<void> } {
  const [result, setResult] = useState<{ log?: Log; problem?: Problem }>({});
  const { log } = result;

  useEffect(() => {
    let current = true;
    const read = async () => {
      const page = carried(await ask({ activity: { before: null, query, limit: PAGE } }), "activity");
      if (!current || !page) return;
      setResult(({ log: old }) => {
        const loaded = old?.query === query ? old : undefined;
        const lines = joinLines(page.lines, loaded?.lines ?? []);
        return { log: { query, lines, more: lines.length > page.lines.length ? !!loaded?.more : page.more } };
      });
    };
    read().catch((error) => current && setResult((old) => ({ ...old, problem: toProblem(error) })));
    return () => {
      current = false;
    };
  }, [query, added]);

  const older = async () => {
    const before = log?.lines[log.lines.length - 1]?.sequence ?? null;
    try {
      const page = carried(await ask({ activity: { before, query, limit: PAGE } }), "activity");
      if (!page) return;
      setResult((old) =>
        old.log?.query === query
          ? { log: { query, lines: [...old.log.lines, ...page.lines], more: page.more } }
          : old,
      );
    } catch (error) {
      setResult((old) => ({ ...old, problem: toProblem(error) }));
    }
  };
  return { ...result, older };
}
