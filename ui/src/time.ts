// Time that is left. Pure: the clock is passed in.

/** Whole seconds until `end`, never below zero. Both in milliseconds of the Unix epoch. */
export function secondsLeft(end: number, now: number): number {
  return Math.max(0, Math.ceil((end - now) / 1000));
}

/** `372` becomes `6:12`. */
export function formatSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
