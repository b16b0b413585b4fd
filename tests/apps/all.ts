// Every app there is: a folder beside this file with an `app.ts` is one.

import { existsSync, readdirSync } from "node:fs";
import type { App } from "./app.ts";
import { Site } from "./site.ts";

/** Where the first app is for an organisation's file, which has to name addresses; no system gives this port away. */
export const NAMED_PORT = 26_100;

const here = new URL(".", import.meta.url);

/** Opens them, each at two ports of its own: the next free ones, or those from `port` on. */
export async function openAll(only?: (name: string) => boolean, port = 0): Promise<Site[]> {
  const names = readdirSync(here).filter((name) => existsSync(new URL(`${name}/app.ts`, here)));
  const opening = names
    .sort()
    .map(async (name, at) =>
      (only?.(name) ?? true) ? Site.open(name, await read(name), port && port + 2 * at) : undefined,
    );
  return (await Promise.all(opening)).filter((site) => site !== undefined);
}

async function read(name: string): Promise<App> {
  return ((await import(new URL(`${name}/app.ts`, here).href)) as { default: App }).default;
}
