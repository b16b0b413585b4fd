// What a legacy app of the tests says of itself, so that a test is a table over all of them.

import type { Answer, Asked } from "./answer.ts";

export interface App {
  /** What is odd about it, in a few words. */
  odd: string;
  account: Account;
  /** Where a person finds its login; `/login` where nothing is said. */
  login?: string;
  /** How a person signs in there. */
  person: Step[];
  /** What it says to a wrong password. */
  refuses: string;
  /** What it says to somebody who is in; `Signed in as NAME` where nothing is said. */
  greets?: string;
  /** What it answers, by method and path. Home, `/logout` and the way to the login are there already. */
  routes: Routes;
  /** The person types into the browser's own prompt, not into a page. */
  prompt?: true;
  /** What an administrator says of it in the organisation's file; `frame` is where the frame of another origin begins. */
  organisation?: Organisation;
  /** What is pressed to leave, where that leads to the login at once. */
  leave?: string;
  /** How a person changes the password there, once signed in. */
  change?: Change;
}

export interface Account {
  user: string;
  password: string;
  /** What the login wants beside user name and password, by the name of its field. */
  extras?: Record<string, string>;
  /** The seed of its one-time codes, in Base32. */
  seed?: string;
}

/** What is typed: something of the account, or words as they are. */
export type What = "user" | "password" | "code" | { extra: string } | { words: string };

/** One thing a person does. Selectors are CSS and see through open shadow roots; a frame is named by its path. */
export type Step =
  | { type: What; into?: string; frame?: string }
  | { press: string; frame?: string }
  | { key: "Tab" | "Enter" | "Space" };

/** As the file has it. */
export interface Organisation {
  template?: "form" | "frame" | "parameters";
  fields?: { username?: string; current_password?: string; submit?: string };
  extras?: { field: string; value?: string }[];
  /** Its path at the app's second origin. */
  frame?: string;
}

export interface Change {
  path: string;
  old: string;
  fresh: string;
  repeat: string;
  press: string;
  says: string;
}

export type Routes = Record<string, (asked: Asked) => Answer | Promise<Answer>>;

/** Types user name and password into two fields and presses something, or Enter. */
export function typed(user: string, password: string, submit?: string, frame?: string): Step[] {
  const there = frame === undefined ? {} : { frame };
  return [
    { into: user, type: "user", ...there },
    { into: password, type: "password", ...there },
    submit === undefined ? { key: "Enter" } : { press: submit, ...there },
  ];
}
