// Sign-ins that the browser itself asks for (HTTP Basic and Digest, RFC 7617 and RFC 7616): answered where somebody
// launched the app, a login is under way or the app is automatic, once. Otherwise the browser asks the person as ever.

import type { FillCause, Frame, Part } from "../../../crates/protocol/bindings/browser.ts";
import { ext } from "../ext.ts";
import { filled_text, problem_text } from "../strings.ts";
import { automatic_app, filled_in } from "./automatic.ts";
import { show_notice } from "./badge.ts";
import { begin_flow, flow_of, take_parts } from "./flows.ts";
import { bound_right, launches_begun, spend_right } from "./launch.ts";
import { companion, ready } from "./link.ts";
import { verify_first } from "./security-key.ts";
import { web_origin } from "./sender.ts";
import { remembered } from "./session.ts";

type Challenge = chrome.webRequest.OnAuthRequiredDetails;
type Answer = chrome.webRequest.BlockingResponse;

/** Fills that answered a request, by the request: a second question for it is a no. */
const answered = new Map<string, { fill: string; tab: number }>();

/** Answers are remembered for as long as a site may take to refuse one. */
const REMEMBERED = 60_000;

export function listen_for_challenges(): void {
  ext.webRequest.onAuthRequired.addListener(
    (challenge, respond) => {
      const answer = remembered.then(() => answer_to(challenge));
      answer.then(
        (given) => respond?.(given),
        () => respond?.({}),
      );
      return undefined;
    },
    // What is inside of pages asks for itself; it is no app that was launched.
    { urls: ["https://*/*", "http://*/*"], types: ["main_frame", "sub_frame"] },
    ["asyncBlocking"],
  );
}

async function answer_to(challenge: Challenge): Promise<Answer> {
  const { requestId, isProxy, scheme, tabId } = challenge;
  if (isProxy || tabId < 0 || !/^(basic|digest)$/i.test(scheme)) return {};
  const before = answered.get(requestId);
  if (before) return give_up(requestId, before);
  await launches_begun();
  const frame = await frame_of(challenge);
  if (!frame || !ready()) return {};
  const cause = await cause_of(frame);
  if (!cause) return {};
  return ask(frame, requestId, cause);
}

const LOGIN: Part[] = ["user_name", "password"];

type Why = { app: string; cause: FillCause };

async function cause_of(frame: Frame): Promise<Why | null> {
  const right = bound_right(frame);
  if (right) {
    spend_right(right);
    return { app: right.app, cause: { launch: { launch: right.launch } } };
  }
  const flow = await flow_of(frame);
  if (flow) {
    const is_whole = !flow.given.includes("user_name") && !flow.given.includes("password");
    if (!is_whole) return null;
    take_parts(flow, LOGIN);
    return { app: flow.app, cause: { continue: { fill: flow.fill } } };
  }
  const app = frame.frame === 0 ? await automatic_app(frame) : null;
  return app === null ? null : { app, cause: { arrival: {} } };
}

async function ask(frame: Frame, request: string, { app, cause }: Why): Promise<Answer> {
  const answer = await companion.ask({ fill: { frame, app, cause, parts: LOGIN } });
  if ("problem" in answer) {
    await show_notice(frame.tab, problem_text(answer.problem));
    // The browser does not wait so long: once the key was used, the app is launched again.
    if (answer.problem.code === "not_verified" && "launch" in cause) void verify_first(frame.tab, app, false);
    return {};
  }
  if (!("fill" in answer.ok)) return {};
  const { fill, user_name, password } = answer.ok.fill;
  if (user_name === undefined || password === undefined) return {};
  filled_in(frame.tab, frame.top_origin);
  begin_flow(frame, app, fill, ["user_name", "password"], null);
  answered.set(request, { fill, tab: frame.tab });
  setTimeout(() => accepted(request), REMEMBERED);
  return { authCredentials: { username: user_name, password } };
}

/** A page of the tab began: its answer was taken. */
export function challenge_met(tab: number): void {
  for (const [request, { tab: other }] of answered) if (other === tab) accepted(request);
}

function accepted(request: string): void {
  const { fill } = answered.get(request) ?? {};
  answered.delete(request);
  if (fill) void companion.ask({ fill_ended: { fill, outcome: { filled: { submitted: true } } } });
}

async function give_up(request: string, { fill, tab }: { fill: string; tab: number }): Promise<Answer> {
  answered.delete(request);
  const reason = "rejected";
  await show_notice(tab, filled_text({ not_filled: reason }));
  void companion.ask({ fill_ended: { fill, outcome: { not_filled: { reason } } } });
  return {};
}

/** The document is not there yet: the request stands for it. */
async function frame_of({ tabId, frameId, url, requestId }: Challenge): Promise<Frame | null> {
  const frame_origin = web_origin(url);
  if (frame_origin === null) return null;
  const top_origin = frameId === 0 ? frame_origin : web_origin((await ext.tabs.get(tabId)).url ?? "");
  if (top_origin !== frame_origin) return null;
  return { tab: tabId, frame: frameId, document: `auth:${requestId}`, frame_origin, top_origin };
}
