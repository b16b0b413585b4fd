// How the apps are grouped on their screen. Pure.

import type { AppView } from "./wire.ts";

export interface Group {
  is: "found" | "recent" | "organisation" | "personal";
  apps: AppView[];
}

/** While somebody searches there is one group; else recently used apps come first, then the two compartments. */
export function groupApps(apps: AppView[], recent: number, searching: boolean): Group[] {
  const rest = apps.slice(recent);
  const groups: Group[] = searching
    ? [{ is: "found", apps }]
    : [
        { is: "recent", apps: apps.slice(0, recent) },
        { is: "organisation", apps: rest.filter((app) => app.compartment === "organisation") },
        { is: "personal", apps: rest.filter((app) => app.compartment === "personal") },
      ];
  return groups.filter((group) => group.apps.length > 0);
}
