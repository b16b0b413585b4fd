// What Firefox and its kin have for themselves.

import type { Browser } from "./browser.ts";

export const firefox: Browser = {
  folder: "firefox",
  target: "firefox153",
  manifest: {
    background: { scripts: ["background.js"] },
    browser_specific_settings: {
      gecko: {
        /** The companion knows the extension by it (crates/protocol/src/extension.rs). */
        id: "companion@lanyard",
        // Document ids, which a fill is bound to, were tried there first; 140 already understands the key below.
        strict_min_version: "153.0",
        // What a person types goes to the companion on the same computer, and to nobody else.
        data_collection_permissions: { required: ["none"] },
      },
    },
  },
};
