// What only root can do or see. Whoever started the desktop does it where they are root, over a socket that is named in the
// environment; crates/xtask/src/desktop/root.rs has the questions.

import { connect } from "node:net";

/** The answer; undefined where nobody here may do it. */
export async function askRoot(question: string): Promise<string | undefined> {
  const path = process.env.LANYARD_E2E_ROOT;
  if (!path) return undefined;
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(path, () => socket.write(`${question}\n`));
    socket.on("data", (text) => {
      answer += text;
    });
    socket.on("error", () => resolve(undefined));
    socket.on("close", () => {
      const said = answer.trimEnd();
      resolve(said === "" || said === "none" ? undefined : said);
    });
  });
}

/** How often each of these bytes is in the memory of a program of this user. */
export async function searchMemory(pid: number, needles: Uint8Array[]): Promise<number[] | undefined> {
  const hex = needles.map((needle) => Buffer.from(needle).toString("hex"));
  const said = await askRoot(`search ${pid} ${hex.join(" ")}`);
  return said?.split(" ").map(Number);
}

/** Runs a program as the user nobody. */
export async function asNobody(
  program: string,
  ...args: string[]
): Promise<{ code: number; said: string } | undefined> {
  const said = await askRoot(`nobody ${[program, ...args].join("\t")}`);
  if (said === undefined) return undefined;
  const [code = "", ...rest] = said.split(" ");
  return { code: Number(code), said: rest.join(" ") };
}

/** How many bytes root gets back that sends these to a socket. */
export async function knockAsRoot(path: string, bytes: Uint8Array): Promise<number | undefined> {
  const said = await askRoot(`knock ${path} ${Buffer.from(bytes).toString("hex")}`);
  return said === undefined ? undefined : Number(said);
}
