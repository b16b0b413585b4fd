// Which of several accounts is used in a tab: what was chosen there counts for its next fills too, until the tab is closed.

import type { Account } from "../../../crates/protocol/bindings/browser.ts";
import { remember, session } from "./session.ts";

export function choose(tab: number, app: string): void {
  remember({ tab_accounts: { ...session.tab_accounts, [tab]: app } });
}

/** The one there is, or the one that was chosen in this tab; null where somebody has to be asked. */
export function chosen(tab: number, accounts: Account[]): Account | null {
  if (accounts.length === 1) return accounts[0] ?? null;
  return accounts.find(({ app }) => app === session.tab_accounts[tab]) ?? null;
}

export function forget_tab_account(tab: number): void {
  const { [tab]: _, ...tab_accounts } = session.tab_accounts;
  remember({ tab_accounts });
}
