// What the organisation says to the extension, through the browser's own policies.

import { ext } from "../ext.ts";

/** Whether the first companion that answers is trusted: nobody compares a code. A browser that has just started may take seconds. */
export function is_codeless(): Promise<boolean> {
  return ext.storage.managed.get("codeless_pairing").then(
    ({ codeless_pairing }) => codeless_pairing === true,
    // Firefox refuses where there is no policy for us.
    () => false,
  );
}
