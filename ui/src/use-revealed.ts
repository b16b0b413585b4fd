// A secret of an app, held only while it is shown: it goes after a while, when the window loses the focus, and with the
// screen. A one-time code stays while the person types it elsewhere, and the next one follows it.

import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { CODES_SHOWN_FOR, SHOWN_FOR } from "./secret.ts";
import { type Asking, useRequest } from "./use-request.ts";
import { carried, type Revealed, type SecretPart } from "./wire.ts";

export interface Revealing {
  revealed: Revealed | undefined;
  show: () => Promise<void>;
  hide: () => void;
  asking: Asking;
}

export function useRevealed(app: string, part: SecretPart): Revealing {
  const asking = useRequest();
  const [revealed, setRevealed] = useState<Revealed>();
  const [since, setSince] = useState<number>();
  const hide = () => {
    setRevealed(undefined);
    setSince(undefined);
  };
  const ask = async () => carried(await asking.send({ reveal: { app, part } }), "revealed");
  const show = async () => {
    const answer = await ask();
    if (!answer) return;
    setRevealed(answer);
    setSince(Date.now());
  };

  // Before the secret is painted, so that no change of windows is missed.
  useLayoutEffect(() => {
    if (since === undefined) return;
    const codes = part === "one_time_code";
    const left = new AbortController();
    const timer = setTimeout(hide, codes ? CODES_SHOWN_FOR : SHOWN_FOR);
    if (!codes) addEventListener("blur", hide, left);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [since]);

  const ends = carried(revealed, "one_time_code")?.ends_at;
  useEffect(() => {
    if (ends === undefined) return;
    const timer = setTimeout(
      () => ask().then((next) => (next ? setRevealed(next) : hide())),
      ends - Date.now(),
    );
    return () => clearTimeout(timer);
  }, [ends]);

  return { revealed, show, hide, asking };
}
