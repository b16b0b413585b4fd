// Every legacy app in both kinds of browser: captured on the first login, filled, submitted and signed in on the second,
// against the companion, the native host and the vault as they are installed. LANYARD_APPS names a few, for a short run.
//
// Some apps an administrator says something of, and `cargo xtask test` has their organisation's file where root writes it
// (`cargo xtask session --organisation` likewise). An app that cannot do without is skipped where the file is not there.

import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { NAMED_PORT, openAll } from "../apps/all.ts";
import type { Browser } from "./browser.ts";
import { Chromium } from "./chromium.ts";
import { Firefox } from "./firefox.ts";
import { lanyard } from "./lanyard.ts";
import { type Result, run, table } from "./legacy-run.ts";
import { screenshot } from "./screenshot.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { out } from "./stage.ts";
import { installHost, type Kind, Office } from "./world.ts";

const ORGANISATION = "/etc/lanyard/organisation.json";
/** The app that has to be named there. */
const NAMED = "frame-of-another-origin";
const isNamed = isInOrganisation(NAMED);
const NOT_NAMED = "only root can write the organisation's file, which has to name the frame";

/** What does not work, and why. Whatever works has to leave this list. */
const NOT_YET: Record<string, string> = {};

const only = process.env.LANYARD_APPS?.split(",");
const kinds = [Chromium, Firefox].filter(({ name }) => (process.env.LANYARD_BROWSER ?? name) === name);
const results = new Map<string, Result[]>();
const sites = await openAll((name) => only?.includes(name) ?? true, isNamed ? NAMED_PORT : 0);

for (const kind of kinds) describe(`legacy apps in ${kind.name}`, () => all(kind));

after(() => {
  for (const site of sites) site.close();
  const said = table(results, NOT_YET);
  appendFileSync(join(out, "legacy-apps.txt"), `${said}\n`);
  console.log(said);
});

function all(kind: Kind & { name: string }): void {
  const seen: Result[] = [];
  results.set(kind.name, seen);
  let office: Office;
  let browser: Browser;

  before(async () => {
    for (const site of sites) site.reset();
    office = await Office.open();
    await installHost();
    await signInAtTerminal(office.provider);
    browser = await kind.start();
    await office.connect(browser);
    // In an organisation, logins elsewhere are offered to be saved to those who want it.
    const { code, stderr } = await lanyard(["settings", "set", "offer-to-save", "on"]);
    assert.equal(code, 0, stderr);
  });

  after(async () => {
    await browser?.end();
    await office?.close();
  });

  for (const site of sites) {
    const skip = site.name === NAMED && !isNamed && NOT_NAMED;
    test(`${site.name}: ${site.app.odd}`, { skip }, async () => {
      const result = await run(site, browser);
      seen.push(result);
      const { captured, filled, submitted, signed_in, changed } = result;
      const works = captured !== false && filled && submitted && signed_in && changed !== false;
      const why = NOT_YET[site.name];
      if (why) return assert.ok(!works, `${site.name} works; it was not to because: ${why}`);
      if (!works) await screenshot(`legacy-${kind.name}-${site.name}`);
      assert.ok(works, JSON.stringify(result));
    });
  }
}

function isInOrganisation(name: string): boolean {
  try {
    const { apps } = JSON.parse(readFileSync(ORGANISATION, "utf8")) as { apps: { name: string }[] };
    return apps.some((app) => app.name === name);
  } catch {
    return false;
  }
}
