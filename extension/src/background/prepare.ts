// While a launch is under way, pages of its origin have the scripts that fill from their very beginning: putting them there
// only once the page has begun costs two more trips between processes, while the person looks at an empty form.

import { ext, pattern_of } from "../ext.ts";
import { FILLING } from "./inject.ts";

/** Origins whose pages are prepared, by launch. */
const prepared = new Map<string, string>();

export async function prepare_pages(launch: string, origin: string): Promise<void> {
  const script: chrome.scripting.RegisteredContentScript = {
    id: launch,
    matches: [pattern_of(origin)],
    js: FILLING,
    runAt: "document_start",
    persistAcrossSessions: false,
  };
  // Where the browser has no pattern for such an origin the script comes a little later (inject.ts).
  await ext.scripting.registerContentScripts([script]).then(
    () => prepared.set(launch, origin),
    () => undefined,
  );
}

export function is_prepared(origin: string): boolean {
  return [...prepared.values()].includes(origin);
}

/** Pages are prepared for these launches and for no others. */
export async function keep_prepared(launches: string[]): Promise<void> {
  for (const launch of prepared.keys()) if (!launches.includes(launch)) prepared.delete(launch);
  const scripts = await ext.scripting.getRegisteredContentScripts();
  const ids = scripts.map(({ id }) => id).filter((id) => !launches.includes(id));
  if (ids.length > 0) await ext.scripting.unregisterContentScripts({ ids }).catch(() => undefined);
}
