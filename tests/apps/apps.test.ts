// Every app by itself, before anything of Lanyard is near: a wrong password is refused in the app's own manner, a right
// one gets in, and the session holds.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { openAll } from "./all.ts";
import type { Step } from "./app.ts";
import type { Site } from "./site.ts";
import { words } from "./words.ts";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/lib/chromium/chromium";
const PATIENCE = 8_000;

const sites = await openAll();
const skip = existsSync(CHROMIUM) ? false : `${CHROMIUM} is not there`;
let browser: Browser;

before(async () => {
  // A sandbox cannot be made by root.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...args, "--headless=new"],
    headless: false,
  });
});

after(async () => {
  await browser?.close();
  for (const site of sites) site.close();
});

test("there are more than thirty of them, each at an origin of its own", () => {
  assert.ok(sites.length > 30, `${sites.length}`);
  assert.equal(new Set(sites.map(({ origin }) => origin)).size, sites.length);
});

describe("an app with a page", { skip }, () => {
  for (const site of sites.filter(({ app }) => !app.prompt)) {
    test(`${site.name}: ${site.app.odd}`, async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      await signIn(page, site, `not ${site.password}`.slice(0, 12));
      await seen(page, site.app.refuses);
      await context.clearCookies();

      await signIn(page, site, site.password);
      await seen(page, site.greeting);
      assert.deepEqual(
        site.attempts.map(({ ok }) => ok),
        [false, true],
      );
      await page.goto(`${site.origin}/`);
      await seen(page, site.greeting);
      site.forgetSessions();
      await page.goto(`${site.origin}/`);
      assert.notEqual(new URL(page.url()).pathname, "/home", "no session, no home");
      await context.close();
    });
  }
});

describe("an app whose browser asks", { skip }, () => {
  for (const site of sites.filter(({ app }) => app.prompt)) {
    test(`${site.name}: ${site.app.odd}`, async () => {
      const { user: username } = site.app.account;
      for (const password of ["not right", site.password]) {
        const context = await browser.newContext({ httpCredentials: { username, password } });
        const page = await context.newPage();
        // Whoever is asked again and again gives up.
        await page.goto(site.login).catch(() => undefined);
        if (password === site.password) await seen(page, site.greeting);
        await context.close();
      }
      assert.equal(site.attempts[0]?.ok, false);
      assert.equal(site.attempts.at(-1)?.ok, true);
      assert.equal(site.attempts.filter(({ ok }) => ok).length, 1);
    });
  }
});

test("a password is changed where the old one is right and the new one as the rules say", {
  skip,
}, async () => {
  const site = sites.find(({ app }) => app.change) as Site;
  const { change } = site.app as Required<Pick<Site["app"], "change">>;
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await signIn(page, site, site.password);
  await seen(page, site.greeting);
  const set = async (old: string, fresh: string) => {
    await page.goto(site.origin + change.path);
    await page.locator(change.old).fill(old);
    for (const field of [change.fresh, change.repeat]) await page.locator(field).fill(fresh);
    await page.locator(change.press).click();
  };
  await set("not right", "Brand-New-Pass1");
  await seen(page, "The current password is wrong.");
  await set(site.password, "brand new");
  await seen(page, "12 to 16 letters and digits");
  await set(site.password, "Brand-New-Pass1");
  await seen(page, change.says);
  assert.equal(site.password, "Brand-New-Pass1");
  await page.close();
});

async function signIn(page: Page, site: Site, password: string): Promise<void> {
  await page.goto(site.login);
  for (const step of site.app.person) {
    // Nobody is asked for a code who got the password wrong.
    if (password !== site.password && "type" in step && step.type === "code") return;
    await act(page, step, site, password);
  }
}

async function act(page: Page, step: Step, site: Site, password: string): Promise<void> {
  if ("key" in step) return page.keyboard.press(step.key);
  const at = (selector: string) => {
    if (!step.frame) return page.locator(selector);
    return page.frameLocator(`[src$="${step.frame}"]`).locator(selector);
  };
  if ("press" in step) return at(step.press).click();
  if (step.into) await at(step.into).click();
  await page.keyboard.type(words(step.type, site.app.account, password));
}

/** Whether a person can read it, in whatever frame. */
async function seen(page: Page, text: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    for (const frame of page.frames())
      if (
        await frame
          .getByText(text)
          .first()
          .isVisible()
          .catch(() => false)
      )
        return;
    if (Date.now() > deadline)
      assert.fail(`“${text}” is not to be seen at ${page.url()}: ${await page.content()}`);
    await page.waitForTimeout(50);
  }
}
