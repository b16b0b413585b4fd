// Every app there is: a folder beside this file with an `app.ts` is one.

import { existsSync, readdirSync } from "node:fs";
import type { App } from "./app.ts";
import { Site } from "./site.ts";

const here = new URL(".", import.meta.url);

export async function openAll(only?: (name: string) => boolean): Promise<Site[]> {
  const names = readdirSync(here).filter((name) => existsSync(new URL(`${name}/app.ts`, here)));
  const wanted = names.sort().filter((name) => only?.(name) ?? true);
  return Promise.all(wanted.map(async (name) => Site.open(name, await read(name))));
}

async function read(name: string): Promise<App> {
  return ((await import(new URL(`${name}/app.ts`, here).href)) as { default: App }).default;
}
