// What Lanyard's scripts in a page share. They are in one world, which the page does not see.

import type { FromPage, Looked, NewForm } from "../messages.ts";
import type { FoundForm, Known, Selectors } from "./finder/found.ts";
import type { Selected } from "./selectors.ts";
import type { mark_filled, mark_typed, value_of } from "./typed.ts";
import type { watch_page } from "./watch.ts";

declare global {
  /** Of page.ts, once it is there. */
  var lanyard: World | undefined;
}

/** Undefined where the extension went away under the page. */
export type Tell = (message: FromPage) => Promise<unknown>;

export type World = {
  /** Ends everything. */
  leaving: AbortController;
  known(): Known;
  /** Best first. */
  forms(): FoundForm[];
  /** What selectors name in the page as it is now. */
  naming(): (selectors: Selectors) => Selected;
  tell: Tell;
  watch: typeof watch_page;
  mark_filled: typeof mark_filled;
  mark_typed: typeof mark_typed;
  value_of: typeof value_of;
  /** fill.ts is there. */
  begin_filling(make: (world: World) => Filler): void;
  /** Asks the background worker what there is to do. */
  ask(): void;
};

export type Filler = {
  /** Fills what is there because the person wishes so. */
  look(wish: string): Looked;
  /** Fills what is there, and what comes until the time is over. */
  watch(milliseconds: number): void;
  /** The form that asks for a new password, after one was put into it, if it is given. Null where none does. */
  new_password(password: string | null): NewForm | null;
};
