// Writes the file of an organisation for the apps that an administrator says something of:
//
//   node organisation.ts /etc

import { administer } from "./administer.ts";
import { NAMED_PORT, openAll } from "./all.ts";
import type { Site } from "./site.ts";

const sites = await openAll(undefined, NAMED_PORT);
administer({ "lanyard/organisation.json": { name: "Acme", apps: sites.flatMap(entry) } });
for (const site of sites) site.close();

function entry({ name, login, elsewhere, app: { organisation } }: Site): object[] {
  if (!organisation) return [];
  const { frame, ...said } = organisation;
  return [{ name, login_url: login, ...said, ...(frame && { frame: elsewhere + frame }) }];
}
