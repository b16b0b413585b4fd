// Asks the background worker, and hears when what it shows has changed.

import { useEffect, useState } from "preact/hooks";
import type { OfferAnswer } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { ext } from "../ext.ts";
import type {
  Changing,
  Filled,
  FromOwnPage,
  KeyTaskReply,
  Made,
  NewForm,
  OfferReply,
  Sites,
  Status,
} from "../messages.ts";

export const ask = {
  status: (tab: number, connect: boolean) => send<Status>({ status: { tab, connect } }),
  fill: (tab: number, app: string) => send<Filled>({ fill: { tab, app } }),
  pair: () => send<null>({ pair: {} }),
  compared: (is_same: boolean) => send<null>({ compared: { is_same } }),
  open_lanyard: () => send<Problem | null>({ open_lanyard: {} }),
  offer: (capture: string) => send<OfferReply>({ offer: { capture } }),
  answer_offer: (capture: string, answer: OfferAnswer) =>
    send<Problem | null>({ answer_offer: { capture, answer } }),
  add_account: (tab: number, name: string, user_name: string, password: string) =>
    send<Problem | null>({ add_account: { tab, name, user_name, password } }),
  new_form: (tab: number) => send<NewForm | null>({ new_form: { tab } }),
  open_change: (tab: number) => send<null>({ open_change: { tab } }),
  begin_change: (tab: number, window_tab: number) =>
    send<Changing | { problem: Problem }>({ begin_change: { tab, window_tab } }),
  make_password: (tab: number) => send<Made>({ make_password: { tab } }),
  fill_change: (tab: number, app: string | null, password: string) =>
    send<string | null>({ fill_change: { tab, app, password } }),
  change_worked: (tab: number, user_name: string, password: string) =>
    send<Problem | null>({ change_worked: { tab, user_name, password } }),
  key_task: (task: string, window_tab: number) => send<KeyTaskReply>({ key_task: { task, window_tab } }),
  answer_key: (task: string, json: string, secret: string | null) =>
    send<Problem | null>({ answer_key: { task, json, secret } }),
  never: (tab: number) => send<Problem | null>({ never: { tab } }),
  never_sites: () => send<Sites>({ never_sites: {} }),
  allow_site: (origin: string) => send<Problem | null>({ allow_site: { origin } }),
};

/** No tab is asked about. */
export const NO_TAB = -1;

/** The status, again whenever something in it changes, and anew when the person asks. Null until it is first known. */
export function use_status(tab: number | null): [Status | null, () => void] {
  const [status, set_status] = useState<Status | null>(null);
  const [round, set_round] = useState({ connect: true });
  useEffect(() => {
    if (tab === null) return;
    let latest = true;
    void ask.status(tab, round.connect).then((found) => latest && set_status(found));
    return () => {
      latest = false;
    };
  }, [tab, round]);
  useEffect(() => {
    if (tab === null) return;
    const on_change = (changes: Record<string, { oldValue?: unknown; newValue?: unknown }>) => {
      if (Object.values(changes).some(is_change)) set_round({ connect: false });
    };
    ext.storage.session.onChanged.addListener(on_change);
    return () => ext.storage.session.onChanged.removeListener(on_change);
  }, [tab]);
  return [status, () => set_round({ connect: true })];
}

/** Asking for the status writes it down too: the same again is no news. */
function is_change({ oldValue, newValue }: { oldValue?: unknown; newValue?: unknown }): boolean {
  return JSON.stringify(oldValue) !== JSON.stringify(newValue);
}

function send<Reply>(message: FromOwnPage): Promise<Reply> {
  return ext.runtime.sendMessage(message);
}
