// Weighs evidence: the sum of what every piece of it is worth, learned from labelled pages. Pure.

import type { Evidence, Place } from "./features.ts";
import { tells, type WordClass } from "./words.ts";

/** In tenths, which need no point. */
export type Weights = {
  /** What is believed before anything is seen. */
  bias: number;
  /** Words for signing in on a button are `b.login`. */
  said: Partial<Record<Place, Partial<Record<WordClass, number>>>>;
  is: Readonly<Record<string, number>>;
};

export type Model = {
  /** New rather than current. */
  password: Weights;
  /** The user name of a login rather than another text. */
  username: Weights;
};

/** Whether what is said around a group may take a sum over one of the bounds, or onto it. */
export function may_decide({ said: { h, l, x, w } }: Weights, sum: number, bounds: number[]): boolean {
  const weights = [h, l, x, w].flatMap((words) => Object.values(words ?? {}));
  const most = weights.reduce((all, weight) => all + Math.max(weight, 0), sum);
  const least = weights.reduce((all, weight) => all + Math.min(weight, 0), sum);
  return bounds.some((bound) => least <= bound && bound <= most);
}

/** Looks only for the words that weigh anything. Goes on from what other evidence came to. */
export function weigh({ bias, said, is }: Weights, evidence: Evidence, so_far = bias): number {
  let sum = so_far;
  for (const fact of evidence.is) sum += is[fact] ?? 0;
  for (const place in evidence.said) {
    const text = evidence.said[place as Place];
    if (!text) continue;
    const words = said[place as Place];
    for (const name in words) if (tells(text, name as WordClass)) sum += words[name as WordClass] ?? 0;
  }
  return sum;
}
