// What the palette offers, and what of it matches. Pure.

export interface Command {
  /** Names it among the others. */
  id: string;
  group: "apps" | "places" | "actions";
  title: string;
  /** What stands beside the title: a user name. */
  detail?: string;
  /** Whether the palette stays until the companion has answered, to show what went wrong. */
  asks?: boolean;
  run: () => void;
}

/** Those whose title has every word that was typed at the beginning of one of its own words. */
export function matchCommands(commands: Command[], query: string): Command[] {
  const typed = wordsOf(query);
  return commands.filter(({ title }) => {
    const own = wordsOf(title);
    return typed.every((word) => own.some((one) => one.startsWith(word)));
  });
}

/** Where an arrow key leads in a list that has no ends. */
export function nextOption(count: number, from: number, key: string): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case "ArrowDown":
      return (from + 1) % count;
    case "ArrowUp":
      return (from - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** Words without their accents, so that `fur` finds `für`. */
function wordsOf(text: string): string[] {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
