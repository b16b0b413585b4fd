// Pages that began while there was no connection: the launch that one of them was opened for is told right after the
// greeting of the connection that its beginning made. Pure.

import type { Frame } from "../../../crates/protocol/bindings/browser.ts";

/** As long as a launch lasts, in milliseconds: a page that began earlier was opened for something else. */
const LIFETIME = 60_000;
const MOST = 20;

export class Arrivals {
  #pages: { frame: Frame; at: number }[] = [];

  add(frame: Frame, now: number): void {
    this.#pages = [...this.#young(now), { frame, at: now }].slice(-MOST);
  }

  /** The page at an origin that began last. */
  latest(origin: string, now: number): Frame | null {
    return this.#young(now).findLast(({ frame }) => frame.frame_origin === origin)?.frame ?? null;
  }

  clear(): void {
    this.#pages = [];
  }

  #young(now: number): { frame: Frame; at: number }[] {
    return this.#pages.filter(({ at }) => now - at <= LIFETIME);
  }
}
