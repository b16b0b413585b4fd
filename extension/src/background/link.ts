// The one connection to the companion, and what its news change.

import type { Event, State } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { ext, own_origin, said_of_end } from "../ext.ts";
import type { Pairing } from "../messages.ts";
import { show_state } from "./badge.ts";
import { browser_name } from "./browser-name.ts";
import { Companion, type PairingStep } from "./companion.ts";
import { fill_by_gesture } from "./fill.ts";
import { forget_pairing, own_key, store_pin, stored_pin } from "./keys.ts";
import { begin_launch } from "./launch.ts";
import { is_codeless } from "./managed.ts";
import { tell_open_pages } from "./open-pages.ts";
import { open_pair_window } from "./pair-window.ts";
import { use_security_key, verified } from "./security-key.ts";
import { remember, session } from "./session.ts";
import { trouble_of } from "./trouble.ts";

const HOST = "lanyard.native_host";

export const companion = new Companion({
  connect: () => ext.runtime.connectNative(HOST),
  why_ended: (port) => trouble_of(said_of_end(port)),
  who: async () => ({ origin: own_origin(), browser: await browser_name() }),
  hello: () => ({ hello: { extension_version: ext.runtime.getManifest().version } }),
  own_key,
  stored_pin,
  store_pin,
  forget_pairing,
  is_codeless,
  on_pairing,
  on_welcome: on_state,
  on_event,
  on_trouble,
});

/** Whether captures and fills can come to anything. */
export function ready(): boolean {
  const { state } = session;
  return state !== null && state.signed_in !== null && "unlocked" in state.vault;
}

/** What pages that are open hear of when it changes. */
function what_can_be_done(): string {
  return ready() ? `ready ${session.state?.saving}` : "";
}

function on_pairing(step: PairingStep): void {
  remember({ state: null, trouble: null, pairing: pairing_after(step) });
  if (typeof step === "object" && "code" in step) void open_pair_window();
  void show_state();
}

function pairing_after(step: PairingStep): Pairing {
  if (typeof step === "object") return "code" in step ? { comparing: step } : step;
  if (step === "other") return { other: {} };
  if (step === "copied") return { copied: {} };
  // What the person was told last stays, until the person asks again.
  const stays = "failed" in session.pairing || "copied" in session.pairing;
  return stays ? session.pairing : { none: {} };
}

function on_state(state: State): void {
  const could = what_can_be_done();
  remember({ state, trouble: null, pairing: { idle: {} } });
  if (what_can_be_done() !== could) tell_open_pages();
  void show_state();
}

function on_trouble(trouble: Problem): void {
  remember({ state: null, trouble, pairing: { idle: {} } });
  void show_state();
}

function on_event(event: Event): void {
  if ("state" in event) on_state(event.state);
  else if ("origins" in event) learn_origins(event.origins);
  else if ("launch" in event) begin_launch(event.launch, companion.greeted_at);
  else if ("use_security_key" in event) void use_security_key(event.use_security_key.task);
  else if ("verified" in event) void verified(event.verified, fill_by_gesture);
}

function learn_origins({ key, digests, part }: { key: string; digests: string; part: number }): void {
  // Digests of another key are of a companion that was started anew: they no longer recognise anything.
  const before = part === 0 || key !== session.origin_key ? "" : session.origin_digests;
  remember({ origin_key: key, origin_digests: before + digests });
  tell_open_pages();
  void show_state();
}
