// The window in which one of several accounts is chosen. It is ours, so no page can draw in it or over it; and it comes up
// where the browser's own popup would, so no page decides what the pointer is above when it does.

import { ext } from "../ext.ts";
import { remember, session } from "./session.ts";

const [WIDTH, HEIGHT] = [380, 420];
/** From the browser window's right and upper edge: below its toolbar. */
const [ASIDE, DOWN] = [16, 88];

/** By what it was asked for: a key that was meant for the page may not choose in a window that a click there opened. */
type Asked = "icon" | "keys";

/** One for each tab. */
export async function open_chooser(tab: number, asked: Asked): Promise<void> {
  const known = session.choosers[tab];
  if (known !== undefined && (await bring_to_front(known))) return;
  const url = ext.runtime.getURL(`choose.html?tab=${tab}&asked=${asked}`);
  const wanted = { url, type: "popup" as const, width: WIDTH, height: HEIGHT, focused: true };
  // A browser refuses a place that is not on a screen.
  const window = await ext.windows
    .create({ ...wanted, ...(await place(tab)) })
    .catch(() => ext.windows.create(wanted));
  if (window?.id !== undefined) remember({ choosers: { ...session.choosers, [tab]: window.id } });
}

/** What is chosen in it would go nowhere. */
export function close_chooser(tab: number): void {
  const { [tab]: window, ...choosers } = session.choosers;
  if (window === undefined) return;
  remember({ choosers });
  void ext.windows.remove(window).catch(() => undefined);
}

async function bring_to_front(window: number): Promise<boolean> {
  return ext.windows.update(window, { focused: true }).then(
    () => true,
    // The person closed it.
    () => false,
  );
}

async function place(tab: number): Promise<{ left: number; top: number } | object> {
  try {
    const { windowId } = await ext.tabs.get(tab);
    const { left, top, width } = await ext.windows.get(windowId);
    if (left === undefined || top === undefined || width === undefined) return {};
    return { left: Math.max(0, left + width - WIDTH - ASIDE), top: Math.max(0, top + DOWN) };
  } catch {
    return {};
  }
}
