// Weighs evidence: the sum of what every feature is worth, learned from labelled pages. Pure.

import type { Features } from "./features.ts";

/** In tenths, which need no point. `bias` is what is believed before anything is seen. */
export type Weights = Readonly<Record<string, number>>;

export type Model = {
  /** New rather than current. */
  password: Weights;
  /** The user name of a login rather than another text. */
  username: Weights;
};

export function weigh(weights: Weights, features: Features): number {
  return features.reduce((sum, feature) => sum + (weights[feature] ?? 0), weights.bias ?? 0) / 10;
}
