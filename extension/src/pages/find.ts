// Which accounts a search finds: every word that was typed is in user name or name. Pure.

import type { Account } from "../../../crates/protocol/bindings/browser.ts";

export function find_accounts(accounts: Account[], search: string): Account[] {
  const words = plain(search).split(/\s+/);
  return accounts.filter(({ name, user_name }) => {
    const text = plain(`${user_name} ${name}`);
    return words.every((word) => text.includes(word));
  });
}

/** Without accents and capitals: `Müller` is found by `muller`. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
