// What is known of one app, anew whenever apps change.

import { useEffect, useState } from "preact/hooks";
import { ask, toProblem } from "./companion.ts";
import { type CredentialView, carried, type Problem } from "./wire.ts";

export function useCredential(app: string, changed: number): { view?: CredentialView; problem?: Problem } {
  const [result, setResult] = useState<{ view?: CredentialView; problem?: Problem }>({});
  useEffect(() => {
    let current = true;
    ask({ credential: { app } })
      .then((response) => {
        const view = carried(response, "credential");
        if (current && view) setResult({ view });
      })
      .catch((error) => current && setResult({ problem: toProblem(error) }));
    return () => {
      current = false;
    };
  }, [app, changed]);
  return result;
}
