// What is known of one app, anew whenever apps change.

import { useView } from "./use-view.ts";
import type { CredentialView, Problem } from "./wire.ts";

export function useCredential(app: string, changed: number): { view?: CredentialView; problem?: Problem } {
  return useView({ credential: { app } }, "credential", [app, changed]);
}
