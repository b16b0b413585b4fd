// Whether the extension that a script belongs to is still there. A browser that updates it, or turns it off, leaves its
// scripts in the pages that are open: they have to stop by themselves, and nobody may notice.

export function is_orphaned(): boolean {
  // An orphan has lost the interface, or asks it in vain.
  return !chrome.runtime?.id;
}
