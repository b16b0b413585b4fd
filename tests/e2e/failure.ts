// What a step that failed tells: what was expected and seen, what to do, where to look.

export class StepFailed extends Error {
  readonly hint: string;
  readonly log: string;

  constructor(what: string, hint: string, log: string) {
    super(what);
    this.name = "StepFailed";
    this.hint = hint;
    this.log = log;
  }
}

/** Fails with what was expected and what was seen. */
export function expect(condition: boolean, expected: string, seen: unknown): asserts condition {
  if (!condition)
    throw new Error(`expected ${expected}, seen: ${typeof seen === "string" ? seen : JSON.stringify(seen)}`);
}
