// The palette's commands that make sense in this state.

import type { Walk } from "./app.tsx";
import type { Command } from "./commands.ts";
import { PLACES } from "./screen.ts";
import { useWords } from "./speech.ts";
import type { Request, State, Theme } from "./wire.ts";

/** `run` sends a request and says what went wrong. */
export function useCommands(state: State, walk: Walk, run: (request: Request) => void): Command[] {
  const words = useWords();
  const action = (id: string, title: string, act: () => void): Command => ({
    id,
    group: "actions",
    title,
    run: act,
  });
  const request = (id: string, title: string, asked: Request): Command => ({
    ...action(id, title, () => run(asked)),
    asks: true,
  });
  const theme = (one: Theme) =>
    request(`theme-${one}`, words.palette[one], { change_settings: { theme: one } });
  const themes = (["light", "dark", "system"] as const)
    .filter((one) => one !== state.settings.theme)
    .map(theme);
  if (!state.account || state.sign_in || "unavailable" in state.vault) return themes;

  const locked = "locked" in state.vault;
  const places = PLACES.map(
    (place): Command => ({
      id: place,
      group: "places",
      title: words.places[place],
      run: () => walk.go({ at: place }),
    }),
  );
  return [
    ...places,
    ...(locked
      ? [request("unlock", words.palette.unlock, { unlock: {} })]
      : [
          action("add", words.palette.add, () => walk.go({ at: "add" })),
          request("lock", words.palette.lock, { lock: {} }),
        ]),
    action("sign-out", words.palette.signOut, () => walk.go({ at: "settings" })),
    ...themes,
  ];
}
