// In every web page. It tells the background worker that a document began and, later, that a login form got the focus;
// nothing else. What Lanyard does in pages is in page.ts, which comes only where it is needed.
//
// It imports next to nothing and observes nothing, so that a page without an app pays for one message and one listener.

import { is_foreign_frame } from "./foreign.ts";

async function tell(message: object): Promise<unknown> {
  // Fails where the extension was updated under an open page; that page's next load has the new one.
  try {
    return await chrome.runtime.sendMessage(message);
  } catch {
    return null;
  }
}

function begin(): void {
  void tell({ arrived: {} });
  const on_focus = async ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return;
    // Where the user name has the focus the password comes next: the script is there before it is typed.
    if (target.type !== "password" && !target.form?.querySelector("[type=password i]")) return;
    // Not while Lanyard is locked; it may be unlocked before the next field.
    const is_there = await tell({ password_focused: {} });
    if (is_there === true) removeEventListener("focusin", on_focus, true);
  };
  addEventListener("focusin", on_focus, { capture: true, passive: true });
}

// From a foreign frame there is nothing to tell.
if (!is_foreign_frame()) {
  if ("prerendering" in document && document.prerendering) {
    document.addEventListener("prerenderingchange", begin, { once: true });
  } else begin();
}
