// Logistic regression with L2, by accelerated gradient descent: the same examples give the same weights. What turns out to say
// little is left out, and the rest is weighed again without it.

import type { Weights } from "../../extension/src/content/finder/model.ts";
import { type Features, weights_of } from "./features.ts";

export type Example = { features: Features; is_so: boolean; weight: number };

const STEPS = 600;
const RATE = 0.005;
/** What is seen in fewer examples says nothing of other pages. */
const FEWEST = 6;
/** What weighs less is left out. */
const LEAST = 0.25;

export function learn(examples: Example[], l2: number): Weights {
  const all = common_names(examples);
  const first = descend(examples, all, l2);
  const names = all.filter((_, at) => Math.abs(first[at] ?? 0) >= LEAST);
  return weights_of(rounded([...names, "bias"], descend(examples, names, l2)));
}

/** One weight for each name, and the bias. */
function descend(examples: Example[], names: string[], l2: number): Float64Array {
  const index = new Map(names.map((name, at) => [name, at]));
  const rows = examples.map(({ features, is_so, weight }) => ({
    at: [...features.flatMap((name) => index.get(name) ?? []), names.length],
    is_so: is_so ? 1 : 0,
    weight,
  }));
  let weights = new Float64Array(names.length + 1);
  let before = weights;
  for (let step = 0; step < STEPS; step += 1) {
    const ahead = weights.map((value, at) => value + (step / (step + 3)) * (value - (before[at] ?? 0)));
    const slope = ahead.map((value, at) => (at === names.length ? 0 : l2 * value));
    for (const { at, is_so, weight } of rows) {
      const sum = at.reduce((total, feature) => total + (ahead[feature] ?? 0), 0);
      const off = (1 / (1 + Math.exp(-sum)) - is_so) * weight;
      for (const feature of at) slope[feature] = (slope[feature] ?? 0) + off;
    }
    before = weights;
    weights = ahead.map((value, at) => value - RATE * (slope[at] ?? 0));
  }
  return weights;
}

function common_names(examples: Example[]): string[] {
  const counts = new Map<string, number>();
  for (const { features } of examples)
    for (const name of features) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= FEWEST)
    .map(([name]) => name)
    .sort();
}

/** Tenths are enough. */
function rounded(names: string[], weights: Float64Array): Record<string, number> {
  const pairs = names.map((name, at): [string, number] => [name, Math.round((weights[at] ?? 0) * 10)]);
  return Object.fromEntries(pairs.filter(([name, value]) => name === "bias" || value !== 0));
}
