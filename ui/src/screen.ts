// Which screen fits the state. Pure.

import {
  carried,
  type Page,
  type Question,
  type SignInProgress,
  type State,
  type VaultState,
} from "./wire.ts";

/** Places a person can choose while signed in. */
export const PLACES = ["apps", "activity", "browsers", "security", "settings"] as const;

export type Place = (typeof PLACES)[number];

/** Where a person wants to be. */
export type Route =
  | { at: Place }
  | { at: "add" }
  | { at: "recovery" }
  | { at: "credential" | "edit"; app: string };

export type Unavailable = Extract<VaultState, { unavailable: unknown }>["unavailable"];

export type Screen =
  | { is: "question"; question: Question }
  | { is: "unavailable"; vault: Unavailable }
  | { is: "sign_in"; progress: SignInProgress | null }
  | { is: "locked" }
  | { is: "route"; route: Route };

/**
 * A question comes first, because somebody waits for its answer. A vault that cannot be used comes before the sign-in:
 * without the keychain nobody knows whether somebody is signed in.
 */
export function chooseScreen(state: State, route: Route): Screen {
  const question = state.questions[0];
  if (question) return { is: "question", question };
  const unavailable = carried(state.vault, "unavailable");
  if (unavailable) return { is: "unavailable", vault: unavailable };
  if (state.sign_in || !state.account) return { is: "sign_in", progress: state.sign_in };
  if (placeOf(route) === "apps" && "locked" in state.vault) return { is: "locked" };
  return { is: "route", route };
}

/** Names a screen, so that the next one starts afresh. */
export function screenKey(screen: Screen): string {
  if (screen.is === "question") return `question ${screen.question.question}`;
  if (screen.is !== "route") return screen.is;
  return "app" in screen.route ? `${screen.route.at} ${screen.route.app}` : screen.route.at;
}

/** The place that a route belongs to. */
export function placeOf(route: Route): Place {
  if (route.at === "recovery") return "security";
  return "app" in route || route.at === "add" ? "apps" : route.at;
}

/** One step back: from a form to what it is about, from an app to the list. */
export function backFrom(route: Route): Route | undefined {
  if (route.at === "edit") return { at: "credential", app: route.app };
  if (route.at === "recovery") return { at: "security" };
  return route.at === "add" || route.at === "credential" ? { at: "apps" } : undefined;
}

/** Where the companion leads, if it leads anywhere. */
export function routeOf(page: Page): Route | undefined {
  const place = PLACES.find((place) => place === page);
  return place && { at: place };
}
