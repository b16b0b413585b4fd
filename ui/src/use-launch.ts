// Opens an app, and says where.

import { useWords } from "./speech.ts";
import { type Asking, useRequest } from "./use-request.ts";
import { type AppView, carried } from "./wire.ts";

export function useLaunch(say: (what: string) => void): Asking & { launch: (app: AppView) => Promise<void> } {
  const words = useWords().list;
  const asking = useRequest();
  const launch = async ({ app, name }: AppView) => {
    const launched = carried(await asking.send({ launch: { app } }), "launched");
    if (!launched) return say("");
    say(launched.browser ? words.opens(name, launched.browser) : words.opensUnconnected(name));
  };
  return { ...asking, launch };
}
