// The time, and whether there is a network.

import { useEffect, useState } from "preact/hooks";

/** Milliseconds of the Unix epoch, anew each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Whether this computer has a network at all. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const left = new AbortController();
    const update = () => setOnline(navigator.onLine);
    addEventListener("online", update, left);
    addEventListener("offline", update, left);
    return () => left.abort();
  }, []);
  return online;
}
