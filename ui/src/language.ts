// Which language is spoken, and what the companion's English sentences are in it. Pure.

/** The language among `known` that fits what was chosen, else what the system prefers, else English. */
export function chooseLanguage(chosen: string | null, system: readonly string[], known: string[]): string {
  for (const tag of chosen ? [chosen] : system) {
    const fits = [tag, tag.split("-")[0]].find((one) => one && known.includes(one));
    if (fits) return fits;
  }
  return "en";
}

/** The tag for dates and numbers: the system's own where it speaks the same language, e.g. `de-AT` for `de`. */
export function chooseRegion(language: string, system: readonly string[]): string {
  return system.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/**
 * What `sentence` is by a table of English sentences, in which `{}` stands for names and paths; the values say with
 * `{0}`, `{1}` where these go. A name may be a sentence of the table itself. What is not in the table stays as it is.
 */
export function translate(sentence: string, table: Readonly<Record<string, string>>): string {
  const exact = table[sentence];
  if (exact !== undefined) return exact;
  for (const [english, other] of patternsOf(table)) {
    const names = sentence.match(english)?.slice(1);
    if (names) return other.replace(/\{(\d)\}/g, (_, place) => translate(names[Number(place)] ?? "", table));
  }
  return sentence;
}

/** The companion writes sentences without a capital and a full stop; a name at the beginning keeps its spelling. */
export function toSentence(text: string): string {
  const begun = text.replace(
    /^\p{Ll}+(?=[\s,:'’]|$)/u,
    (word) => word.charAt(0).toLocaleUpperCase() + word.slice(1),
  );
  return begun === "" || /[.?:]$/u.test(begun) ? begun : `${begun}.`;
}

const patterns = new WeakMap<object, [RegExp, string][]>();

/** Those with the most words of their own come first, so that the most exact one is taken. */
function patternsOf(table: Readonly<Record<string, string>>): [RegExp, string][] {
  const known = patterns.get(table);
  if (known) return known;
  const made = Object.entries(table)
    .filter(([english]) => english.includes("{}"))
    .sort(([one], [other]) => other.length - one.length)
    .map(([english, other]): [RegExp, string] => [toPattern(english), other]);
  patterns.set(table, made);
  return made;
}

function toPattern(english: string): RegExp {
  const parts = english.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.+?)")}$`, "su");
}
