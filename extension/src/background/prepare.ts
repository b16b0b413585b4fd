// While a launch is under way, pages of its origin have the page script from their very beginning: putting it there only
// once the page has begun costs two more trips between processes, while the person looks at an empty form.

import { ext, pattern_of } from "../ext.ts";

export async function prepare_pages(launch: string, origin: string): Promise<void> {
  const script: chrome.scripting.RegisteredContentScript = {
    id: launch,
    matches: [pattern_of(origin)],
    js: ["page.js"],
    runAt: "document_start",
    persistAcrossSessions: false,
  };
  // Where the browser has no pattern for such an origin the script comes a little later (inject.ts).
  await ext.scripting.registerContentScripts([script]).catch(() => undefined);
}

/** Pages are prepared for these launches and for no others. */
export async function keep_prepared(launches: string[]): Promise<void> {
  const prepared = await ext.scripting.getRegisteredContentScripts();
  const ids = prepared.map(({ id }) => id).filter((id) => !launches.includes(id));
  if (ids.length > 0) await ext.scripting.unregisterContentScripts({ ids }).catch(() => undefined);
}
