// Comes into a page where there is something to do: a launch opened it, the person wants it filled, types a password, or
// has just signed in. It finds, fills and captures; who may have what is decided elsewhere.

import { ext } from "../ext.ts";
import type { FromPage, Task, ToPage } from "../messages.ts";
import { is_to_page } from "../to-page.ts";
import { is_orphaned, leave_with_extension } from "./alive.ts";
import { init_capture } from "./capture.ts";
import { type Known, NOTHING_KNOWN } from "./finder/found.ts";
import { begin_flow, type Flow } from "./flow.ts";
import { is_foreign_frame } from "./foreign.ts";
import { forms_here } from "./forms.ts";
import { landed, look_at } from "./landed.ts";
import { new_password } from "./new-password.ts";

declare global {
  // In the isolated world of content scripts: pages do not see it.
  var lanyard: AbortController | undefined;
}

let known: Known = NOTHING_KNOWN;
let tells_of_frames = false;
let capturing: AbortSignal | null = null;

if (!globalThis.lanyard || globalThis.lanyard.signal.aborted) {
  globalThis.lanyard = new AbortController();
  leave_with_extension(globalThis.lanyard);
  init(globalThis.lanyard.signal);
}

function init(signal: AbortSignal): void {
  const flow = begin_flow(() => known, tell, signal);
  ext.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    // From the background worker, which is in no tab.
    if (signal.aborted || sender.id !== ext.runtime.id || sender.tab || !is_to_page(message)) return false;
    return handle(message, flow, signal, respond);
  });
  globalThis.lanyard_forms = () => forms_here(known);
  // In a foreign frame nothing is said and nothing is listened for: the background worker asks it, where the app names it.
  if (is_foreign_frame()) return;
  void tell({ begun: {} }).then((task) => {
    if (task) begin_task(task as Task, flow, signal);
  });
  capture(signal);
}

/** Once, whatever asks for it. */
function capture(signal: AbortSignal): void {
  if (capturing === signal) return;
  capturing = signal;
  init_capture(() => known, tell, signal);
}

/** True where the answer comes later. */
function handle(
  message: ToPage,
  flow: Flow,
  signal: AbortSignal,
  respond: (reply: unknown) => void,
): boolean {
  if ("look" in message) {
    known = message.look.known;
    respond(flow.look(message.look.wish));
    return false;
  }
  if ("watch" in message) {
    respond(null);
    begin_task(message.watch, flow, signal);
    // Only frames that the app names are told to watch: what is typed there is the app's login.
    capture(signal);
    return false;
  }
  if ("new_password" in message) {
    respond(new_password(message.new_password.password, known));
    return false;
  }
  const { path, at_once } = message.landed;
  if (at_once) respond(look_at(path, () => known));
  else landed(path, () => known).then(respond, () => respond(undefined));
  return !at_once;
}

function begin_task(task: Task, flow: Flow, signal: AbortSignal): void {
  known = task.known;
  if (task.milliseconds > 0) flow.watch(task.milliseconds);
  if (task.frames && !tells_of_frames) tell_of_frames(signal);
}

/** Frames are asked from outside: from in there nothing is said. */
function tell_of_frames(signal: AbortSignal): void {
  tells_of_frames = true;
  void tell({ frame_loaded: {} });
  const loaded = ({ target }: Event) => {
    if (target instanceof Element && target.matches("iframe, frame")) void tell({ frame_loaded: {} });
  };
  document.addEventListener("load", loaded, { capture: true, passive: true, signal });
}

/** Undefined where the extension went away under the page: then this script does too. */
async function tell(message: FromPage): Promise<unknown> {
  try {
    return await ext.runtime.sendMessage(message);
  } catch {
    if (is_orphaned()) globalThis.lanyard?.abort();
    return undefined;
  }
}
