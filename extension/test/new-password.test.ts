// Changing a password, in each browser: the old one filled, a new one made by the page's rules, and stored once the page has
// taken it, or once the person says that it did.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { Offer } from "../../crates/protocol/bindings/browser.ts";
import { BROWSERS, type Shown, share_browser, type TestBrowser } from "./both.ts";
import { problem, suggestions } from "./scripted-companion.ts";

const ALICE = { app: "a1", name: "Payroll 2004", user_name: "alice" };
const [FIRST, SECOND] = ["kT7-quvLo9mXz", "b8Vn-Lq2xTe7s"];

for (const [name, start] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let browser: TestBrowser;
    share_browser(start, (started) => {
      browser = started;
    });
    beforeEach(() => {
      const { companion } = browser;
      const offer: Offer = {
        capture: "c1",
        kind: "update",
        name: "Payroll 2004",
        user_name: "alice",
        origin: browser.app.origin,
        auto_submit: true,
      };
      const { answers } = companion;
      answers.suggest = () => suggestions([ALICE], "offered");
      answers.generate = () => ({
        ok: { generated: { password: companion.all("generate").length > 1 ? SECOND : FIRST } },
      });
      answers.fill = () => ({ ok: { fill: { fill: "f1", password: "correct horse", submit: true } } });
      answers.capture = () => ({ ok: { captured: { capture: "c1" } } });
      answers.capture_ended = () => ({ ok: { offer } });
      answers.offer = () => ({ ok: { offer } });
    });

    test("a changed password is offered in the window that it was made in", async () => {
      const { companion } = browser;
      const [page, window] = await begin();
      await window.press("Fill");
      const { cause, parts } = await companion.next("fill");
      assert.deepEqual([cause, parts], [{ gesture: {} }, ["password"]]);
      await window.see("It is in the page");
      assert.deepEqual(await values(page), ["correct horse", FIRST, FIRST]);
      await page.click("[type=submit]");
      const { password, former_password } = await companion.next("capture");
      assert.deepEqual([password, former_password], [FIRST, "correct horse"]);
      assert.deepEqual(await companion.next("capture_ended"), { capture: "c1", signed_in: true });
      await window.see("Update the password?");
      assert.doesNotMatch(await browser.kept(), new RegExp(`${FIRST}|correct horse`));
    });

    test("it is made by the rules that the page declares, and anew when asked for", async () => {
      const { companion } = browser;
      const [page, window] = await begin();
      const { rules, frame } = await companion.next("generate");
      assert.equal(rules, "minlength: 10; required: digit");
      assert.equal(frame.frame_origin, browser.app.origin);
      await window.press("Another");
      await companion.next("generate", 2);
      await window.press("Fill");
      await window.see("It is in the page");
      assert.deepEqual(await values(page), ["correct horse", SECOND, SECOND]);
    });

    test("what nobody could see to have worked is stored when the person says so", async () => {
      const { companion } = browser;
      const [page, window] = await begin();
      await window.press("Fill");
      await window.see("It is in the page");
      await page.run(`location.href = "/home"`);
      await page.see("Welcome alice");
      await window.press("It worked: save it");
      await window.see("The new password is saved");
      const { user_name, password } = await companion.next("capture");
      assert.deepEqual([user_name, password], ["alice", FIRST]);
      assert.deepEqual(await companion.next("answer_offer"), {
        capture: "c1",
        answer: { save: { name: "Payroll 2004", auto_submit: true } },
      });
    });

    test("nothing new is filled where the old one is refused", async () => {
      browser.companion.answers.fill = () => problem("refused", "it was refused", "ask somebody");
      const [page, window] = await begin();
      await window.press("Fill");
      await window.see("It was refused.");
      assert.deepEqual(await values(page), ["", "", ""]);
    });

    test("a new account gets a password that was made, and is offered once it is there", async () => {
      const { companion } = browser;
      companion.answers.suggest = () => suggestions([], "offered");
      const page = await browser.go("/o/sign-up");
      const popup = await browser.own(`popup.html?tab=${await page.number()}`);
      await popup.see("This page asks for a new password");
      const window = await browser.comes_up(() => popup.press("Suggest one"));
      await window.see("New password");
      await window.press("Fill");
      await window.see("It is in the page");
      await page.type("[name=user]", "alice@acme.example");
      await page.click("[type=submit]");
      const { user_name, password } = await companion.next("capture");
      assert.deepEqual([user_name, password], ["alice@acme.example", FIRST]);
      assert.deepEqual(companion.all("fill"), []);
      assert.deepEqual(await companion.next("capture_ended"), { capture: "c1", signed_in: true });
    });

    test("an account that is added by hand gets one by the page's rules too", async () => {
      const { companion } = browser;
      const page = await browser.go("/o/change");
      const popup = await browser.own(`popup.html?tab=${await page.number()}`);
      await popup.see("alice");
      await popup.press("Add");
      await popup.press("Generate");
      assert.equal((await companion.next("generate")).rules, "minlength: 10; required: digit");
      // It is shown once it is there.
      await popup.run(
        `while (document.activeElement?.id !== "password") await new Promise((drawn) => requestAnimationFrame(drawn))`,
      );
      await popup.press("Save");
      assert.equal((await companion.next("add_account")).password, FIRST);
    });

    test("a page that asks for no new password is offered none", async () => {
      const page = await browser.go("/o/plain");
      const popup = await browser.own(`popup.html?tab=${await page.number()}`);
      await popup.see("alice");
      assert.equal(await popup.run(`return document.querySelector(".offered") === null`), true);
    });

    async function begin(): Promise<[page: Shown, window: Shown]> {
      const page = await browser.go("/o/change");
      const popup = await browser.own(`popup.html?tab=${await page.number()}`);
      await popup.see("This page changes a password");
      const window = await browser.comes_up(() => popup.press("Change password"));
      await window.see("New password");
      return [page, window];
    }

    function values(page: Shown): Promise<string[]> {
      return page.run(`return [...document.querySelectorAll("input")].map((field) => field.value)`);
    }
  });
}
