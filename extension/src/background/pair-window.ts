// The window in which the code is compared. A popup would be gone as soon as the person looks at Lanyard's window.

import { ext } from "../ext.ts";

const [WIDTH, HEIGHT] = [420, 460];

export async function open_pair_window(): Promise<void> {
  const url = ext.runtime.getURL("pair.html");
  const [open] = await ext.tabs.query({ url });
  if (open?.windowId !== undefined) {
    await ext.windows.update(open.windowId, { focused: true });
    return;
  }
  await ext.windows.create({ url, type: "popup", width: WIDTH, height: HEIGHT, focused: true });
}
