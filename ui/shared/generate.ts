// Makes passwords, and says how strong they are. The strength is that of the way they are made: how many passwords could
// have come out. Nothing is said of a password that a person chose, because nobody can know how they chose it.

export interface PasswordRules {
  length: number;
  lower: boolean;
  upper: boolean;
  digits: boolean;
  symbols: boolean;
  /** Whether letters and digits that look alike are left out: `l`, `1`, `I`, `O`, `0`. */
  noLookAlikes: boolean;
}

export type PasswordClass = "lower" | "upper" | "digits" | "symbols";

export type Strength = "weak" | "fair" | "strong" | "very_strong";

export const SHORTEST = 8;
export const LONGEST = 64;

export const DEFAULT_RULES: PasswordRules = {
  length: 20,
  lower: true,
  upper: true,
  digits: true,
  symbols: true,
  noLookAlikes: false,
};

/** Fills an array with random bytes. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => void;

/**
 * A password in which every chosen class occurs, each such password as likely as any other: whole passwords are made
 * until one has every class. With no class chosen it is made of lower-case letters.
 */
export function makePassword(
  rules: PasswordRules,
  random: RandomBytes = (bytes) => crypto.getRandomValues(bytes),
): string {
  const sets = setsOf(rules);
  const all = sets.join("");
  const length = clampLength(rules.length);
  for (;;) {
    const password = Array.from({ length }, () => all[pick(all.length, random)]).join("");
    if (sets.every((set) => [...set].some((character) => password.includes(character)))) return password;
  }
}

/** How many bits of chance are in a password that is made by these rules. */
export function strengthBits(rules: PasswordRules): number {
  const sizes = setsOf(rules).map((set) => set.length);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const length = clampLength(rules.length);
  // Inclusion and exclusion over the classes that do not occur. Relative to all passwords, so that nothing overflows.
  let share = 0;
  for (let missing = 0; missing < 1 << sizes.length; missing++) {
    const without = sizes.filter((_, index) => missing & (1 << index));
    const left = all - without.reduce((sum, size) => sum + size, 0);
    share += (without.length % 2 ? -1 : 1) * (left / all) ** length;
  }
  return length * Math.log2(all) + Math.log2(share);
}

/** A word for so many bits: what guessing against a stolen list of well hashed passwords, and of badly hashed ones, costs. */
export function strengthOf(bits: number): Strength {
  if (bits < 50) return "weak";
  if (bits < 70) return "fair";
  return bits < 100 ? "strong" : "very_strong";
}

/** A length that passwords can have. */
export function clampLength(length: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, Math.round(length) || SHORTEST));
}

const CLASSES: Record<PasswordClass, string> = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  digits: "0123456789",
  // What old login forms take: no quotes, no angle brackets, no spaces.
  symbols: "!#$%&()*+,-./:;=?@[]^_{}~",
};

const LOOK_ALIKES = /[lI1O0]/g;

function setsOf(rules: PasswordRules): string[] {
  const chosen = (Object.keys(CLASSES) as PasswordClass[]).filter((name) => rules[name]);
  return (chosen.length > 0 ? chosen : (["lower"] as const)).map((name) =>
    rules.noLookAlikes ? CLASSES[name].replace(LOOK_ALIKES, "") : CLASSES[name],
  );
}

/** A number below `count`, each as likely: bytes that would favour the first ones are thrown away. */
function pick(count: number, random: RandomBytes): number {
  const byte = new Uint8Array(1);
  const fair = 256 - (256 % count);
  do random(byte);
  while ((byte[0] ?? fair) >= fair);
  return (byte[0] ?? 0) % count;
}
