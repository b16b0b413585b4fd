// The background worker: everything that listens is registered here, at once, because the browser ends the worker when it
// likes and starts it again for the next event.
//
//   page ── stub, page script ──messages──> this worker ──port──> native host ──> companion
//   our own pages ─────────────messages──────┘

import { described, ext, type Sender } from "../ext.ts";
import { type FromOwnPage, type FromPage, is_from_own_page, is_from_page } from "../messages.ts";
import { automatic_arrived, forget_tab_visits } from "./automatic.ts";
import { show_notice, show_state, show_tab } from "./badge.ts";
import { challenge_met, listen_for_challenges } from "./basic.ts";
import {
  attempt_told,
  capture_arrived,
  captured,
  forget_tab_attempts,
  offer_answered,
  resume_attempts,
} from "./capture.ts";
import { close_chooser } from "./choose.ts";
import { choose, forget_tab_account } from "./chosen.ts";
import {
  fill_by_gesture,
  fill_by_shortcut,
  fill_ended,
  form_found,
  frame_loaded,
  page_begun,
} from "./fill.ts";
import { flow_arrived, forget_tab_flows } from "./flows.ts";
import { icon_said } from "./icon.ts";
import { expect_scripts, forget_documents, press_in_page, scripts_asked } from "./inject.ts";
import { end_old_rights, forget_tab_rights, launch_arrived } from "./launch.ts";
import { companion } from "./link.ts";
import {
  begin_change,
  change_worked,
  fill_change,
  forget_change,
  make_password,
  new_form,
  open_change,
} from "./new-password.ts";
import { login_focused, what_to_do } from "./open-pages.ts";
import { answer_offer, compared, get_offer, open_lanyard, pair, status } from "./own-pages.ts";
import { is_prepared } from "./prepare.ts";
import { add_account, allow_site, never, never_sites } from "./saving.ts";
import { forget_key_page, key_answered, key_task } from "./security-key.ts";
import { frame_of, is_own_page } from "./sender.ts";
import { remembered } from "./session.ts";
import { forget_old_steps, forget_tab_steps, step_taken } from "./steps.ts";

const OWN_ID = ext.runtime.id;
const OWN_ORIGIN = new URL(ext.runtime.getURL("/")).origin;

ext.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") void ext.tabs.create({ url: ext.runtime.getURL("welcome.html") });
});

// Being listened for is enough to be started with the browser: a launch finds a connection.
ext.runtime.onStartup.addListener(() => undefined);

ext.runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (reply: unknown) => void) => {
  const reply = answer(message, described(sender));
  if (!reply) return false;
  reply.then(respond, () => respond(null));
  return true;
});

listen_for_challenges();

ext.commands.onCommand.addListener((command, tab) => {
  if (command === "fill" && tab) void remembered.then(() => fill_by_shortcut(tab));
});

ext.tabs.onRemoved.addListener((tab) => {
  void remembered.then(() => {
    forget_documents(tab);
    forget_tab_rights(tab);
    forget_tab_flows(tab);
    forget_tab_visits(tab);
    forget_tab_attempts(tab);
    forget_tab_account(tab);
    close_chooser(tab);
    forget_tab_steps(tab);
    forget_change(tab);
    forget_key_page(tab);
    return show_notice(tab, null);
  });
});

// A worker that was started again has lost its port, and the companion its way to tell of launches.
void remembered.then(() => {
  companion.keep_connected();
  end_old_rights();
  resume_attempts();
  forget_old_steps();
  return show_state();
});

/** Null where the sender may not send this: it gets no answer. */
function answer(message: unknown, sender: Sender): Promise<unknown> | null {
  if (is_own_page(sender, OWN_ID, OWN_ORIGIN)) {
    return is_from_own_page(message) ? remembered.then(() => from_own_page(message)) : null;
  }
  return frame_of(sender, OWN_ID) && is_from_page(message)
    ? remembered.then(() => from_page(message, sender))
    : null;
}

async function from_page(message: FromPage, sender: Sender): Promise<unknown> {
  const frame = frame_of(sender, OWN_ID);
  if (!frame || !sender.tab || !sender.url) return null;
  if ("arrived" in message) {
    const connected = companion.greeted_at !== null;
    companion.keep_connected();
    if (frame.frame === 0) {
      forget_documents(frame.tab);
      if (is_prepared(frame.frame_origin)) expect_scripts(frame.tab, frame.document);
      challenge_met(frame.tab);
      await show_notice(frame.tab, null);
    }
    // Takes as long as the page takes to show what it is.
    void capture_arrived(frame);
    await Promise.all([
      launch_arrived(frame, connected),
      flow_arrived(frame),
      automatic_arrived(frame),
      frame.frame === 0 && show_tab(sender.tab),
    ]);
    return what_to_do(frame);
  }
  if ("still_here" in message) return what_to_do(frame);
  if ("login_focused" in message) return login_focused(frame);
  if ("form" in message) return form_found(frame, message.form);
  if ("press" in message) return press_in_page(frame.tab, frame.document, message.press.mark);
  if ("begun" in message) {
    const task = page_begun(frame);
    scripts_asked(frame.document, task);
    return task;
  }
  if ("frame_loaded" in message) return frame.frame === 0 ? frame_loaded(frame) : null;
  if ("fill_ended" in message) return fill_ended(frame, message.fill_ended.fill, message.fill_ended.outcome);
  if ("icon" in message) return icon_said(frame, message.icon);
  if ("step" in message) return step_taken(frame, message.step);
  if ("attempt" in message) return attempt_told(frame, message.attempt);
  return captured(frame, { url: sender.url, top_url: sender.tab.url ?? sender.url }, message.capture);
}

async function from_own_page(message: FromOwnPage): Promise<unknown> {
  if ("status" in message) return status(message.status.tab, message.status.connect);
  if ("fill" in message) {
    choose(message.fill.tab, message.fill.app);
    return fill_by_gesture(message.fill.tab, message.fill.app);
  }
  if ("pair" in message) return pair();
  if ("compared" in message) return compared(message.compared.is_same);
  if ("open_lanyard" in message) return open_lanyard();
  if ("offer" in message) return get_offer(message.offer.capture);
  if ("answer_offer" in message) {
    const { capture, answer } = message.answer_offer;
    return answer_offer(capture, answer).finally(() => offer_answered(capture));
  }
  if ("add_account" in message) return add_account(message.add_account);
  if ("never" in message) return never(message.never.tab);
  if ("never_sites" in message) return never_sites();
  if ("new_form" in message) return new_form(message.new_form.tab);
  if ("open_change" in message) return open_change(message.open_change.tab);
  if ("begin_change" in message)
    return begin_change(message.begin_change.tab, message.begin_change.window_tab);
  if ("make_password" in message) return make_password(message.make_password.tab);
  if ("fill_change" in message) {
    const { tab, app, password } = message.fill_change;
    return fill_change(tab, app, password);
  }
  if ("change_worked" in message) {
    const { tab, user_name, password } = message.change_worked;
    return change_worked(tab, user_name, password);
  }
  if ("key_task" in message) return key_task(message.key_task.task, message.key_task.window_tab);
  if ("answer_key" in message)
    return key_answered(message.answer_key.task, message.answer_key, fill_by_gesture);
  return allow_site(message.allow_site.origin);
}
