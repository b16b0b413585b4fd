// What a login led to: whether the page that came after it asks for the password again, and its HTTP status.

import type { Settled } from "../messages.ts";
import { find_login_form } from "./finder.ts";

/** A page that loads longer than this has shown its form by then. */
const LONGEST = 3_000;

export async function settle(): Promise<Settled> {
  await loaded();
  return { form: find_login_form(document) !== null, status: status() };
}

function loaded(): Promise<unknown> {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener("load", resolve, { once: true });
    setTimeout(resolve, LONGEST);
  });
}

/** 0 where the browser does not tell. */
function status(): number {
  const [navigation] = performance.getEntriesByType("navigation");
  return (navigation as PerformanceNavigationTiming | undefined)?.responseStatus ?? 0;
}
