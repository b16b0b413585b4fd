// An organisation that has browsers connected without a code: it says so to Lanyard in its own file and to the extension in
// the browser's policy, both of which are root's. `cargo xtask test` has them where an administrator puts them
// (`cargo xtask session --codeless` likewise).

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Browser } from "./browser.ts";
import { Chromium } from "./chromium.ts";
import { Firefox } from "./firefox.ts";
import { lanyard, pairedBrowsers } from "./lanyard.ts";
import { alice, type Payroll } from "./payroll.ts";
import { end, until, within } from "./process.ts";
import { closeWindow } from "./window.ts";
import { type Office, openWithPayroll } from "./world.ts";

const skip = !existsSync("/etc/lanyard/organisation.json") && "only root can write the organisation's files";

describe("in an organisation that has browsers connected without a code", { skip }, () => {
  let office: Office;
  let payroll: Payroll;

  before(async () => {
    ({ office, payroll } = await openWithPayroll());
  });

  after(async () => {
    await Promise.all([office.close(), end(payroll)]);
  });

  for (const [name, start] of [
    ["Chromium", () => Chromium.start()],
    ["Firefox", () => Firefox.start()],
  ] as const)
    test(`${name} is connected as soon as it calls, said to be unverified, and filled in`, async () => {
      const browser: Browser = await start();
      try {
        // The window comes up by itself, with the list that says it.
        await office.desktop.find({ role: "heading", name: "Browsers" }, 20_000);
        await office.desktop.find({ says: "Connected without a code, as your organisation allows." }, 20_000);
        await until(`${name} in the list as unverified`, async () => {
          const one = (await pairedBrowsers()).find((one) => one.name === name);
          return one?.caution === "unverified" && one.connected;
        });
        await closeWindow(office.desktop, office.companion);

        assert.equal((await within(10_000, "the launch", lanyard(["launch", "Payroll 2004"]))).code, 0);
        const page = await browser.pageAt(`${payroll.origin}/payslips`, 15_000);
        await page.waitFor({ says: `Signed in as ${alice.user}` });
      } finally {
        await browser.end();
      }
    });
});
