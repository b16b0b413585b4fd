// Every word the extension says. One language here; another is another object of the same type. Pure.

import type { Problem } from "../../crates/protocol/bindings/common.ts";
import type { Filled } from "./messages.ts";

/** Problems come in lower case and without a full stop. */
function sentence(text: string): string {
  const first = text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return /[.?:]$/u.test(first) ? first : `${first}.`;
}

function problem({ message, hint }: Problem): string {
  return `${sentence(message)} ${sentence(hint)}`;
}

export const strings = {
  brand: "Lanyard",
  sentence,
  problem,

  badge: { locked: "Lanyard is locked. It fills this page once you unlock it." },

  connect: "Connect this browser",
  open_lanyard: "Open Lanyard",
  try_again: "Try again",

  connecting: { heading: "Reaching Lanyard", text: "This takes a moment when Lanyard was not running." },
  not_paired: {
    heading: "Not connected yet",
    text: (browser: string) => `Lanyard asks in its own window whether ${browser} may be connected.`,
  },
  asking: {
    heading: "Waiting for your answer",
    text: "Lanyard’s window asks whether this browser may be connected. Choose “Connect” there.",
  },
  declined: {
    heading: "This browser was not connected",
    text: "Ask again when you are ready to choose “Connect”.",
  },
  signed_out: {
    heading: "Nobody is signed in",
    text: "Sign in from Lanyard’s icon in the tray, or in its window.",
  },
  locked: { heading: "Lanyard is locked", text: "Nothing is filled until you unlock it." },
  no_page: { heading: "Nothing to fill here", text: "Lanyard fills sign-in forms of web pages." },
  no_account: {
    heading: "No account for this page",
    text: "Sign in as you always do. Lanyard then offers to save it.",
  },

  popup: { fill: "Fill", filling: "Filling", accounts: "Accounts for this page" },

  welcome: {
    heading: "Lanyard signs you in",
    lead: "Apps that only know a password open signed in: you sign in to Lanyard once, and it fills them in this browser.",
    connected: (browser: string) => `${browser} is connected`,
    next: "Open an app from Lanyard, or sign in to one by hand: Lanyard offers to save it.",
  },

  offer: {
    save: "Save this sign-in?",
    update: "Update the password?",
    name: "Name",
    user_name: "User name",
    no_user_name: "No user name",
    auto_submit: "Sign in by itself next time",
    save_button: "Save",
    update_button: "Update",
    not_now: "Not now",
  },

  /** What to say of a fill; null where the page shows it. */
  filled(filled: Filled): string | null {
    if ("submitted" in filled) return null;
    if ("problem" in filled) return problem(filled.problem);
    return not_filled[filled.not_filled];
  },
};

const not_filled = {
  no_form: "This page shows no sign-in form. Open the app’s sign-in page, then fill it.",
  no_page: "The browser lets no extension into this page.",
  page_changed: "The page changed before it was filled. Fill it again.",
  form_gone: "The sign-in form went away before it was filled. Reload the page, then fill it again.",
  values_not_kept: "The page did not keep what was filled in. Sign in by hand on this page.",
};
