import { readFile } from "node:fs/promises";

/** Labels that look wrong, by page; a page without fields is in doubt as a whole. */
export type Doubts = Map<string, Set<number>>;

type Doubt = { file: string; fields: number[]; why: string };

export async function read_doubts(): Promise<Doubts> {
  const doubts: Doubt[] = JSON.parse(
    await readFile(new URL("doubtful-labels.json", import.meta.url), "utf8"),
  );
  return new Map(doubts.map(({ file, fields }) => [file, new Set(fields)]));
}
