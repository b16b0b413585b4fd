// What a login led to: what the page that came after it asks for, and its HTTP status.

import type { Landed } from "../messages.ts";
import type { Known, Purpose } from "./finder/found.ts";
import { asked_in } from "./gone.ts";
import { watch_page } from "./watch.ts";

/** A page that loads longer than this has shown its form by then. */
const LONGEST = 3_000;

/** How long after that a page may draw its form: longer at the address of the login, where one is likely to come. */
const DRAWS = 800;
const DRAWS_LOGIN = 2_000;

/** Some apps show their login page once more and go on by themselves; a person would do something with it. */
const GOES_ON = 2_500;

/** `path` is that of the login's page. */
export async function landed(path: string, known: () => Known): Promise<Landed> {
  await loaded();
  const is_login_page = location.pathname === path;
  await until_asked(known, is_login_page ? DRAWS_LOGIN : DRAWS);
  if (asked_in(known()).some(is_login)) await until_touched(GOES_ON);
  return look_at(path, known);
}

/** As it is. */
export function look_at(path: string, known: () => Known): Landed {
  return { asks: asked_in(known()), is_login_page: location.pathname === path, status: status() };
}

function is_login(purpose: Purpose): boolean {
  return purpose === "login" || purpose === "password-step";
}

function loaded(): Promise<unknown> {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener("load", resolve, { once: true });
    setTimeout(resolve, LONGEST);
  });
}

function until_asked(known: () => Known, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const ending = new AbortController();
    const end = () => {
      ending.abort();
      clearTimeout(last);
      resolve();
    };
    const last = setTimeout(end, milliseconds);
    watch_page(milliseconds, () => asked_in(known()).some(is_login) && end(), ending.signal);
  });
}

/** Until a person does something in the page, or the time is over. */
function until_touched(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const touching = new AbortController();
    const end = () => {
      touching.abort();
      clearTimeout(last);
      resolve();
    };
    const last = setTimeout(end, milliseconds);
    for (const name of ["pointerdown", "keydown"]) {
      const options = { capture: true, passive: true, signal: touching.signal };
      addEventListener(name, (event) => event.isTrusted && end(), options);
    }
  });
}

/** 0 where the browser does not tell. */
function status(): number {
  const [navigation] = performance.getEntriesByType("navigation");
  return (navigation as PerformanceNavigationTiming | undefined)?.responseStatus ?? 0;
}
