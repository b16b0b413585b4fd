// Saving by hand: an account for the page in front, and sites where it is never offered.

import type { Request } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import type { Sites } from "../messages.ts";
import { word } from "../words.ts";
import { companion } from "./link.ts";
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
  const answer = await companion.ask({ never_sites: {} });
  if ("problem" in answer) return answer;
  return "sites" in answer.ok ? answer.ok.sites : { problem: no_message() };
}

async function asked(request: Request): Promise<Problem | null> {
  const answer = await companion.ask(request);
  return "problem" in answer ? answer.problem : null;
}

function page_gone(): Problem {
  return { code: "not_found", message: word("page_gone"), hint: word("page_gone_hint") };
}
