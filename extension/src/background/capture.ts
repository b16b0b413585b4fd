// Captures: what the person typed goes to the companion at once and is not kept here. What comes after it in the same tab
// tells whether the login succeeded; only then is saving offered, and on doubt it is not:
//
//   another document     what it asks for and its status (content/landed.ts), also after redirects
//   the same document    its form is gone (content/gone.ts), and nothing that was sent meanwhile failed (outcome.ts)

import type { Frame, Offer, Request } from "../../../crates/protocol/bindings/browser.ts";
import { ext } from "../ext.ts";
import type { Captured, Landed, OfPage } from "../messages.ts";
import { inject, tell_page } from "./inject.ts";
import { companion, ready } from "./link.ts";
import { type News, type Watch, watch_requests } from "./outcome.ts";
import { plain_address } from "./sender.ts";
import { type Attempt, remember, session } from "./session.ts";
import { is_same_site } from "./site.ts";
import { with_steps } from "./steps.ts";
import { judge, type Verdict } from "./verdict.ts";

/** As long as the companion keeps what was typed. */
const LIFETIME = 180_000;

/** Longer values are no password that a person typed, and would not fit a message. */
const LONGEST = 4_096;
const LONGEST_TITLE = 200;

/** A page that was answered and has its form after so long has said no. */
const SAYS_NO = 4_000;

/** What was sent in no way that can be seen led to the page that comes within this time, and to no later one. */
const LEADS_ON = 15_000;

/** Captures on their way to the companion, by tab: the next page may begin before the answer is there. */
const on_their_way = new Map<number, Promise<void>>();

/** Offers that the icon's popup shows, and in which tab. */
const in_popup = new Map<string, number>();

/** What is watched for attempts, by tab. */
const watches = new Map<number, Watch>();

/** Where the form is, and what a launch would open: the page around its frame. */
export type Addresses = { url: string; top_url: string };

/** Whether an attempt is open now: then the page tells when its form is gone. */
export async function captured(frame: Frame, page: Addresses, typed: Captured): Promise<boolean> {
  const whole = ready() ? with_steps(frame, typed) : null;
  if (!whole || !is_typed(whole)) return false;
  // Before the companion is asked: the page may be answered sooner.
  watch(frame.tab, frame.frame_origin);
  const sent = send(frame, page, whole);
  on_their_way.set(frame.tab, sent);
  await sent.finally(() => {
    if (on_their_way.get(frame.tab) === sent) on_their_way.delete(frame.tab);
  });
  const is_open = session.attempts.some(({ tab }) => tab === frame.tab);
  if (!is_open) unwatch(frame.tab);
  return is_open;
}

/** A document began. If a login was tried in its frame or in the frames below it, this is what the login led to. */
export async function capture_arrived(frame: Frame): Promise<void> {
  await on_their_way.get(frame.tab);
  const attempt = session.attempts.find((other) => leads_to(other, frame));
  if (!attempt) return;
  const is_late = Date.now() > attempt.ends - LIFETIME + LEADS_ON;
  if (is_late && watches.get(attempt.tab)?.has_sent() === false) return decide(attempt, "failed");
  const landed = (await inject(frame.tab, frame.document))
    ? await tell_page<Landed>(frame.tab, frame.document, {
        landed: { path: attempt.path, at_once: false },
      })
    : undefined;
  // The document was gone before it settled: a hop on the way. The next one tells.
  if (landed) await decide(attempt, judge(attempt.purpose, landed));
}

/** What a page with an open attempt tells of its form. */
export async function attempt_told(frame: Frame, told: OfPage): Promise<void> {
  await on_their_way.get(frame.tab);
  const attempt = session.attempts.find(({ document }) => document === frame.document);
  if (!attempt) return;
  const is_waiting = watches.get(attempt.tab)?.is_waiting() === true;
  if ("stays" in told) return is_waiting ? undefined : decide(attempt, "failed");
  if ("left" in told || told.gone.failed) return decide(attempt, "failed");
  attempt.is_gone = true;
  remember({ attempts: session.attempts });
  // A form may go while it waits for its answer; and come back.
  if (!is_waiting) await decide(attempt, "signed_in");
}

/** The attempt of a tab, once the person says that it succeeded. */
export async function attempt_worked(tab: number): Promise<Offer | null> {
  const attempt = session.attempts.find((other) => other.tab === tab);
  return attempt ? end_attempt(attempt, true) : null;
}

export function forget_tab_attempts(tab: number): void {
  for (const attempt of session.attempts.filter((other) => other.tab === tab))
    void end_attempt(attempt, false);
}

/** The worker that watched them may be gone. */
export function resume_attempts(): void {
  remember({ attempts: session.attempts.filter(({ ends }) => ends > Date.now()) });
  for (const { tab, origin } of session.attempts) watch(tab, origin);
}

function is_typed({ user_name, password, former_password = "", extras }: Captured): boolean {
  const values = [user_name, password, former_password, ...extras.map(({ value }) => value)];
  return password !== "" && values.every((value) => value.length <= LONGEST);
}

async function send(frame: Frame, { url, top_url }: Addresses, typed: Captured): Promise<void> {
  const answer = await companion.ask({ capture: capture_of(frame, top_url, typed) });
  const others = session.attempts.filter(({ tab }) => tab !== frame.tab);
  if (!("ok" in answer) || !("captured" in answer.ok)) {
    // The companion keeps one attempt of a tab, and what came before was not let in.
    const [former] = session.attempts.filter(({ tab }) => tab === frame.tab);
    if (former) await end_attempt(former, false);
    return;
  }
  const attempt: Attempt = {
    capture: answer.ok.captured.capture,
    purpose: typed.purpose,
    tab: frame.tab,
    frame: frame.frame,
    document: frame.document,
    origin: frame.frame_origin,
    top_origin: frame.top_origin,
    path: new URL(url).pathname,
    led_to: null,
    is_gone: false,
    ends: Date.now() + LIFETIME,
  };
  remember({ attempts: [...others, attempt] });
  setTimeout(() => session.attempts.includes(attempt) && void end_attempt(attempt, false), LIFETIME);
}

type CaptureRequest = Extract<Request, { capture: unknown }>["capture"];

function capture_of(frame: Frame, page_url: string, typed: Captured): CaptureRequest {
  const { user_name, password, former_password, extras, learned, title } = typed;
  const login_url = plain_address(page_url);
  return {
    frame,
    user_name,
    password,
    title: title.slice(0, LONGEST_TITLE),
    login_url,
    ...(former_password && { former_password }),
    ...(extras.length > 0 && { extras }),
    ...(learned && { learned }),
  };
}

function leads_to(attempt: Attempt, { tab, frame, document, frame_origin }: Frame): boolean {
  if (attempt.tab !== tab || attempt.document === document || attempt.ends <= Date.now()) return false;
  if (frame !== 0 && frame !== attempt.frame) return false;
  const origins = [attempt.origin, attempt.top_origin, attempt.led_to].filter((origin) => origin !== null);
  return origins.some((origin) => is_same_site(origin, frame_origin));
}

function watch(tab: number, origin: string): void {
  unwatch(tab);
  watches.set(
    tab,
    watch_requests(tab, origin, (news) => void on_news(tab, news)),
  );
}

function unwatch(tab: number): void {
  watches.get(tab)?.stop();
  watches.delete(tab);
}

async function on_news(tab: number, news: News): Promise<void> {
  await on_their_way.get(tab);
  const attempt = session.attempts.find((other) => other.tab === tab);
  if (!attempt) return;
  if ("sent" in news || "led_to" in news) {
    // A form may be sent from one frame into another; and a login may lead to where nobody could know of.
    if ("sent" in news) attempt.frame = news.sent.frame;
    else attempt.led_to = news.led_to;
    remember({ attempts: session.attempts });
    return;
  }
  if ("failed" in news) {
    const { frame } = news.failed;
    if (frame === null || frame === 0 || frame === attempt.frame) await decide(attempt, "failed");
    return;
  }
  await answered(attempt);
}

/** Everything that the page sent was answered: the form goes, or it stays with what the answer said. */
async function answered(attempt: Attempt): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, attempt.is_gone ? 0 : SAYS_NO));
  if (!session.attempts.includes(attempt) || watches.get(attempt.tab)?.is_waiting()) return;
  const landed = await tell_page<Landed>(attempt.tab, attempt.document, {
    landed: { path: attempt.path, at_once: true },
  });
  // Another document is on its way, and will tell; or the page does once the form is gone.
  if (!landed) return;
  const verdict = judge(attempt.purpose, { ...landed, status: 0 });
  if (verdict === "failed" || attempt.is_gone) await decide(attempt, verdict);
}

async function decide(attempt: Attempt, verdict: Verdict): Promise<void> {
  if (verdict === "wait" || !session.attempts.includes(attempt)) return;
  const offer = await end_attempt(attempt, verdict === "signed_in");
  if (offer) await show_offer(offer, attempt.tab);
}

async function end_attempt(attempt: Attempt, signed_in: boolean): Promise<Offer | null> {
  remember({ attempts: session.attempts.filter((other) => other !== attempt) });
  if (!session.attempts.some(({ tab }) => tab === attempt.tab)) unwatch(attempt.tab);
  const answer = await companion.ask({ capture_ended: { capture: attempt.capture, signed_in } });
  return "ok" in answer && "offer" in answer.ok ? answer.ok.offer : null;
}

/** In a window of our own, which no page can draw over: the one where the password was made, or a new one. */
async function show_offer(offer: Offer, tab: number): Promise<void> {
  const url = ext.runtime.getURL(`offer.html?capture=${encodeURIComponent(offer.capture)}`);
  const change = session.changes.find((other) => other.tab === tab);
  if (change && (await turn_to(change.window_tab, url))) return;
  try {
    await ext.windows.create({ url, type: "popup", width: 420, height: 340, focused: true });
  } catch {
    // Where no window may come up the icon's popup shows it, with a mark on the icon.
    in_popup.set(offer.capture, tab);
    await show_in_popup(tab, url, "•");
  }
}

/** The popup is the accounts' again. */
export async function offer_answered(capture: string): Promise<void> {
  const tab = in_popup.get(capture);
  if (tab !== undefined && in_popup.delete(capture)) await show_in_popup(tab, "", "");
}

async function show_in_popup(tabId: number, popup: string, text: string): Promise<void> {
  const { default_popup = "" } = ext.runtime.getManifest().action ?? {};
  try {
    await ext.action.setPopup({ tabId, popup: popup || default_popup });
    await ext.action.setBadgeText({ tabId, text });
  } catch {
    // The tab was closed in between.
  }
}

/** False where the person has closed it. */
async function turn_to(tab: number, url: string): Promise<boolean> {
  try {
    const { windowId } = await ext.tabs.get(tab);
    await ext.tabs.update(tab, { url });
    await ext.windows.update(windowId, { focused: true });
    return true;
  } catch {
    return false;
  }
}
