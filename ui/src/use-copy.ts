// Copies: secrets through the companion, which takes them off the clipboard again; other texts by the page itself.

import { useState } from "preact/hooks";
import { ask, toProblem } from "./companion.ts";
import { secondsLeft } from "./time.ts";
import { carried, type Problem, type SecretPart } from "./wire.ts";

export interface Copied {
  /** What was copied, as the person calls it. */
  what: string;
  /** When it is taken off the clipboard; none where it stays. */
  until?: number;
  /** Whole seconds until then, at first. */
  seconds: number;
}

export interface Copying {
  copied: Copied | undefined;
  problem: Problem | undefined;
  copySecret: (app: string, part: SecretPart, what: string) => Promise<Copied | undefined>;
  copyText: (text: string, what: string) => Promise<boolean>;
}

export function useCopy(): Copying {
  const [copied, setCopied] = useState<Copied>();
  const [problem, setProblem] = useState<Problem>();
  const done = (one: Copied) => {
    setProblem(undefined);
    setCopied(one);
    return one;
  };
  const copySecret = async (app: string, part: SecretPart, what: string) => {
    try {
      const until = carried(await ask({ copy: { app, part } }), "copied")?.until;
      return until === undefined ? undefined : done({ what, until, seconds: secondsLeft(until, Date.now()) });
    } catch (error) {
      setProblem(toProblem(error));
      return undefined;
    }
  };
  const copyText = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return false;
    }
    done({ what, seconds: 0 });
    return true;
  };
  return { copied, problem, copySecret, copyText };
}
