// Letter tiles and initials. Pure.

const HUES = 8;

/** One of eight hues, the same for the same name. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum += character.codePointAt(0) ?? 0;
  return sum % HUES;
}

/** First letter or digit of a name, upper case. */
export function letterOf(name: string): string {
  const letter = name.match(/[\p{L}\p{N}]/u)?.[0];
  return letter ? letter.toLocaleUpperCase() : "·";
}

/** Up to two letters for a person: of the first and the last word of a name, or of a mail address. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/@.*$/, "")
    .split(/[\s._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => letterOf(word ?? "")).join("") || "·";
}
