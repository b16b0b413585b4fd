// Several accounts on one site: the window to choose in, with the keyboard alone, and what a tab remembers of it. In every
// browser, with the icon that opens it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Account } from "../../crates/protocol/bindings/browser.ts";
import { BROWSERS, type Shown, type TestBrowser } from "./both.ts";
import { start_extension_browser } from "./extension-browser.ts";
import { LOCKED, READY, suggestions } from "./scripted-companion.ts";

const ACCOUNTS: Account[] = ["alice", "bob", "carol"].map(account);
const MANY: Account[] = ["alice", "bob", "carol", "dave", "erin", "frank"].map(account);
const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const ICON = "[popover=manual][aria-hidden]";
/** A click counts where the icon has been seen for a while; a key does in a window that has been there for a while. */
const AWHILE = 900;

for (const [name, start] of Object.entries(BROWSERS))
  describe(name, () => {
    let browser: TestBrowser;
    before(async () => {
      browser = await start();
      await browser.companion.next("hello");
    });
    after(() => browser.close());
    beforeEach(async () => {
      const { companion, app } = browser;
      companion.reset();
      companion.origins = [app.origin];
      companion.drop_connection();
      await browser.go("/plain");
      await companion.next("hello");
      companion.answers.suggest = () => suggestions(ACCOUNTS, "offered");
      companion.answers.fill = ({ app: user_name }) => ({
        ok: { fill: { fill: "f1", user_name, password: "correct horse", submit: false } },
      });
      companion.change_state(READY);
    });
    afterEach(() => browser.tidy());

    test("the icon opens the window, Enter fills, and the page has the values of that account", async () => {
      const page = await browser.go("/");
      const chooser = await click_icon(page);
      await chooser.see("carol");
      await passing(chooser);
      await chooser.key("ArrowDown");
      await chooser.key("Enter");
      const { app, cause, frame } = await browser.companion.next("fill");
      assert.deepEqual([app, cause, frame.frame_origin], ["bob", { gesture: {} }, browser.app.origin]);
      await browser.companion.next("fill_ended");
      assert.equal(await page.value("[name=user]"), "bob");
      assert.equal(await page.value("[name=pass]"), "correct horse");
      assert.match(await browser.kept(), /"tab_accounts":\{"\d+":"bob"\}/);
    });

    test("a key that was meant for the page chooses nothing in the window", async () => {
      const page = await browser.go("/");
      const chooser = await browser.own(`choose.html?tab=${await page.number()}&asked=icon`);
      await chooser.see("carol");
      // As one that is held down comes.
      await chooser.run(`
        window.dispatchEvent(new Event("focus"));
        const pressed = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
        if (document.activeElement.dispatchEvent(pressed)) document.activeElement.click();
      `);
      await passing(chooser);
      assert.deepEqual(browser.companion.all("fill"), []);
      await chooser.key("Enter");
      assert.equal((await browser.companion.next("fill")).app, "alice");
    });

    test("typing searches among many, Escape takes the search back", async () => {
      browser.companion.answers.suggest = () => suggestions(MANY, "offered");
      const page = await browser.go("/");
      const chooser = await browser.own(`choose.html?tab=${await page.number()}&asked=keys`);
      await chooser.see("frank");
      await chooser.key("e");
      await chooser.key("r");
      assert.equal(await chooser.value("[type=search]"), "er");
      await chooser.key("Escape");
      assert.equal(await chooser.value("[type=search]"), "");
      await chooser.key("f");
      await chooser.key("Enter");
      assert.equal((await browser.companion.next("fill")).app, "frank");
    });

    test("what stands in the way is said in the window", async () => {
      const page = await browser.go("/");
      const tab = await page.number();
      browser.companion.change_state(LOCKED);
      const chooser = await browser.own(`choose.html?tab=${tab}&asked=keys`);
      await chooser.see("Lanyard is locked");
      await assert_accessible(chooser);
    });

    test("no icon is there where the organisation, or the person, has turned it off", async () => {
      const { companion } = browser;
      companion.change_state({ ...READY, field_icon: false });
      const forbidden = await browser.go("/");
      await focus_and_wait(forbidden);
      assert.equal(await forbidden.run<boolean>(`return document.querySelector("${ICON}") === null`), true);
      companion.change_state(READY);
      const options = await browser.own("options.html");
      await options.see("Icon in fields");
      const box = `[aria-labelledby="field-icon"] input`;
      await options.click(box);
      const off = await browser.go("/");
      await focus_and_wait(off);
      assert.equal(await off.run<boolean>(`return document.querySelector("${ICON}") === null`), true);
      await options.click(box);
      const on = await browser.go("/");
      await icon_there(on);
    });

    test("no icon is there on a page that no account is known for", async () => {
      browser.companion.origins = [];
      browser.companion.drop_connection();
      await browser.go("/plain");
      await browser.companion.next("hello", 2);
      const page = await browser.go("/");
      await focus_and_wait(page);
      assert.equal(await page.run<boolean>(`return document.querySelector("${ICON}") === null`), true);
    });

    test("axe finds nothing serious", async () => {
      const page = await browser.go("/");
      const tab = await page.number();
      for (const [accounts, says] of [
        [ACCOUNTS, "carol"],
        [MANY, "frank"],
      ] as [Account[], string][]) {
        browser.companion.answers.suggest = () => suggestions(accounts, "offered");
        const chooser = await browser.own(`choose.html?tab=${tab}&asked=keys`);
        await chooser.see(says);
        await assert_accessible(chooser);
      }
    });

    async function click_icon(page: Shown): Promise<Shown> {
      await icon_there(page);
      await passing(page);
      return browser.comes_up(() => page.click(ICON));
    }
  });

test("Chromium: the shortcut asks once, and then fills what was chosen in the tab", async () => {
  const browser = await start_extension_browser();
  try {
    const { companion, app, context } = browser;
    await companion.next("hello");
    companion.answers.suggest = () => suggestions(ACCOUNTS, "offered");
    companion.answers.fill = ({ app: user_name }) => ({
      ok: { fill: { fill: "f1", user_name, password: "correct horse", submit: false } },
    });
    const page = await context.newPage();
    await page.goto(app.origin);
    const tab = await browser.tab_of(page);
    const press = () =>
      context
        .serviceWorkers()
        .at(-1)
        ?.evaluate(async (tabId) => {
          const { onCommand } = chrome.commands as unknown as {
            onCommand: { dispatch(...all: unknown[]): void };
          };
          onCommand.dispatch("fill", await chrome.tabs.get(tabId));
        }, tab);
    const [chooser] = await Promise.all([context.waitForEvent("page"), press()]);
    await chooser.getByText("carol").waitFor();
    // There is one window for a tab.
    await press();
    await companion.next("suggest", 3);
    assert.equal(context.pages().filter((other) => other.url().includes("choose.html")).length, 1);
    await chooser.keyboard.press("ArrowDown");
    await Promise.all([
      chooser.waitForEvent("close"),
      chooser.keyboard.press("Enter").catch(() => undefined),
    ]);
    assert.equal((await companion.next("fill")).app, "bob");
    await page.reload();
    await press();
    assert.equal((await companion.next("fill", 2)).app, "bob");
    const other = await context.newPage();
    await other.goto(app.origin);
    assert.equal(companion.all("fill").length, 2, "another tab has its own");
  } finally {
    await browser.close();
  }
});

function account(user_name: string): Account {
  return { app: user_name, name: "Payroll 2004", user_name };
}

async function focus_and_wait(page: Shown): Promise<void> {
  await page.click("[name=user]");
  await passing(page);
}

async function icon_there(page: Shown): Promise<void> {
  await page.click("[name=user]");
  await page.run(`
    while (!document.querySelector("${ICON}")) await new Promise((drawn) => requestAnimationFrame(drawn));
  `);
}

async function passing(shown: Shown): Promise<void> {
  await shown.run(`await new Promise((passed) => setTimeout(passed, ${AWHILE}))`);
}

type Violation = { id: string; impact: string };

async function assert_accessible(shown: Shown): Promise<void> {
  const found = await shown.run<Violation[]>(
    `${AXE}; const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact }) => ({ id, impact }))`,
  );
  assert.deepEqual(
    found.filter(({ impact }) => impact === "serious" || impact === "critical"),
    [],
  );
}
