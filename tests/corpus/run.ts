// Runs the finder over a corpus and prints its score, and what the score is without labels in doubt: `run.ts DIR [--out FILE]`.

import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { judge } from "./judge.ts";
import { predict } from "./predict.ts";
import { print_score } from "./score.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: "string" } } });
const [folder] = positionals;
if (!folder) throw new Error("say which folder has the pages: run.ts DIR [--out FILE]");

const out = resolve(values.out ?? join(tmpdir(), "lanyard-predictions.jsonl"));
const predictions = await predict(folder);
await writeFile(out, predictions.map((line) => `${JSON.stringify(line)}\n`).join(""));
print_score(folder, out);
const { all, undoubted } = await judge(folder, predictions);
console.log(
  "\nwithout the labels in doubt (tests/corpus/doubtful-labels.json), where that makes a difference",
);
for (const [metric, { right, of }] of Object.entries(undoubted))
  if (right !== all[metric]?.right || of !== all[metric]?.of)
    console.log(
      `${metric.padEnd(52)} ${`${right}/${of}`.padStart(11)} ${((100 * right) / of).toFixed(2).padStart(8)} %`,
    );
console.log(`\npredictions: ${out}`);
