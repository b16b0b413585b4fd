// Which screen fits the state. Pure.

import { carried, type Question, type SignInProgress, type State, type VaultState } from "./wire.ts";

/** Places a person can choose while signed in. */
export type Place = "apps" | "settings";

export type Unavailable = Extract<VaultState, { unavailable: unknown }>["unavailable"];

export type Screen =
  | { is: "question"; question: Question }
  | { is: "unavailable"; vault: Unavailable }
  | { is: "sign_in"; progress: SignInProgress | null }
  | { is: "settings" }
  | { is: "locked" }
  | { is: "apps" };

/**
 * A question comes first, because somebody waits for its answer. A vault that cannot be used comes before the sign-in:
 * without the keychain nobody knows whether somebody is signed in.
 */
export function chooseScreen(state: State, place: Place): Screen {
  const question = state.questions[0];
  if (question) return { is: "question", question };
  const unavailable = carried(state.vault, "unavailable");
  if (unavailable) return { is: "unavailable", vault: unavailable };
  if (state.sign_in || !state.account) return { is: "sign_in", progress: state.sign_in };
  if (place === "settings") return { is: "settings" };
  return "locked" in state.vault ? { is: "locked" } : { is: "apps" };
}

/** Names a screen, so that the next one starts afresh. */
export function screenKey(screen: Screen): string {
  return screen.is === "question" ? `question ${screen.question.question}` : screen.is;
}
