// Every legacy app in both kinds of browser: captured on the first login, filled, submitted and signed in on the second,
// against the companion, the native host and the vault as they are installed. LANYARD_APPS names a few, for a short run.

import assert from "node:assert/strict";
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openAll } from "../apps/all.ts";
import type { Site } from "../apps/site.ts";
import type { Browser } from "./browser.ts";
import { Chromium } from "./chromium.ts";
import { Firefox } from "./firefox.ts";
import { type Result, run, table } from "./legacy-run.ts";
import { answer } from "./question.ts";
import { screenshot } from "./screenshot.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { out } from "./stage.ts";
import { installHost, type Kind, Office } from "./world.ts";

/** Root writes it; its apps are those of `tests/apps/organisation.ts`, from this port on. */
const ORGANISATION = "/etc/lanyard/organisation.json";
const isNamed = existsSync(ORGANISATION);
const PORT = isNamed ? Number(process.env.LANYARD_APPS_PORT) : 0;

/** What does not work, and why. Whatever works has to leave this list. */
const NOT_YET: Record<string, string> = {
  ...(!isNamed && { "frame-of-another-origin": "the organisation's file has to name the frame" }),
};

const CONNECT = { role: "button", name: "Connect this browser" };
const only = process.env.LANYARD_APPS?.split(",");
const kinds = [Chromium, Firefox].filter(({ name }) => (process.env.LANYARD_BROWSER ?? name) === name);
const results = new Map<string, Result[]>();

for (const kind of kinds) describe(`legacy apps in ${kind.name}`, () => all(kind));

after(() => {
  const said = table(results, NOT_YET);
  appendFileSync(join(out, "legacy-apps.txt"), `${said}\n`);
  console.log(said);
});

async function all(kind: Kind & { name: string }): Promise<void> {
  const sites: Site[] = await openAll((name) => only?.includes(name) ?? true, PORT);
  const seen: Result[] = [];
  results.set(kind.name, seen);
  let office: Office;
  let browser: Browser;

  before(async () => {
    office = await Office.open();
    await installHost();
    await signInAtTerminal(office.provider);
    browser = await kind.start();
    const welcome = await browser.pageAt(browser.own("welcome.html"));
    await welcome.click(CONNECT);
    await answer(office.desktop, `Connect ${browser.name}?`, "Connect");
    await welcome.waitUntilGone(CONNECT);
    await welcome.close();
  });

  after(async () => {
    await browser?.end();
    await office?.close();
    for (const site of sites) site.close();
  });

  for (const site of sites)
    test(`${site.name}: ${site.app.odd}`, async () => {
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
