// What Chromium and its kin have for themselves.

import { readFileSync } from "node:fs";
import type { Browser } from "./browser.ts";

export const chromium: Browser = {
  folder: "chromium",
  // The channel's keys (X25519 in WebCrypto) are there since 133, light-dark() in styles since 123.
  target: "chrome133",
  manifest: {
    minimum_chrome_version: "133",
    // What the organisation says through the browser's policies. Firefox reads it without a schema.
    storage: { managed_schema: "managed.json" },
    /** Public half of the key that the fixed id is made of; the id is in chromium-id.txt. */
    key: readFileSync(new URL("../chromium-key.txt", import.meta.url), "utf8").trim(),
    background: { service_worker: "background.js" },
    // Without this key every other extension may connect; nothing listens for them, and none may try. Firefox does not
    // know it: there nobody listens either.
    externally_connectable: { ids: [] },
  },
};
