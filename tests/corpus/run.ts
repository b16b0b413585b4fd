// Runs the finder over a corpus and prints its score: `run.ts DIR [--out FILE]`.

import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { predict } from "./predict.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: "string" } } });
const [folder] = positionals;
if (!folder) throw new Error("say which folder has the pages: run.ts DIR [--out FILE]");

const out = resolve(values.out ?? join(tmpdir(), "lanyard-predictions.jsonl"));
const predictions = await predict(folder);
await writeFile(out, predictions.map((line) => `${JSON.stringify(line)}\n`).join(""));
const scored = spawnSync("python3", [join(folder, "score.py"), join(folder, "labels.jsonl"), out], {
  stdio: "inherit",
});
console.error(`predictions: ${out}`);
process.exit(scored.status ?? 1);
