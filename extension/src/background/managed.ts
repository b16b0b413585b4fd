// What the organisation says to the extension, through the browser's own policies.

import { ext } from "../ext.ts";

/** Whether the first companion that answers is trusted: nobody compares a code. No, where nothing is said. */
export async function is_codeless(): Promise<boolean> {
  try {
    const { codeless_pairing } = await ext.storage.managed.get("codeless_pairing");
    return codeless_pairing === true;
  } catch {
    // Firefox refuses where there is no policy for us.
    return false;
  }
}
