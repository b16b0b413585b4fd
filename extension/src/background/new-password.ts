// New passwords: made by the rules of the page and of the organisation, put into the page beside the old one, and stored
// once the page has taken them. The password itself is in the window that shows it and in no variable here that outlives a
// call.

import type { Frame } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { DEFAULT_RULES, makePassword } from "../../../ui/shared/generate.ts";
import { ext } from "../ext.ts";
import type { Changing, Made, NewForm } from "../messages.ts";
import { filled_text, problem_text } from "../strings.ts";
import { word } from "../words.ts";
import { attempt_worked } from "./capture.ts";
import { fill_by_gesture } from "./fill.ts";
import { documents_of, inject_filling, tell_page } from "./inject.ts";
import { companion } from "./link.ts";
import { plain_address } from "./sender.ts";
import { remember, session } from "./session.ts";
import { accounts_for, top_page } from "./suggest.ts";
import { no_message } from "./wire.ts";

/** A page whose password is being made or changed. No secret. */
export type Change = {
  tab: number;
  /** The tab of our own window that shows it. */
  window_tab: number;
  frame: Frame;
  login_url: string;
  title: string;
  rules: string;
};

const LONGEST_TITLE = 200;
const [WIDTH, HEIGHT] = [420, 400];

/** The form in a tab that asks for a new password; null where there is none. */
export async function new_form(tab: number): Promise<NewForm | null> {
  return (await find_form(tab, null))?.form ?? null;
}

export async function open_change(tab: number): Promise<null> {
  const url = ext.runtime.getURL(`change.html?tab=${tab}`);
  await ext.windows.create({ url, type: "popup", width: WIDTH, height: HEIGHT, focused: true });
  return null;
}

/** Our window is there, and shows the first password. */
export async function begin_change(
  tab: number,
  window_tab: number,
): Promise<Changing | { problem: Problem }> {
  const [page, found] = await Promise.all([accounts_for(tab), find_form(tab, null)]);
  if (!page || !found) return { problem: gone() };
  if (page.problem) return { problem: page.problem };
  const { form, frame, url } = found;
  const login_url = plain_address(url);
  const change: Change = { tab, window_tab, frame, login_url, title: page.title, rules: form.rules };
  remember({ changes: [...session.changes.filter((other) => other.tab !== tab), change] });
  const made = await make_password(tab);
  if ("problem" in made) return made;
  const { origin, accounts } = page;
  return { form, origin, accounts, password: made.password };
}

/** By the rules of the form in a tab, if it has one. */
export async function make_password(tab: number): Promise<Made> {
  const change = session.changes.find((other) => other.tab === tab) ?? (await page_rules(tab));
  if (!change) return { password: makePassword(DEFAULT_RULES) };
  const { frame, rules } = change;
  const answer = await companion.ask({ generate: { frame, ...(rules !== "" && { rules }) } });
  if ("problem" in answer) return answer;
  return "generated" in answer.ok ? answer.ok.generated : { problem: no_message() };
}

/** The old one by the rules of every fill, then the new one. Null, or why it came to nothing. */
export async function fill_change(tab: number, app: string | null, password: string): Promise<string | null> {
  const found = await find_form(tab, null);
  if (!found) return problem_text(gone());
  if (app !== null && found.form.has_current) {
    const filled = await fill_by_gesture(tab, app);
    const text = filled_text(filled);
    if (text) return text;
  }
  const after = await find_form(tab, password);
  return after?.form.filled ? null : word("values_not_kept");
}

/** The person saw that it worked, where we did not. Null once it is stored. */
export async function change_worked(
  tab: number,
  user_name: string,
  password: string,
): Promise<Problem | null> {
  const offer = (await attempt_worked(tab)) ?? (await capture_made(tab, user_name, password));
  if (offer && "problem" in offer) return offer.problem;
  // It is what is stored.
  if (!offer) return null;
  const { capture, name, auto_submit } = offer;
  const answer = await companion.ask({ answer_offer: { capture, answer: { save: { name, auto_submit } } } });
  return "problem" in answer ? answer.problem : null;
}

/** Our window was closed, or its tab. */
export function forget_change(tab: number): void {
  const changes = session.changes.filter((change) => change.tab !== tab && change.window_tab !== tab);
  if (changes.length < session.changes.length) remember({ changes });
}

async function capture_made(tab: number, user_name: string, password: string) {
  const change = session.changes.find((other) => other.tab === tab);
  if (!change) return { problem: gone() };
  const { frame, login_url, title } = change;
  const captured = await companion.ask({
    capture: { frame, user_name, password, title: title.slice(0, LONGEST_TITLE), login_url },
  });
  if ("problem" in captured) return captured;
  if (!("captured" in captured.ok)) return null;
  const { capture } = captured.ok.captured;
  const ended = await companion.ask({ capture_ended: { capture, signed_in: true } });
  if ("problem" in ended) return ended;
  return "offer" in ended.ok ? ended.ok.offer : null;
}

async function page_rules(tab: number): Promise<{ frame: Frame; rules: string } | null> {
  const found = await find_form(tab, null);
  if (found) return { frame: found.frame, rules: found.form.rules };
  const page = await top_page(tab);
  return page && { frame: page.frame, rules: "" };
}

type Found = { form: NewForm; frame: Frame; url: string };

/** In the tab's page and the frames of its own origin. */
async function find_form(tab: number, password: string | null): Promise<Found | null> {
  const page = await top_page(tab);
  if (!page) return null;
  const { frame: top, url } = page;
  for (const { frame, document, origin } of await documents_of(tab)) {
    if (origin !== top.frame_origin || !(await inject_filling(tab, document))) continue;
    const form = await tell_page<NewForm | null>(tab, document, { new_password: { password } });
    if (form) return { form, frame: { ...top, frame, document }, url };
  }
  return null;
}

function gone(): Problem {
  return { code: "not_found", message: word("page_gone"), hint: word("page_gone_hint") };
}
