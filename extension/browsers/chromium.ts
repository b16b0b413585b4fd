// What Chromium and its kin have for themselves.

import { readFileSync } from "node:fs";
import type { Browser } from "./browser.ts";

export const chromium: Browser = {
  folder: "chromium",
  // documentId of executeScript and of message senders is there since 106.
  target: "chrome116",
  manifest: {
    minimum_chrome_version: "116",
    /** Public half of the key that the fixed id is made of; the id is in chromium-id.txt. */
    key: readFileSync(new URL("../chromium-key.txt", import.meta.url), "utf8").trim(),
    background: { service_worker: "background.js" },
    // Without this key every other extension may connect; nothing listens for them, and none may try. Firefox does not
    // know it: there nobody listens either.
    externally_connectable: { ids: [] },
  },
};
