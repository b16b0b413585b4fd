// The manifest, with the reason for each permission.

import type { Browser } from "./browsers/browser.ts";

/** Pages that may have a login form: an app may be at any address, so the person would otherwise be asked for each. */
const WEB = ["https://*/*", "http://*/*"];

export function manifest(browser: Browser, version: string): object {
  return {
    manifest_version: 3,
    name: "__MSG_brand__",
    description: "__MSG_description__",
    default_locale: "en",
    version,
    icons: icons("on"),
    permissions: [
      // The companion is reached through its native messaging host; nothing else holds a credential.
      "nativeMessaging",
      // storage.session outlives the background worker, which the browser ends when it likes. No secret is stored.
      "storage",
      // The script that finds, fills and captures is put into a page only when it is needed there.
      "scripting",
      // Whether a login succeeded shows in the answers to it; they are looked at while one is under way, and never changed.
      "webRequest",
      // Where the browser itself asks for a sign-in (HTTP Basic and Digest) an app that was launched is answered for.
      "webRequestAuthProvider",
    ],
    host_permissions: WEB,
    content_scripts: [
      // At document_start, so that a launched page is ready to be filled by the time its form is there.
      { matches: WEB, js: ["stub.js"], all_frames: true, run_at: "document_start" },
    ],
    action: { default_popup: "popup.html", default_icon: icons("off"), default_title: "__MSG_brand__" },
    commands: {
      // Free in each browser: one that is taken is not given, and nobody is told.
      fill: {
        suggested_key: { default: "Ctrl+Shift+F", mac: "MacCtrl+Shift+F" },
        description: "__MSG_command_fill__",
      },
    },
    options_ui: { page: "options.html", open_in_tab: true },
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    },
    incognito: "not_allowed",
    ...browser.manifest,
  };
}

function icons(kind: "on" | "off" | "locked"): Record<string, string> {
  return Object.fromEntries([16, 32, 48, 128].map((size) => [size, `icons/${kind}-${size}.png`]));
}
