// Which frames Lanyard stays out of. Imports nothing: it is part of what goes into every page.

/** A frame inside a page of another origin is never filled and never captured. */
export function is_foreign_frame(): boolean {
  try {
    return window.origin === "null" || window.top?.origin !== window.origin;
  } catch {
    return true;
  }
}
