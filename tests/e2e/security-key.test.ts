// Security keys from end to end, in Chromium with keys in software: one is added, an app waits for it, and it confirms what
// the window was asked. Where there is none, the PIN stands in for it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Chromium, type ChromiumPage, SoftKey } from "./chromium.ts";
import { lanyard, lanyardJson } from "./lanyard.ts";
import { alice, logins, type Payroll } from "./payroll.ts";
import { end, until } from "./process.ts";
import { agreed, answer } from "./question.ts";
import { type Office, openWithPayroll } from "./world.ts";

const EXIT = { declined: 6, not_found: 7 };
const PIN = { role: "password text", name: "PIN" };
const USE = { role: "button", name: "Use your security key" };

describe("a security key", () => {
  let office: Office;
  let browser: Chromium;
  let payroll: Payroll;
  const key = new SoftKey();

  before(async () => {
    ({ office, payroll } = await openWithPayroll());
    browser = await Chromium.start();
    await office.connect(browser);
  });

  after(async () => {
    await browser?.end();
    await office?.close();
    if (payroll) await end(payroll);
  });

  test("is added in the browser, once the person has said yes", async () => {
    assert.deepEqual(await keys(), []);
    const adding = lanyard(["keys", "add", "Blue key"]);
    await answer(office.desktop, "Add the security key Blue key?", "Add");
    const page = await keyPage();
    await page.waitFor({ says: "Lanyard will know it as “Blue key”." });
    await page.plugIn(key);
    await page.click(USE);
    const { code, stderr, stdout } = await adding;
    assert.deepEqual([code, stdout], [0, "Blue key is added.\n"], stderr);
    assert.deepEqual(await keys(), ["Blue key"]);
    assert.equal(key.credentials.length, 1);
  });

  test("is asked for before an app is filled that wants it, and not again at once", async () => {
    await wantKeyForPayroll();
    await launch();
    const page = await browser.pageAt(payroll.login);
    const asking = await keyPage();
    await asking.waitFor({ says: "Payroll 2004 is filled as soon as you have used it." });
    assert.equal(await page.valueOf({ label: "Password" }), "");
    assert.deepEqual(await logins(payroll), []);

    await asking.plugIn(key);
    await asking.click(USE);
    await page.waitFor({ says: `Signed in as ${alice.user}` });
    assert.deepEqual((await logins(payroll)).length, 1);

    await signInOnceMore();
    assert.deepEqual((await logins(payroll)).length, 2);
  });

  test("is asked for again after a lock, and an app whose window is closed stays empty", async () => {
    await lockAndUnlock();
    const page = await browser.pageAt(`${payroll.origin}/payslips`);
    await page.click({ role: "button", name: "Log out" });
    await page.waitFor({ label: "Password" });
    await page.close();
    await launch();
    const asking = await keyPage();
    await asking.close();
    assert.equal(await refused("key_used"), "the security key was not used");
    const login = await browser.pageAt(payroll.login);
    assert.equal(await login.valueOf({ label: "Password" }), "");
    assert.deepEqual((await logins(payroll)).length, 2);
  });

  test("confirms what a terminal asks for; without it nothing is shown", async () => {
    await office.desktop.choose("Open Lanyard");
    await office.desktop.press({ name: "Security" });
    // The keyboard leads past the buttons beside and above it, and with it the page.
    await office.desktop.type({ role: "button", name: "Security" }, "\t".repeat(7));
    await office.desktop.press({ role: "check box", name: "Confirm with a security key" });
    await until("a key to be required", async () => (await keysView()).confirm);

    const closed = lanyard(["credentials", "show", "Payroll 2004"]);
    await answer(office.desktop, "Show the password of Payroll 2004?", "Show");
    await (await keyPage()).close();
    const left = await closed;
    assert.equal(left.code, EXIT.declined, left.stderr);
    assert.ok(!left.stdout.includes(alice.password));

    const stranger = lanyard(["credentials", "show", "Payroll 2004"]);
    await answer(office.desktop, "Show the password of Payroll 2004?", "Show");
    const strange = await keyPage();
    // A key that was not added: the browser knows that it is not asked.
    await strange.plugIn(new SoftKey());
    await strange.click(USE);
    await strange.waitFor({ says: /cancelled/ });
    await strange.close();
    assert.equal((await stranger).code, EXIT.declined);

    const shown = lanyard(["credentials", "show", "Payroll 2004"]);
    await answer(office.desktop, "Show the password of Payroll 2004?", "Show");
    const asking = await keyPage();
    await asking.plugIn(key);
    await asking.click(USE);
    const { code, stdout, stderr } = await shown;
    assert.equal(code, 0, stderr);
    assert.ok(stdout.includes(alice.password));
  });

  test("is used in a browser that is being connected; without it that browser stays out", async () => {
    const other = await Chromium.start({ profile: "chromium/Other" });
    try {
      await office.connect(other);
      await (await keyPage(other)).close();
      assert.equal(await refused("pairing_refused"), "the security key was not used");
      assert.equal((await paired()).length, 1);

      await other.open(other.own("welcome.html"));
      await office.connect(other);
      const asking = await keyPage(other);
      assert.equal((await paired()).length, 1, "nothing to be stored before");
      await asking.plugIn(key);
      await asking.click(USE);
      await until("the browser to be connected", async () => (await paired()).length === 2);
    } finally {
      await other.end();
    }
  });

  test("that is removed is confirmed by itself, and then asked for no longer", async () => {
    assert.equal((await lanyard(["keys", "remove", "Red key"])).code, EXIT.not_found);
    const removing = lanyard(["keys", "remove", "Blue key"]);
    await answer(office.desktop, "Remove the security key Blue key?", "Remove");
    const asking = await keyPage();
    await asking.plugIn(key);
    await asking.click(USE);
    const { code, stderr } = await removing;
    assert.equal(code, 0, stderr);
    assert.deepEqual(await keys(), []);
  });

  test("has the PIN in its place where there is none: right it fills, wrong it waits on, and a no is a no", async () => {
    const { desktop } = office;
    await agreed(desktop, ["slots", "add", "pin"], "Set a PIN from a terminal?", "2468\n");
    await lockAndUnlock();
    await (await browser.pageAt(payroll.login)).close();

    await launch();
    await answer(desktop, "Fill Payroll 2004?", "No");
    assert.equal(await refused("pin_used"), "the question in Lanyard's window was not answered with yes");
    const page = await browser.pageAt(payroll.login);
    assert.equal(await page.valueOf({ label: "Password" }), "");
    await page.close();

    await launch();
    await enterPin("1357");
    await desktop.find({ says: "This is not the PIN. Try again." });
    assert.deepEqual((await logins(payroll)).length, 2);
    await enterPin("2468");
    const signedIn = await browser.pageAt(`${payroll.origin}/payslips`);
    await signedIn.waitFor({ says: `Signed in as ${alice.user}` });
    assert.deepEqual((await logins(payroll)).length, 3);
    await signInOnceMore();

    // Whoever turns it off shows the PIN, too.
    await changeAskFirst();
    await answer(desktop, "Ask no more before Payroll 2004 is filled?", "No");
    await lockAndUnlock();
    await changeAskFirst();
    await desktop.find({ role: "heading", name: "Ask no more before Payroll 2004 is filled?" }, 20_000);
    await desktop.type(PIN, "2468");
    await desktop.press({ name: "Ask no more" });
    await desktop.find({ role: "button", name: "Edit" });
    await signInOnceMore();
    assert.deepEqual((await logins(payroll)).length, 5);
  });

  async function enterPin(pin: string): Promise<void> {
    await office.desktop.find({ role: "heading", name: "Fill Payroll 2004?" }, 20_000);
    await office.desktop.type(PIN, pin);
    await office.desktop.press({ name: "Fill" });
  }

  async function lockAndUnlock(): Promise<void> {
    assert.equal((await lanyard(["lock"])).code, 0);
    const unlocking = lanyard(["unlock"]);
    await answer(office.desktop, "Unlock Lanyard?", "Unlock");
    assert.equal((await unlocking).code, 0);
  }

  function keyPage(where = browser): Promise<ChromiumPage> {
    return where.pageAt(where.own("security-key.html")) as Promise<ChromiumPage>;
  }

  async function launch(): Promise<void> {
    const { code, stderr } = await lanyard(["launch", "Payroll 2004"]);
    assert.equal(code, 0, stderr);
  }

  async function signInOnceMore(): Promise<void> {
    const page = await browser.pageAt(`${payroll.origin}/payslips`);
    await page.click({ role: "button", name: "Log out" });
    await page.waitFor({ label: "Password" });
    await page.close();
    await launch();
    const again = await browser.pageAt(`${payroll.origin}/payslips`);
    await again.waitFor({ says: `Signed in as ${alice.user}` });
  }

  /** In the window, where alone it can be said. */
  async function wantKeyForPayroll(): Promise<void> {
    await changeAskFirst();
    await office.desktop.find({ role: "button", name: "Edit" });
  }

  async function changeAskFirst(): Promise<void> {
    const { desktop } = office;
    await desktop.choose("Open Lanyard");
    await desktop.press({ role: "button", name: "Apps" });
    await desktop.press({ name: "Details of Payroll 2004" });
    await desktop.press({ name: "Edit" });
    await desktop.press({ role: "check box", name: "Ask for a security key or PIN first" });
    // The button is further down than the window shows: the keyboard leads there.
    await desktop.type({ name: "User name" }, "\t".repeat(8));
    await desktop.press({ name: "Save" });
  }
});

async function keysView(): Promise<{ keys: { name: string }[]; confirm: boolean }> {
  return (await lanyardJson(["keys", "list"])) as { keys: { name: string }[]; confirm: boolean };
}

async function keys(): Promise<string[]> {
  return (await keysView()).keys.map(({ name }) => name);
}

async function paired(): Promise<unknown[]> {
  return ((await lanyardJson(["browsers", "list"])) as { paired: unknown[] }).paired;
}

/** Why the last event of this kind came to nothing, once the companion has heard of it. */
async function refused(event: string): Promise<string | null> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const { stdout } = await lanyard(["activity", "--json", "--lines", "20"]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const found = lines.findLast((line) => line.event === event && line.outcome === "refused");
    if (found) return found.reason;
    if (Date.now() > deadline) return null;
  }
}
