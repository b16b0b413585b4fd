// What the organisation says to the extension, through the browser's own policies.

import { ext } from "../ext.ts";

/** A browser that looks for its policies may keep us waiting without end. */
const PATIENCE = 1_000;

/** Whether the first companion that answers is trusted: nobody compares a code. No, where nothing is said in time. */
export function is_codeless(): Promise<boolean> {
  const said = ext.storage.managed.get("codeless_pairing").then(
    ({ codeless_pairing }) => codeless_pairing === true,
    // Firefox refuses where there is no policy for us.
    () => false,
  );
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE));
  return Promise.race([said, late]);
}
