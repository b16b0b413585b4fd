// What a person types.

import type { Account, What } from "./app.ts";
import { codeAt } from "./totp.ts";

export function words(what: What, account: Account, password: string): string {
  if (what === "user") return account.user;
  if (what === "password") return password;
  if (what === "code") return codeAt(account.seed ?? "", Date.now());
  return "words" in what ? what.words : (account.extras?.[what.extra] ?? "");
}
