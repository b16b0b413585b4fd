// Requests under way: each reply finds the one who asked by its id. Pure but for the clock of `setTimeout`.

import type { Response } from "../../../crates/protocol/bindings/browser.ts";
import type { Outcome, Problem } from "../../../crates/protocol/bindings/common.ts";
import { word } from "../words.ts";

export type Answer = Outcome<Response>;

type Waiting = { settle: (answer: Answer) => void; timer: ReturnType<typeof setTimeout> };

export class Pending {
  #last = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** A new id, and the answer that will come to it. */
  add(milliseconds: number): { id: number; answer: Promise<Answer> } {
    this.#last += 1;
    const id = this.#last;
    const answer = new Promise<Answer>((settle) => {
      const timer = setTimeout(() => this.settle(id, { problem: too_late() }), milliseconds);
      this.#waiting.set(id, { settle, timer });
    });
    return { id, answer };
  }

  /** False where nobody waits for this id: it was answered before, or never asked. */
  settle(id: number, answer: Answer): boolean {
    const waiting = this.#waiting.get(id);
    if (!waiting) return false;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.settle(answer);
    return true;
  }

  /** The other end is gone: everybody who waits is told why. */
  fail(problem: Problem): void {
    for (const id of [...this.#waiting.keys()]) this.settle(id, { problem });
  }

  get size(): number {
    return this.#waiting.size;
  }
}

function too_late(): Problem {
  return {
    code: "expired",
    message: word("too_late"),
    hint: word("too_late_hint"),
  };
}
