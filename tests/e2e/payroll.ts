// Payroll 2004, the legacy app.

import { type Started, start } from "./process.ts";
import { program, stage } from "./stage.ts";

export interface Payroll extends Started {
  origin: string;
  login: string;
  admin: string;
}

export interface Login {
  user: string;
  ok: boolean;
}

/** What Alice types there. */
export const alice = { user: "alice", password: "rabbit-hole" };

export async function startPayroll(): Promise<Payroll> {
  const started = await start("payroll", program("node"), [`${stage}/tests/apps/payroll/server.ts`]);
  return { ...started, ...JSON.parse(started.ready) };
}

export async function logins(payroll: Payroll): Promise<Login[]> {
  const answer = (await (await fetch(`${payroll.admin}/logins`)).json()) as { logins: Login[] };
  return answer.logins;
}
