// The memory of a process as its proportional set size. The companion's is not for its own user to read: root measures it.

import { readFile } from "node:fs/promises";
import { askRoot } from "./root.ts";

/** In MB; null where nobody may read it. */
export async function pssOf(pid: number): Promise<number | null> {
  const kilobytes =
    parse(await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "")) ??
    (await askRoot(`pss ${pid}`));
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 102.4) / 10;
}

function parse(rollup: string): number | undefined {
  const found = /^Pss:\s+(\d+) kB$/m.exec(rollup);
  return found ? Number(found[1]) : undefined;
}
