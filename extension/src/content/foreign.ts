// Which frames Lanyard stays out of. Imports nothing: it is part of what goes into every page.

/** Whether a page of another origin is anywhere around this one. Of itself nothing is filled or captured there. */
export function is_foreign_frame(): boolean {
  try {
    for (let at: Window = window; at !== at.parent; at = at.parent)
      if (at.parent.origin !== window.origin) return true;
    return window.origin === "null";
  } catch {
    // The browser tells nobody of another origin what is around it.
    return true;
  }
}

/** Whether a page of another origin shows this one inside a page of its own origin: then nobody may have it filled. */
export function is_enclosed(): boolean {
  try {
    return window.top?.origin === window.origin && is_foreign_frame();
  } catch {
    return false;
  }
}
