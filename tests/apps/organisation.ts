// The organisation's file for the apps that an administrator says something of:
//
//   node organisation.ts 42000 > /etc/lanyard/organisation.json
//
// where the apps are opened from port 42000 on.

import { openAll } from "./all.ts";
import type { Site } from "./site.ts";

const sites = await openAll(undefined, Number(process.argv[2]));
process.stdout.write(`${JSON.stringify({ name: "Acme", apps: sites.flatMap(entry) }, null, 2)}\n`);
for (const site of sites) site.close();

function entry({ name, login, elsewhere, app: { organisation } }: Site): object[] {
  if (!organisation) return [];
  const { frame, ...said } = organisation;
  return [{ name, login_url: login, ...said, ...(frame && { frame: elsewhere + frame }) }];
}
