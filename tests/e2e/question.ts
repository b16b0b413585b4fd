// The person answers what Lanyard's window asks.

import assert from "node:assert/strict";
import type { Browser } from "./browser.ts";
import type { Desktop } from "./desktop.ts";
import type { Host, Outcome, Profile } from "./host.ts";
import { type Ended, lanyard } from "./lanyard.ts";
import { within } from "./process.ts";

/** What both sides of a pairing say yes with. */
export const SAME = "It is the same";
export const OTHER = "It is another one";

/** Waits for a question and says yes, by the button that says so, or no. */
export async function answer(desktop: Desktop, heading: string, button: string): Promise<void> {
  await desktop.find({ role: "heading", name: heading }, 20_000);
  await desktop.press({ name: button });
}

/** A command that changes what opens the vault, to which the person says yes. */
export async function agreed(desktop: Desktop, args: string[], heading: string, input = ""): Promise<Ended> {
  const asking = lanyard(args, { input });
  await answer(desktop, heading, "Change it");
  const ended = await within(20_000, args.join(" "), asking);
  assert.equal(ended.code, 0, ended.stderr);
  return ended;
}

/** The code that the window shows where it asks whether a browser may be connected. */
export async function shownCode(desktop: Desktop, browser: string): Promise<string> {
  await desktop.find({ role: "heading", name: `Connect ${browser}?` }, 20_000);
  const words = (await desktop.elements()).map(({ name, text }) => `${name}\n${text}`).join("\n");
  const code = /\b[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}\b/.exec(words)?.[0];
  assert.ok(code, `the window to show a code like 7QK-M2D: ${words}`);
  return code;
}

/** The person compares the codes in the window and in the browser, and says in both that they are the same. */
export async function compare(desktop: Desktop, browser: Browser): Promise<void> {
  const code = await shownCode(desktop, browser.name);
  const page = await browser.pageAt(browser.own("pair.html"));
  await page.waitFor({ says: code });
  await desktop.press({ name: SAME });
  await page.click({ role: "button", name: SAME });
}

/** The same for a host without a browser. */
export async function pairHost(desktop: Desktop, host: Host, profile: Profile): Promise<Outcome> {
  assert.equal(await host.call(profile), "waits");
  const code = await host.connect();
  assert.equal(await shownCode(desktop, "Chromium"), code);
  await desktop.press({ name: SAME });
  return host.confirm();
}
