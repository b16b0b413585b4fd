// Evidence by name, as it is learned from: `b.login` is a word for signing in on a button (finder/features.ts has the places).

import type { Evidence, Place } from "../../extension/src/content/finder/features.ts";
import type { Weights } from "../../extension/src/content/finder/model.ts";
import { tells, type WordClass } from "../../extension/src/content/finder/words.ts";

export type Features = string[];

/** Which words are looked for where. */
type Asked = Partial<Record<Place, WordClass[]>>;

const ABOUT: WordClass[] = ["login", "up", "change", "fresh"];
const WHICH: WordClass[] = ["fresh", "current", "again"];
const BESIDE: WordClass[] = [...WHICH, "password"];
const OWN: WordClass[] = [...BESIDE, "login", "up", "change", "rules"];
const NAMES: WordClass[] = ["login", "user", "email", "profile", "seek", "company"];

export const OF_PASSWORD: Asked = {
  n: OWN,
  s: OWN,
  p: OWN,
  own: WHICH,
  next: BESIDE,
  prev: BESIDE,
  b: ABOUT,
  h: ABOUT,
  f: ABOUT,
  l: ["login", "up", "forgot", "terms"],
  x: ["remember", "terms"],
  w: [...ABOUT, "current", "again", "rules", "forgot", "remember", "terms"],
  t: ABOUT,
  a: ABOUT,
};

export const OF_TEXT: Asked = { n: NAMES, s: NAMES, p: NAMES };

export function features_of({ said, is }: Evidence, asked: Asked): Features {
  const words = Object.entries(said).flatMap(([place, text]) =>
    (asked[place as Place] ?? []).filter((name) => tells(text, name)).map((name) => `${place}.${name}`),
  );
  return [...words, ...is];
}

/** The weights of features, as the finder asks for them. */
export function weights_of({ bias = 0, ...flat }: Record<string, number>): Weights {
  const said: Record<string, Record<string, number>> = {};
  const is: Record<string, number> = {};
  for (const [feature, value] of Object.entries(flat)) {
    const [place = "", name] = feature.split(".");
    if (name && place in OF_PASSWORD) said[place] = { ...said[place], [name]: value };
    else is[feature] = value;
  }
  return { bias, said, is };
}
