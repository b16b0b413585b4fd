// A security key opens the vault, from end to end in Chromium. The organisation names the domain that keys are for; `cargo
// xtask test` has its file where an administrator puts it (`cargo xtask session --keys` likewise).
//
// Chromium's keys in software belong to one tab, and what such a key gives for a salt cannot be carried to another one. So
// each page that is opened for the key is looked at in the tab that has it. Firefox' keys in software sign other bytes than
// they say where they give a secret, which no verifier takes.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Page } from "./browser.ts";
import { Chromium, type ChromiumPage, SoftKey } from "./chromium.ts";
import { lanyard, lanyardJson, pairedBrowsers, status } from "./lanyard.ts";
import { alice, type Payroll } from "./payroll.ts";
import { end, until } from "./process.ts";
import { agreed, answer } from "./question.ts";
import { type Office, openWithPayroll } from "./world.ts";

const skip = !existsSync("/etc/lanyard/organisation.json") && "only root can write the organisation's file";
const USE = { role: "button", name: "Use your security key" };
const ELSEWHERE = "about:blank";
const UNLOCK = { role: "button", name: "Unlock with a security key" };

describe("a security key that opens the vault", { skip }, () => {
  let office: Office;
  let payroll: Payroll;
  let browser: Chromium;
  /** The tab with the key. */
  let tab: ChromiumPage;

  before(async () => {
    ({ office, payroll } = await openWithPayroll());
    browser = await Chromium.start();
    await office.connect(browser);
    tab = await browser.open(ELSEWHERE);
    await tab.stayOpen();
    await tab.plugIn(new SoftKey());
  });

  after(async () => {
    await browser?.end();
    await office?.close();
    if (payroll) await end(payroll);
  });

  test("is added for the organisation's domain, and gives its secret when it is used once more", async () => {
    const adding = lanyard(["keys", "add", "Blue key"]);
    await answer(office.desktop, "Add the security key Blue key?", "Add");
    await use("Lanyard will know it as “Blue key”.");
    const { code, stderr } = await adding;
    assert.equal(code, 0, stderr);
    await tab.goto(ELSEWHERE);

    const { desktop } = office;
    await desktop.choose("Open Lanyard");
    await desktop.press({ name: "Security" });
    // It is further down than the window shows: the keyboard leads there.
    await desktop.type({ role: "button", name: "Security" }, "\t".repeat(7));
    await desktop.press({ role: "button", name: "Open the vault with Blue key" });
    await use("Blue key unlocks Lanyard from then on.");
    await until("the key among what opens the vault", async () => (await kinds()).includes("security_key"));
    await tab.goto(ELSEWHERE);
  });

  test("is all that opens it, beside the paper, once it is always asked for", async () => {
    await agreed(
      office.desktop,
      ["slots", "add", "recovery-code"],
      "Make a recovery code and show it in a terminal?",
    );
    const always = "Have the vault ask for a PIN or security key every time?";
    await agreed(office.desktop, ["slots", "always-ask", "on"], always);
    assert.equal((await lanyard(["lock"])).code, 0);
    assert.notEqual((await lanyard(["unlock"])).code, 0);

    await askInWindow();
    await (await keyWindow()).close();
    await office.desktop.find({ says: "The security key was not used." });
    assert.ok("locked" in (await status()).vault);

    await askInWindow();
    await unlock();
    assert.equal((await lanyard(["launch", "Payroll 2004"])).code, 0);
    const page = await browser.pageAt(`${payroll.origin}/payslips`, 15_000);
    await page.waitFor({ says: `Signed in as ${alice.user}` });
  });

  test("opens it after a restart of the companion, which alone opens it no more", async () => {
    await office.restartCompanion();
    await browser.open(payroll.login);
    await until("the browser to be back", async () => (await pairedBrowsers())[0]?.connected === true);
    assert.ok("locked" in (await status()).vault);
    await askInWindow();
    await unlock();
  });

  async function askInWindow(): Promise<void> {
    await office.desktop.choose("Open Lanyard");
    await office.desktop.press({ role: "button", name: "Apps" }, 20_000);
    await office.desktop.press(UNLOCK);
  }

  async function unlock(): Promise<void> {
    await use("It unlocks Lanyard.");
    await until("the vault to be open", async () => "unlocked" in (await status()).vault);
    await tab.goto(ELSEWHERE);
  }

  /** The window that comes up for the key. */
  function keyWindow(): Promise<Page> {
    return browser.pageAt(browser.own("security-key.html"));
  }

  async function use(says: string): Promise<void> {
    const window = await keyWindow();
    await tab.goto(await window.url());
    await tab.waitFor({ says });
    await window.close();
    await tab.click(USE);
    await tab.waitUntilGone(USE);
  }
});

async function kinds(): Promise<string[]> {
  const slots = (await lanyardJson(["slots", "list"])) as { kind: string }[];
  return slots.map(({ kind }) => kind);
}
