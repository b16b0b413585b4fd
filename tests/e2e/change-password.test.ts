// A password is changed at an app, in both kinds of browser: Lanyard fills the old one, makes the new one by the site's
// rules, stores it once the site has taken it, and signs in with it from then on.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openAll } from "../apps/all.ts";
import type { Site } from "../apps/site.ts";
import type { Browser } from "./browser.ts";
import { Chromium } from "./chromium.ts";
import { Firefox } from "./firefox.ts";
import { lanyard } from "./lanyard.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { installHost, type Kind, Office } from "./world.ts";

for (const kind of [Chromium, Firefox])
  describe(`a password is changed in ${kind.name}`, () => changes(kind));

function changes(kind: Kind): void {
  let office: Office;
  let browser: Browser;
  let site: Site;

  before(async () => {
    [site] = (await openAll((name) => name === "change-password")) as [Site];
    office = await Office.open();
    await installHost();
    await signInAtTerminal(office.provider);
    browser = await kind.start();
    await office.connect(browser);
    const { user } = site.app.account;
    const args = ["credentials", "add", "--name", "Benefits", "--url", site.login, "--user", user];
    const { code, stderr } = await lanyard(args, { input: `${site.password}\n` });
    assert.equal(code, 0, stderr);
  });

  after(async () => {
    await browser?.end();
    await office?.close();
    site?.close();
  });

  test("the new one is made by the site's rules and signs in the next time", async () => {
    const { change } = site.app;
    assert.ok(change);
    const former = site.password;
    await launch();
    const page = await browser.pageAt(site.origin);
    await page.waitFor({ says: site.greeting });
    await page.goto(site.origin + change.path);

    const popup = await browser.popupAbove(page);
    await popup.click({ role: "button", name: "Change password" });
    const made = await browser.pageAt(browser.own("change.html"));
    await made.click({ role: "button", name: "Fill" });
    await made.waitFor({ says: /It is in the page/ });
    await page.bringToFront();
    await page.click({ css: change.press });
    await page.waitFor({ says: change.says });
    assert.notEqual(site.password, former, "the site took what was made");

    const offer = await browser.pageAt(browser.own("offer.html"));
    await offer.waitFor({ says: "Update the password?" });
    await offer.click({ role: "button", name: "Update" });
    await page.close();

    site.forgetSessions();
    site.attempts.length = 0;
    await launch();
    const again = await browser.pageAt(site.origin);
    await again.waitFor({ says: site.greeting });
    assert.deepEqual(
      site.attempts.map(({ ok }) => ok),
      [true],
    );
  });

  async function launch(): Promise<void> {
    const { code, stderr } = await lanyard(["launch", "Benefits"]);
    assert.equal(code, 0, stderr);
  }
}
