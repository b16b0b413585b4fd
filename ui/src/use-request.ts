// One request at a time, with what came of it, for the part of a screen that made it.

import { useRef, useState } from "preact/hooks";
import { ask, toProblem } from "./companion.ts";
import type { Problem, Request, Response } from "./wire.ts";

export interface Asking {
  /** Sends it; gives the answer, or nothing where it failed or another is under way. */
  send: (request: Request) => Promise<Response | undefined>;
  busy: boolean;
  problem: Problem | undefined;
  forget: () => void;
}

export function useRequest(): Asking {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const underWay = useRef(false);

  const send = async (request: Request) => {
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    try {
      const response = await ask(request);
      setProblem(undefined);
      return response;
    } catch (error) {
      setProblem(toProblem(error));
      return undefined;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { send, busy, problem, forget: () => setProblem(undefined) };
}
