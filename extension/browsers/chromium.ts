// What Chromium and its kin have for themselves. A second browser is a second file of this shape.

import { readFileSync } from "node:fs";

export const chromium = {
  /** Folder in dist/. */
  folder: "chromium",
  /** esbuild target; documentId of executeScript and of message senders is there since 106. */
  target: "chrome116",
  manifest: {
    minimum_chrome_version: "116",
    /** Public half of the key that the fixed id is made of; the id is in chromium-id.txt. */
    key: readFileSync(new URL("../chromium-key.txt", import.meta.url), "utf8").trim(),
    background: { service_worker: "background.js" },
  },
};

export type Browser = typeof chromium;
