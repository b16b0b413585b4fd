// Under which key a sentence of the companion is found in another language: one made of its own words. Pure.

export function key_of(english: string): string {
  const words = english.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return `said_${words.join("_")}`;
}
