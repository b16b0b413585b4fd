// Whether the extension that a script belongs to is still there. A browser that updates it, or turns it off, leaves its
// scripts in the pages that are open: they have to stop by themselves, and nobody may notice.

/** What the scripts in a page listen to that a person does. */
const DOINGS = ["focusin", "focusout", "pointerdown", "click", "keydown", "input", "submit"];

export function is_orphaned(): boolean {
  // An orphan has lost the interface, or asks it in vain.
  return !chrome.runtime?.id;
}

/** Ends what listens by a signal before it hears of anything, once the extension is gone. To be called before it listens. */
export function leave_with_extension(leaving: AbortController): void {
  const options = { capture: true, passive: true, signal: leaving.signal };
  for (const name of DOINGS) addEventListener(name, () => is_orphaned() && leaving.abort(), options);
}
