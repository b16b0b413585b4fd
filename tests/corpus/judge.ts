// A corpus's score of predictions, with all labels and without those in doubt.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Doubts, read_doubts } from "./doubts.ts";
import { type LabelledPage, read_labels } from "./pages.ts";
import type { Prediction } from "./prediction.ts";
import { misses_of, type Tally, tally_of } from "./score.ts";

export type Judged = {
  all: Tally;
  /** Labels in doubt left out. */
  undoubted: Tally;
  /** By metric: the pages that count against it, with all labels. */
  misses: Record<string, string[]>;
};

export async function judge(folder: string, predictions: Prediction[]): Promise<Judged> {
  const work = await mkdtemp(join(tmpdir(), "lanyard-corpus-"));
  try {
    const lines = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    const [found, sure] = [join(work, "predictions.jsonl"), join(work, "labels.jsonl")];
    const doubts = await read_doubts();
    const pages = (await read_labels(folder)).flatMap((page) => without_doubts(page, doubts));
    await writeFile(found, lines(predictions));
    await writeFile(sure, lines(pages));
    const labels = join(folder, "labels.jsonl");
    const all = tally_of(folder, labels, found);
    const missed = Object.entries(all).filter(([, { right, of }]) => right < of);
    return {
      all,
      undoubted: tally_of(folder, sure, found),
      misses: Object.fromEntries(
        missed.map(([metric]) => [metric, misses_of(folder, labels, found, metric)]),
      ),
    };
  } finally {
    await rm(work, { recursive: true });
  }
}

function without_doubts(page: LabelledPage, doubts: Doubts): LabelledPage[] {
  const doubted = doubts.get(page.file);
  if (!doubted) return [page];
  if (doubted.size === 0) return [];
  return [{ ...page, fields: page.fields.filter(({ index }) => index === null || !doubted.has(index)) }];
}

export async function read_known_failures(): Promise<Record<string, string[]>> {
  return JSON.parse(await readFile(new URL("known-failures.json", import.meta.url), "utf8"));
}
