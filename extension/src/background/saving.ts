// Saving by hand: an account for the page in front, and sites where it is never offered. Only a companion of version 2
// knows of these.

import type { Request } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import type { Sites } from "../messages.ts";
import { word } from "../words.ts";
import { companion, speaks } from "./link.ts";
import type { Answer } from "./pending.ts";
import { plain_address } from "./sender.ts";
import { top_page } from "./suggest.ts";
import { no_message } from "./wire.ts";

export type New = { tab: number; name: string; user_name: string; password: string };

export async function add_account({ tab, name, user_name, password }: New): Promise<Problem | null> {
  const page = await top_page(tab);
  if (!page) return page_gone();
  const { frame, url } = page;
  return asked({ add_account: { frame, name, login_url: plain_address(url), user_name, password } });
}

export async function never(tab: number): Promise<Problem | null> {
  const page = await top_page(tab);
  return page ? asked({ never: { frame: page.frame } }) : page_gone();
}

export async function allow_site(origin: string): Promise<Problem | null> {
  return asked({ allow_site: { origin } });
}

export async function never_sites(): Promise<Sites> {
  const answer = await ask({ never_sites: {} });
  if ("problem" in answer) return answer;
  return "sites" in answer.ok ? answer.ok.sites : { problem: no_message() };
}

async function asked(request: Request): Promise<Problem | null> {
  const answer = await ask(request);
  return "problem" in answer ? answer.problem : null;
}

/** An older companion would take such a request for garbage, and end the connection. */
async function ask(request: Request): Promise<Answer> {
  const problem = await companion.connected();
  if (problem) return { problem };
  return speaks(2) ? companion.ask(request) : { problem: no_message() };
}

function page_gone(): Problem {
  return { code: "not_found", message: word("page_gone"), hint: word("page_gone_hint") };
}
