// What a page that came after an attempt says of it. On doubt the attempt failed, and nothing is offered. Pure.

import type { Captured, Landed } from "../messages.ts";

export type Verdict = "signed_in" | "failed" | "wait";

/** What a page that came after an attempt says of it. */
export function judge(purpose: Captured["purpose"], { asks, is_login_page, status }: Landed): Verdict {
  if (status >= 400) return "failed";
  if (asks.includes("one-time-code")) return "wait";
  // Who may or has to change a password was let in; who is asked to sign in after a change has changed it.
  if (purpose !== "login") return asks.includes(purpose) ? "failed" : "signed_in";
  if (asks.includes("login") || asks.includes("password-step")) return "failed";
  if (asks.includes("change-password")) return "wait";
  return asks.includes("username-step") && is_login_page ? "failed" : "signed_in";
}
