// Browsers and profiles that are connected at the same time: each told from the others, launched in, named and cut off by
// itself.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "./browser.ts";
import { Chromium } from "./chromium.ts";
import { Firefox } from "./firefox.ts";
import { lanyard, lanyardJson, pairedBrowsers, status } from "./lanyard.ts";
import { alice, type Payroll } from "./payroll.ts";
import { end, until, within } from "./process.ts";
import { answer, compare, OTHER } from "./question.ts";
import { CONNECT, type Office, openWithPayroll } from "./world.ts";

const NOT_FOUND = 7;

let office: Office;
let payroll: Payroll;
let [home, work, firefox]: Browser[] = [];
const profiles = new Map<Browser, string>();

before(async () => {
  ({ office, payroll } = await openWithPayroll());
  [home, work, firefox] = [
    await Chromium.start(),
    await Chromium.start({ profile: "chromium-work" }),
    await Firefox.start(),
  ];
});

after(async () => {
  await Promise.allSettled([home, work, firefox].map((browser) => browser?.end()));
  await Promise.all([office.close(), end(payroll)]);
});

describe("a Chromium with two profiles and a Firefox", () => {
  test("are each asked for, and are three in the list", async () => {
    for (const browser of all()) {
      await office.connect(browser);
      profiles.set(browser, (await pairedBrowsers()).at(-1)?.profile ?? "");
    }
    assert.equal((await status()).browsers, 3);
    const seen = await pairedBrowsers();
    assert.deepEqual(seen.map(({ name }) => name).sort(), ["Chromium", "Chromium", "Firefox"]);
    assert.deepEqual(seen.map(({ profile }) => profile).sort(), [...profiles.values()].sort());
    assert.ok(seen.every(({ connected }) => connected));
  });

  test("a launch goes to the one that was used last, and to no other", async () => {
    for (const browser of all()) {
      await useLast(browser);
      const pages = await addresses();
      assert.equal((await lanyard(["launch", "Payroll 2004"])).code, 0);
      const page = await browser.pageAt(`${payroll.origin}/payslips`, 15_000);
      await page.waitFor({ says: `Signed in as ${alice.user}` });
      await page.click({ role: "button", name: "Log out" });
      await page.waitFor({ label: "Password" });
      await page.close();
      assert.deepEqual(await addresses(), pages, "no other browser to have opened or filled a page");
    }
  });

  test("one that is given a name is called so, and so is asked about", async () => {
    const { desktop } = office;
    await desktop.choose("Open Lanyard");
    await desktop.press({ name: "Browsers" });
    await desktop.press({ name: "Rename Firefox" });
    await desktop.find({ role: "entry", name: "Name" });
    await desktop.type({ name: "Name" }, "Fox at home");
    await desktop.press({ name: "Save" });
    await desktop.find({ role: "button", name: "Rename Fox at home" });
    assert.ok((await pairedBrowsers()).some(({ name }) => name === "Fox at home"));
  });

  test("one that is cut off is cut off at once, and the others stay", async () => {
    const profile = profiles.get(work as Browser) ?? "";
    const revoking = lanyard(["browsers", "revoke", profile, "--json"]);
    await answer(office.desktop, "Disconnect Chromium?", "Disconnect");
    assert.deepEqual(JSON.parse((await within(10_000, "it is cut off", revoking)).stdout), {
      browser: "Chromium",
    });
    const popup = await (work as Browser).open((work as Browser).own("popup.html"));
    await popup.waitFor(CONNECT);
    await popup.close();
    const left = await pairedBrowsers();
    assert.deepEqual(
      left.map(({ profile }) => profile).sort(),
      [home, firefox].map((browser) => profiles.get(browser as Browser)).sort(),
    );
    assert.ok(left.every(({ connected }) => connected));
    assert.equal((await status()).browsers, 2);
    assert.equal((await lanyard(["browsers", "revoke", profile])).code, NOT_FOUND);
  });

  test("one that was cut off is connected again from the terminal, after a yes and not after a no", async () => {
    const refused = lanyard(["browsers", "pair"]);
    await answer(office.desktop, "Connect Chromium?", OTHER);
    assert.equal((await within(10_000, "the command ends", refused)).code, 6);
    assert.equal((await pairedBrowsers()).length, 2);
    await until("the browser to wait again", async () => (await waiting()).length === 1);
    const pairing = lanyard(["browsers", "pair", (await waiting())[0]?.profile ?? ""]);
    await compare(office.desktop, work as Browser);
    assert.equal((await within(10_000, "the command ends", pairing)).code, 0);
    assert.equal((await pairedBrowsers()).length, 3);
  });

  test("are remembered, and one that is closed is not connected", async () => {
    await firefox?.end();
    firefox = undefined;
    await until("Firefox to be gone", async () => (await status()).browsers === 2);
    const seen = (await pairedBrowsers()).find(({ name }) => name === "Fox at home");
    assert.equal(seen?.connected, false);
    await office.restartCompanion();
    assert.equal((await pairedBrowsers()).length, 3);
  });
});

function all(): Browser[] {
  return [home, work, firefox] as Browser[];
}

/** Its popup asks Lanyard something. */
async function useLast(browser: Browser): Promise<void> {
  const page = await browser.open(payroll.origin);
  const popup = await browser.popupAbove(page);
  await popup.waitFor({ says: alice.user });
  await popup.close();
  await page.close();
}

async function addresses(): Promise<string[]> {
  const pages = (await Promise.all(all().map((browser) => browser.pages()))).flat();
  return (await Promise.all(pages.map((page) => page.url()))).sort();
}

async function waiting(): Promise<{ profile: string }[]> {
  return ((await lanyardJson(["browsers", "list"])) as { waiting: { profile: string }[] }).waiting;
}
