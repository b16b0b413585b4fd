// Why the companion cannot be reached, in words for the person. Pure.

import type { Problem } from "../../../crates/protocol/bindings/common.ts";

/** What browsers say when a native messaging host ends, and what it means: Chromium first, then Firefox. */
const KNOWN: [said: RegExp, message: string, hint: string][] = [
  [
    /host not found|No such native application/,
    "Lanyard is not installed on this computer",
    "install Lanyard; if it is installed, open it once, then restart the browser",
  ],
  [
    /host is forbidden/,
    "this extension is not the one that came with Lanyard",
    "remove it from the browser, then install the one that came with Lanyard",
  ],
  [/Failed to start/, "Lanyard cannot be started", "install Lanyard again"],
  [/has exited/, "Lanyard has ended", "open Lanyard again"],
];

export function trouble_of(last_error: string | undefined): Problem {
  const known = KNOWN.find(([said]) => last_error !== undefined && said.test(last_error));
  const [, message, hint] = known ?? [null, "the connection to Lanyard was lost", "open Lanyard again"];
  return { code: "unavailable", message, hint };
}
