// Comes into a page where there is something to do: a launch opened it, the person wants it filled, types a password, or
// has just signed in. It finds, fills and captures; who may have what is decided elsewhere.

import { ext } from "../ext.ts";
import { type FromPage, is_to_page, type Looked, type ToPage, type Values } from "../messages.ts";
import { init_capture, mark_filled } from "./capture.ts";
import { fill_form, place_of, submit_form } from "./filler.ts";
import { type Known, NOTHING_KNOWN } from "./finder/found.ts";
import { find_login_form, type LoginForm } from "./finder.ts";
import { is_foreign_frame } from "./foreign.ts";
import { landed, look_at } from "./landed.ts";
import { settle } from "./settle.ts";
import { watch_for_form, when_read } from "./watch.ts";

declare global {
  // In the isolated world of content scripts: pages do not see it.
  var lanyard: AbortController | undefined;
}

const known: Known = NOTHING_KNOWN;

/** Whether the launch of this page was used: its forms are asked for one after the other. */
let launched: Promise<boolean> = Promise.resolve(false);

// In a foreign frame nobody listens: whoever asks goes on to the next frame.
if (!globalThis.lanyard && !is_foreign_frame()) {
  globalThis.lanyard = new AbortController();
  init(globalThis.lanyard.signal);
}

function init(signal: AbortSignal): void {
  ext.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    // From the background worker, which is in no tab.
    if (signal.aborted || sender.id !== ext.runtime.id || sender.tab || !is_to_page(message)) return false;
    return handle(message, respond);
  });
  // Asked at once: if a launch opened this page, its answer has the values.
  when_read(fill_launched);
  init_capture(() => known, tell, signal);
}

/** True where the answer comes later. */
function handle(message: ToPage, respond: (reply: unknown) => void): boolean {
  if ("look" in message) {
    const form = find_login_form(document);
    respond({ found: form !== null } satisfies Looked);
    if (form) void ask_and_fill(form, message.look.wish);
    return false;
  }
  if ("watch" in message) {
    respond(null);
    watch_for_form(message.watch.milliseconds, fill_launched);
    return false;
  }
  if ("landed" in message) {
    const { path, at_once } = message.landed;
    if (at_once) respond(look_at(path, () => known));
    else landed(path, () => known).then(respond, () => respond(undefined));
    return !at_once;
  }
  settle().then(respond, () => respond(undefined));
  return true;
}

/** Asks again only where an earlier form had no launch to be filled for. */
function fill_launched(form: LoginForm): void {
  launched = launched.then((filled) => filled || ask_and_fill(form, ""));
}

/** False where there was nothing to fill. The values are in the answer to our own message, and are in no variable that outlives this call. */
async function ask_and_fill(form: LoginForm, wish: string): Promise<boolean> {
  const place = place_of();
  const values = (await tell({ form: { wish } })) as Values | null | undefined;
  if (!values) return false;
  const { fill, submit } = values;
  const not_filled = await fill_form(form, values, place);
  if (not_filled) {
    void tell({ fill_ended: { fill, outcome: { not_filled: { reason: not_filled } } } });
    return true;
  }
  mark_filled(form.password, form.user_name);
  const submitted = submit && (await submit_form(form, place));
  void tell({ fill_ended: { fill, outcome: { filled: { submitted } } } });
  return true;
}

function tell(message: FromPage): Promise<unknown> {
  return ext.runtime.sendMessage(message).catch(() => undefined);
}
