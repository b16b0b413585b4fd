// Asks the background worker, and hears when what it shows has changed.

import { useEffect, useState } from "preact/hooks";
import type { OfferAnswer } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { ext } from "../ext.ts";
import type { Filled, FromOwnPage, OfferReply, Status } from "../messages.ts";

export const ask = {
  status: (tab: number) => send<Status>({ status: { tab } }),
  fill: (tab: number, app: string) => send<Filled>({ fill: { tab, app } }),
  pair: () => send<null>({ pair: {} }),
  open_lanyard: () => send<Problem | null>({ open_lanyard: {} }),
  offer: (capture: string) => send<OfferReply>({ offer: { capture } }),
  answer_offer: (capture: string, answer: OfferAnswer) =>
    send<Problem | null>({ answer_offer: { capture, answer } }),
};

/** The status, again whenever something in it changes. Null until it is known for the first time. */
export function use_status(tab: number | null): [Status | null, () => void] {
  const [status, set_status] = useState<Status | null>(null);
  const [round, set_round] = useState(0);
  const again = () => set_round((before) => before + 1);
  useEffect(() => {
    if (tab === null) return;
    let latest = true;
    void ask.status(tab).then((found) => latest && set_status(found));
    return () => {
      latest = false;
    };
  }, [tab, round]);
  useEffect(() => {
    const on_change = (changes: Record<string, { oldValue?: unknown; newValue?: unknown }>) => {
      if (Object.values(changes).some(is_change)) again();
    };
    ext.storage.session.onChanged.addListener(on_change);
    return () => ext.storage.session.onChanged.removeListener(on_change);
  }, []);
  return [status, again];
}

/** Asking for the status writes it down too: the same again is no news. */
function is_change({ oldValue, newValue }: { oldValue?: unknown; newValue?: unknown }): boolean {
  return JSON.stringify(oldValue) !== JSON.stringify(newValue);
}

function send<Reply>(message: FromOwnPage): Promise<Reply> {
  return ext.runtime.sendMessage(message);
}
