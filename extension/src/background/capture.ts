// Captures: what the person typed goes to the companion at once and is not kept here. The next page of the same tab tells
// whether the login succeeded; only then is saving offered.

import type { Frame, Offer } from "../../../crates/protocol/bindings/browser.ts";
import { ext } from "../ext.ts";
import type { Settled } from "../messages.ts";
import { inject, tell_page } from "./inject.ts";
import { companion, ready } from "./link.ts";
import { plain_address } from "./sender.ts";
import { type Attempt, remember, session } from "./session.ts";
import { is_same_site } from "./site.ts";

/** As long as the companion keeps what was typed. */
const LIFETIME = 180_000;

/** Longer values are no password that a person typed, and would not fit a message. */
const LONGEST = 4_096;
const LONGEST_TITLE = 200;

/** Captures on their way to the companion, by tab: the next page may begin before the answer is there. */
const on_their_way = new Map<number, Promise<void>>();

type Typed = { user_name: string; password: string; title: string };

export async function captured(frame: Frame, url: string, typed: Typed): Promise<void> {
  if (!ready() || typed.password === "") return;
  if (typed.user_name.length > LONGEST || typed.password.length > LONGEST) return;
  const sent = send(frame, url, typed);
  on_their_way.set(frame.tab, sent);
  await sent.finally(() => {
    if (on_their_way.get(frame.tab) === sent) on_their_way.delete(frame.tab);
  });
}

/** A document began. If a login was tried in its frame or in the frames below it, this is what the login led to. */
export async function capture_arrived(frame: Frame): Promise<void> {
  await on_their_way.get(frame.tab);
  const attempt = session.attempts.find((other) => leads_to(other, frame));
  if (!attempt) return;
  const landed = (await inject(frame.tab, frame.document))
    ? await tell_page<Settled>(frame.tab, frame.document, { settle: {} })
    : undefined;
  // The document was gone before it settled: a hop on the way. The next one tells.
  if (!landed || !session.attempts.includes(attempt)) return;
  await end_attempt(attempt, !landed.form && landed.status < 400);
}

export function forget_tab_attempts(tab: number): void {
  for (const attempt of session.attempts.filter((other) => other.tab === tab))
    void end_attempt(attempt, false);
}

async function send(frame: Frame, url: string, { user_name, password, title }: Typed): Promise<void> {
  const login_url = plain_address(url);
  const short_title = title.slice(0, LONGEST_TITLE);
  const answer = await companion.ask({
    capture: { frame, user_name, password, title: short_title, login_url },
  });
  if (!("ok" in answer) || !("captured" in answer.ok)) return;
  const { capture } = answer.ok.captured;
  const attempt = {
    capture,
    tab: frame.tab,
    frame: frame.frame,
    origin: frame.frame_origin,
    ends: Date.now() + LIFETIME,
  };
  // The companion keeps one attempt of a tab: a repeated one replaces it.
  remember({ attempts: [...session.attempts.filter(({ tab }) => tab !== frame.tab), attempt] });
}

function leads_to(attempt: Attempt, frame: Frame): boolean {
  const same_place = attempt.tab === frame.tab && (frame.frame === 0 || frame.frame === attempt.frame);
  return same_place && attempt.ends > Date.now() && is_same_site(attempt.origin, frame.frame_origin);
}

async function end_attempt(attempt: Attempt, signed_in: boolean): Promise<void> {
  remember({ attempts: session.attempts.filter((other) => other !== attempt) });
  const answer = await companion.ask({ capture_ended: { capture: attempt.capture, signed_in } });
  if ("ok" in answer && "offer" in answer.ok) await show_offer(answer.ok.offer);
}

/** In a window of our own, which no page can draw over. */
async function show_offer(offer: Offer): Promise<void> {
  const url = ext.runtime.getURL(`offer.html?capture=${encodeURIComponent(offer.capture)}`);
  await ext.windows.create({ url, type: "popup", width: 420, height: 340, focused: true });
}
