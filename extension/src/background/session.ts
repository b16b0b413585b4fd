// What the background worker must not forget when the browser ends it: held in memory, written through to storage.session.
// No secret is ever in here.
//
// Changes are made in memory without waiting, so two events cannot overwrite each other's.

import type { FormHint, Part, State } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { ext } from "../ext.ts";
import type { Captured, Pairing } from "../messages.ts";
import type { Change } from "./new-password.ts";
import type { KeyPage } from "./security-key.ts";
import type { Step } from "./steps.ts";

/** A launch that waits for its page. */
export type Right = {
  launch: string;
  app: string;
  origin: string;
  /** Milliseconds of the Unix epoch. */
  ends: number;
  /** The tab it is bound to; none until one reached the origin. */
  tab: number | null;
  /** What is known of the app's forms. */
  form: FormHint | null;
};

/** A fill whose next step may come: in the same tab, each part once. */
export type Flow = {
  tab: number;
  app: string;
  /** The last fill of it. */
  fill: string;
  /** Where it began. */
  origin: string;
  /** Parts that were asked for. */
  given: Part[];
  /** Whether some of them came back, because the page had not kept them. */
  gave_back: boolean;
  /** What was given back: a form that asks for less is not the one that was drawn anew. */
  again: Part[];
  /** What is known of the app's forms. */
  form: FormHint | null;
  /** Milliseconds of the Unix epoch. */
  ends: number;
};

/** Where a tab came to from elsewhere, and whether an account was filled there: what is automatic comes once. */
export type Visit = { tab: number; origin: string; began: number; filled: boolean };

/** A document that is filled without the person's asking, once it shows its form. */
export type Automatic = { tab: number; document: string; app: string; form: FormHint };

/** A capture whose login is not known to have succeeded. The companion has what was typed. */
export type Attempt = {
  capture: string;
  purpose: Captured["purpose"];
  tab: number;
  /** The frame that what comes next is looked for in, if it is not in the whole tab. */
  frame: number;
  document: string;
  origin: string;
  /** Of the page around it, where it was in a frame. */
  top_origin: string;
  /** Path of the login's page. */
  path: string;
  /** Where it was redirected to, if that is elsewhere. */
  led_to: string | null;
  /** Whether the form is gone and its answer is not there yet. */
  is_gone: boolean;
  /** Milliseconds of the Unix epoch. */
  ends: number;
};

export type Session = {
  state: State | null;
  trouble: Problem | null;
  pairing: Pairing;
  /** Whether the browser could not write down which companion it is connected to. */
  unsaved: boolean;
  origin_key: string | null;
  origin_digests: string;
  rights: Right[];
  flows: Flow[];
  visits: Visit[];
  automatic: Automatic[];
  attempts: Attempt[];
  steps: Step[];
  changes: Change[];
  key_pages: KeyPage[];
  /** By tab: why the last fill there came to nothing. */
  notices: Record<string, string>;
  /** By tab: the account that was chosen there. */
  tab_accounts: Record<string, string>;
  /** By tab: the window in which an account is being chosen. */
  choosers: Record<string, number>;
};

export const session: Session = {
  state: null,
  trouble: null,
  pairing: { idle: {} },
  unsaved: false,
  origin_key: null,
  origin_digests: "",
  rights: [],
  flows: [],
  visits: [],
  automatic: [],
  attempts: [],
  steps: [],
  changes: [],
  key_pages: [],
  notices: {},
  tab_accounts: {},
  choosers: {},
};

/** Whatever looks at `session` waits for this first. */
export const remembered: Promise<void> = ext.storage.session.get().then(
  (stored) => {
    Object.assign(session, stored);
    // Whoever waited for the answer was the worker that is gone, and the question with its connection.
    if (!("failed" in session.pairing || "copied" in session.pairing)) session.pairing = { idle: {} };
  },
  // A browser that cannot read it has nothing to be reminded of: filling goes on.
  () => undefined,
);

/** Changes some of it. Pages that show it hear of the change from the browser. */
export function remember(change: Partial<Session>): void {
  Object.assign(session, change);
  // What cannot be written through is in memory, for as long as this worker is.
  void ext.storage.session.set(change).catch(() => undefined);
}
