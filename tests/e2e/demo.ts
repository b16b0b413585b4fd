// The walk in front of a person: a tick and a picture for each step, then one line of JSON.
//
//   node tests/e2e/demo.ts [--stay]

import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Chromium } from "./chromium.ts";
import { StepFailed } from "./failure.ts";
import { gallery, type Shown } from "./gallery.ts";
import { screenshot } from "./screenshot.ts";
import { logs, out } from "./stage.ts";
import { nothingYet, play, steps } from "./walk.ts";
import { World } from "./world.ts";

const stay = process.argv.includes("--stay");
const findings = nothingYet();
const shown: Shown[] = [];
let world: World | undefined;

try {
  world = await World.start(Chromium);
  for (const [index, step] of steps.entries()) {
    const from = performance.now();
    await play(step, world, findings);
    const seconds = (performance.now() - from) / 1000;
    const picture = await screenshot(String(index + 1));
    shown.push({ title: step.title, pictures: [...world.pictures.splice(0), picture], seconds });
    console.log(`  ✓ ${step.title.padEnd(44)} ${seconds.toFixed(1).padStart(5)} s   ${picture}`);
  }
} catch (error) {
  process.exitCode = 1;
  const step = steps[shown.length]?.title ?? "start";
  const failed = error instanceof StepFailed ? error : undefined;
  const picture = await screenshot("failed").catch(() => undefined);
  if (picture) shown.push({ title: `failed: ${step}`, pictures: [picture], seconds: 0 });
  const what = failed?.message ?? (error as Error).message.split("\n")[0];
  const hint = failed?.hint ?? "look into the logs";
  console.log(`  ✗ ${world ? step : "start"}: ${what} · hint: ${hint} · log: ${failed?.log ?? logs}`);
}
writeFileSync(join(out, "index.html"), gallery(shown));
console.log(JSON.stringify(findings));
if (stay && !process.exitCode) await once(process, "SIGTERM");
await world?.end();
process.exit();
