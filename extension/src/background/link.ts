// The one connection to the companion, and what its news change.

import type { Event, Request, State } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { ext, said_of_end } from "../ext.ts";
import { show_state } from "./badge.ts";
import { Companion, VERSIONS } from "./companion.ts";
import { begin_launch } from "./launch.ts";
import { tell_open_pages } from "./open-pages.ts";
import { browser_name, profile_id } from "./profile.ts";
import { use_security_key } from "./security-key.ts";
import { remember, session } from "./session.ts";
import { trouble_of } from "./trouble.ts";

const HOST = "lanyard.native_host";

export const companion = new Companion({
  connect: () => ext.runtime.connectNative(HOST),
  why_ended: (port) => trouble_of(said_of_end(port)),
  hello,
  on_welcome,
  on_event,
  on_trouble,
});

/** Whether captures and fills can come to anything. */
export function ready(): boolean {
  const { state } = session;
  return state?.paired === true && state.signed_in !== null && "unlocked" in state.vault;
}

/** What pages that are open hear of when it changes. */
function what_can_be_done(): string {
  return ready() ? `ready ${session.state?.saving}` : "";
}

async function hello(): Promise<Request> {
  return {
    hello: {
      versions: VERSIONS,
      extension_version: ext.runtime.getManifest().version,
      browser: await browser_name(),
      profile: await profile_id(),
    },
  };
}

/** Whether the companion knows the requests of a version. */
export function speaks(version: number): boolean {
  return session.version !== null && session.version >= version;
}

function on_welcome(version: number, state: State): void {
  remember({ version });
  on_state(state);
}

function on_state(state: State): void {
  const could = what_can_be_done();
  remember({ state, trouble: null, pairing: state.paired ? { idle: {} } : session.pairing });
  if (what_can_be_done() !== could) tell_open_pages();
  void show_state();
}

function on_trouble(trouble: Problem): void {
  remember({ state: null, trouble, pairing: "asking" in session.pairing ? { idle: {} } : session.pairing });
  void show_state();
}

function on_event(event: Event): void {
  if ("state" in event) on_state(event.state);
  else if ("origins" in event) learn_origins(event.origins);
  else if ("launch" in event) begin_launch(event.launch, companion.greeted_at);
  else if ("use_security_key" in event) void use_security_key(event.use_security_key.task);
}

function learn_origins({ key, digests, part }: { key: string; digests: string; part: number }): void {
  // Digests of another key are of a companion that was started anew: they no longer recognise anything.
  const before = part === 0 || key !== session.origin_key ? "" : session.origin_digests;
  remember({ origin_key: key, origin_digests: before + digests });
  tell_open_pages();
  void show_state();
}
