// The person answers what Lanyard's window asks.

import type { Desktop } from "./desktop.ts";

/** Waits for a question and says yes, by the button that says so, or no. */
export async function answer(desktop: Desktop, heading: string, button: string): Promise<void> {
  await desktop.find({ role: "heading", name: heading }, 20_000);
  await desktop.press({ name: button });
}
