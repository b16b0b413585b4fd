// Comes into a page where there is something to do: an account is known for it, the person types a password, or has just
// signed in. It captures what the person types, and says what a login led to. fill.ts comes beside it where something is to
// be filled. Who may have what is decided elsewhere.

import { ext } from "../ext.ts";
import type { FromPage, Task, ToPage } from "../messages.ts";
import { is_to_page } from "../to-page.ts";
import { is_orphaned, leave_with_extension } from "./alive.ts";
import { init_capture } from "./capture.ts";
import { NOTHING_KNOWN } from "./find.ts";
import type { Known } from "./finder/found.ts";
import { is_enclosed, is_foreign_frame } from "./foreign.ts";
import { forms_here, naming_here } from "./forms.ts";
import { landed, look_at } from "./landed.ts";
import { mark_filled, mark_typed, value_of } from "./typed.ts";
import { watch_page } from "./watch.ts";
import type { Filler, World } from "./world.ts";

let known: Known = NOTHING_KNOWN;
let filler: Filler | null = null;
/** Until when forms are filled that come. */
let watched_until = 0;
let tells_of_frames = false;
let capturing: AbortSignal | null = null;

if (!globalThis.lanyard || globalThis.lanyard.leaving.signal.aborted) {
  const leaving = new AbortController();
  leave_with_extension(leaving);
  globalThis.lanyard = world_of(leaving);
  init(globalThis.lanyard);
}
globalThis.lanyard.ask();

function world_of(leaving: AbortController): World {
  return {
    leaving,
    known: () => known,
    forms: () => forms_here(known),
    naming: naming_here,
    tell,
    watch: watch_page,
    mark_filled,
    mark_typed,
    value_of,
    begin_filling(make) {
      if (filler) return;
      filler = make(this);
      watch();
    },
    ask() {
      // From a foreign frame nothing is said: the background worker asks it, where the app names it.
      if (is_foreign_frame()) return;
      void tell({ begun: {} }).then((task) => {
        if (task) begin_task(task as Task, leaving.signal);
      });
    },
  };
}

function init({ leaving: { signal } }: World): void {
  ext.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    // From the background worker, which is in no tab.
    if (signal.aborted || sender.id !== ext.runtime.id || sender.tab || !is_to_page(message)) return false;
    if (is_enclosed()) return false;
    return handle(message, signal, respond);
  });
  if (!is_foreign_frame()) capture(signal);
}

/** Once, whatever asks for it. */
function capture(signal: AbortSignal): void {
  if (capturing === signal) return;
  capturing = signal;
  init_capture(() => known, tell, signal);
}

/** True where the answer comes later. */
function handle(message: ToPage, signal: AbortSignal, respond: (reply: unknown) => void): boolean {
  if ("look" in message) {
    known = message.look.known;
    respond(filler?.look(message.look.wish));
    return false;
  }
  if ("watch" in message) {
    respond(null);
    begin_task(message.watch, signal);
    // Only frames that the app names are told to watch: what is typed there is the app's login.
    capture(signal);
    return false;
  }
  if ("new_password" in message) {
    respond(filler?.new_password(message.new_password.password));
    return false;
  }
  const { path, at_once } = message.landed;
  if (at_once) respond(look_at(path, () => known));
  else landed(path, () => known).then(respond, () => respond(undefined));
  return !at_once;
}

function begin_task(task: Task, signal: AbortSignal): void {
  known = task.known;
  watched_until = performance.now() + task.milliseconds;
  watch();
  if (task.frames && !tells_of_frames) tell_of_frames(signal);
}

/** Not before what fills is there. */
function watch(): void {
  const milliseconds = watched_until - performance.now();
  if (filler && milliseconds > 0) filler.watch(milliseconds);
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

/** Where the extension went away under the page, what is left of it does too. */
async function tell(message: FromPage): Promise<unknown> {
  try {
    return await ext.runtime.sendMessage(message);
  } catch {
    if (is_orphaned()) globalThis.lanyard?.leaving.abort();
    return undefined;
  }
}
