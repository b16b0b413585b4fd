import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Prints what the corpus's own score.py says of predictions, but for the lines that are left out. */
export function print_score(folder: string, predictions: string, left_out?: RegExp): void {
  const lines = ask(folder, [join(folder, "labels.jsonl"), predictions])
    .trimEnd()
    .split("\n");
  console.log(lines.filter((line) => !left_out?.test(line)).join("\n"));
}

export type Tally = Record<string, { right: number; of: number }>;

export function tally_of(folder: string, labels: string, predictions: string): Tally {
  return JSON.parse(ask(folder, [labels, predictions, "--json"]));
}

/** The pages that count against a metric, once for every field. */
export function misses_of(folder: string, labels: string, predictions: string, metric: string): string[] {
  const lines = ask(folder, [labels, predictions, "--misses", metric]).split("\n");
  return lines.filter((line) => line.startsWith("pages/"));
}

function ask(folder: string, words: string[]): string {
  const { status, stdout, stderr } = spawnSync("python3", [join(folder, "score.py"), ...words], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`score.py: ${stderr}`);
  return stdout;
}
