// What an app is asked, and what it answers.

import type { Site } from "./site.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string | undefined>;
  /** The fields of a form, or of a JSON object, that came with it. */
  readonly form: URLSearchParams;
  /** Who is signed in. */
  readonly user: string | undefined;
  /** The user name of a login that has got as far as another step. */
  readonly half: string | undefined;
  readonly site: Site;
  /** Signs somebody in, or, half way, remembers who it is. */
  begin(user: string, how?: "half"): void;
  end(): void;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export function html(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers },
    body,
  };
}

export function json(value: unknown, status = 200): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

export function script(body: string): Answer {
  return { status: 200, headers: { "content-type": "text/javascript; charset=utf-8" }, body };
}

export function redirect(to: string, status = 302): Answer {
  return { status, headers: { location: to }, body: "" };
}
