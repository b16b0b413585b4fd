// Messages of the companion, checked before anything believes them. Types are generated from crates/protocol. Pure.

import type {
  Account,
  Event,
  Extra,
  FormHint,
  Launch,
  Offer,
  Response,
  Selectors,
  State,
} from "../../../crates/protocol/bindings/browser.ts";
import type { FromCompanion as Carried } from "../../../crates/protocol/bindings/channel.ts";
import type { Message, Problem, VaultState } from "../../../crates/protocol/bindings/common.ts";
import type { KeyPurpose, KeyTask } from "../../../crates/protocol/bindings/security_key.ts";
import { flag, list, nothing, one_of, or_null, record, text, variants, whole } from "../shape.ts";
import { word } from "../words.ts";

export type FromCompanion = Message<Response, Event>;

/** What the host passes on, or null where it is nothing of the kind. */
export function parse_carried(value: unknown): Carried | null {
  return is_carried(value) ? value : null;
}

/** A message that was sealed, or null where it is not one. */
export function parse_message(bytes: Uint8Array): FromCompanion | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return is_message(value) ? value : null;
  } catch {
    return null;
  }
}

/** Lanyard speaks to us in a way that this version does not know. */
export function no_message(): Problem {
  return {
    code: "unavailable",
    message: word("versions"),
    hint: word("versions_hint"),
  };
}

const problem = record<Problem>({ code: text, message: text, hint: text });

const saving = one_of("offered", "never", "off", "forbidden");

const state = record<State>({
  signed_in: or_null(text),
  vault: variants<VaultState>({
    unlocked: nothing,
    locked: nothing,
    unavailable: record({ problem, may_begin_new: flag }),
  }),
  field_icon: flag,
  saving,
});

const selectors = record<Selectors>(
  {},
  {
    username: text,
    current_password: text,
    new_password: text,
    one_time_code: text,
    extras: list(text),
    submit: text,
  },
);

const form = record<FormHint>(
  {},
  { app: selectors, learned: selectors, automatic: flag, frames: list(text) },
);

const launch = record<Launch>(
  {
    launch: text,
    app: text,
    origin: text,
    open: or_null(text),
    expires_in: whole,
  },
  { form },
);

const account = record<Account>({ app: text, name: text, user_name: text }, { one_time_code: flag });

const offer = record<Offer>({
  capture: text,
  kind: one_of("save", "update"),
  name: text,
  user_name: text,
  origin: text,
  auto_submit: flag,
});

const security_key = record<KeyTask>({
  purpose: variants<KeyPurpose>({
    add: record({ name: text }),
    confirm: nothing,
    fill: record({ app: text }),
    unlock: nothing,
    slot: record({ name: text }),
  }),
  options: text,
});

const response = variants<Response>({
  welcome: record({ version: whole, companion_version: text, state }),
  done: nothing,
  suggestions: record({ accounts: list(account), saving }, { form }),
  sites: record({ origins: list(text) }),
  fill: record(
    { fill: text, submit: flag },
    {
      user_name: text,
      password: text,
      one_time_code: text,
      extras: list(record<Extra>({ field: text, value: text })),
    },
  ),
  key_task: record({ task: text }),
  asked_in_window: record({ task: text }),
  security_key,
  generated: record({ password: text }),
  captured: record({ capture: text }),
  unchanged: nothing,
  offer,
});

const event = variants<Event>({
  state,
  origins: record({ key: text, digests: text, part: whole }),
  launch,
  use_security_key: record({ task: text }),
  verified: record({ task: text, problem: or_null(problem) }),
  unavailable: problem,
});

const is_carried = variants<Carried>({ channel: text, not_now: problem, unavailable: problem });

const is_message = variants<FromCompanion>({
  reply: record({ id: whole, result: variants({ ok: response, problem } as never) }),
  event,
});
