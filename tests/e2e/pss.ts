// The memory of a process as its proportional set size. The companion's is not for its own user to read: whoever started
// the desktop measures it where they are root, over a socket that is named in the environment.

import { readFile } from "node:fs/promises";
import { connect } from "node:net";

/** In MB; null where nobody may read it. */
export async function pssOf(pid: number): Promise<number | null> {
  const kilobytes =
    parse(await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "")) ?? (await askStarter(pid));
  return kilobytes === undefined ? null : Math.round(kilobytes / 102.4) / 10;
}

function parse(rollup: string): number | undefined {
  const found = /^Pss:\s+(\d+) kB$/m.exec(rollup);
  return found ? Number(found[1]) : undefined;
}

/** One line with the process id there; one line with the kilobytes, or `none`, back. */
async function askStarter(pid: number): Promise<number | undefined> {
  const path = process.env.LANYARD_E2E_PSS;
  if (!path) return undefined;
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(path, () => socket.write(`${pid}\n`));
    socket.on("data", (text) => {
      answer += text;
    });
    socket.on("error", () => resolve(undefined));
    socket.on("close", () => resolve(/^\d+\s*$/.test(answer) ? Number(answer) : undefined));
  });
}
