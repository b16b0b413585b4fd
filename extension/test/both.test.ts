// What has to hold in every browser, in each of them: a launch, a fill, a capture with its offer, and what is said when
// something stands in the way.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Launch, Offer } from "../../crates/protocol/bindings/browser.ts";
import { BROWSERS, launch_of, type Shown, share_browser, type TestBrowser } from "./both.ts";
import { DONE, LOCKED, problem, READY, suggestions } from "./scripted-companion.ts";

const ALICE = { app: "a1", name: "Payroll 2004", user_name: "alice" };
const GOOD = { fill: "f1", user_name: "alice", password: "correct horse", submit: true };

for (const [name, start] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let browser: TestBrowser;
    share_browser(start, (started) => {
      browser = started;
    });

    test("greets by the browser's name, with a profile that lasts", async () => {
      const { companion } = browser;
      companion.drop_connection();
      await browser.go("/plain");
      await companion.next("hello");
      companion.drop_connection();
      await browser.go("/plain");
      await companion.next("hello", 2);
      const [first, second] = companion.callers;
      assert.equal(first?.browser, browser.name);
      assert.deepEqual(first?.versions, [4]);
      assert.match(first?.key ?? "", /^[0-9a-f]{64}$/);
      assert.equal(second?.key, first?.key);
    });

    test("the welcome page connects the browser by a code that both sides show", async () => {
      const { companion } = browser;
      companion.unpair(async (clicked) => (clicked ? null : "later"));
      const page = await browser.own("welcome.html");
      await page.see("Not connected yet");
      const pair = await browser.comes_up(() => page.press("Connect this browser"));
      await pair.see("Is it the same code?");
      await pair.see(companion.codes[0] ?? "");
      await pair.press("It is the same");
      await page.see(`${browser.name} is connected`);
      await companion.next("hello");
    });

    test("a no at the window, and a code that is another one, leave the browser unconnected", async () => {
      const { companion } = browser;
      const no = problem("declined", "you said no in Lanyard's window", "start again in the browser").problem;
      companion.unpair(async (clicked) => (clicked ? no : "later"));
      const page = await browser.own("welcome.html");
      await page.press("Connect this browser");
      await page.see("This browser was not connected");
      companion.pairs = async (clicked) => (clicked ? null : "later");
      const pair = await browser.comes_up(() => page.press("Connect this browser"));
      await pair.press("It is another one");
      await page.see("Not connected yet");
      assert.deepEqual(companion.all("hello"), []);
      const again = await browser.comes_up(() => page.press("Connect this browser"));
      await again.press("It is the same");
      await page.see(`${browser.name} is connected`);
      assert.notEqual(companion.codes[0], companion.codes[1]);
    });

    test("another Lanyard than the one it was connected to is said, and connected only when asked to", async () => {
      const { companion } = browser;
      companion.pairs = async (clicked) => (clicked ? null : "later");
      await companion.begin_anew();
      const page = await browser.own("welcome.html");
      await page.see("Another Lanyard answers");
      assert.deepEqual(companion.callers, [], "it does not say who it is");
      const pair = await browser.comes_up(() => page.press("Connect this browser"));
      await pair.press("It is the same");
      await page.see(`${browser.name} is connected`);
    });

    test("a copy of the profile that has called before is said, and this one begins anew with another key", async () => {
      const { companion } = browser;
      companion.pairs = async (clicked) => (clicked ? null : "later");
      companion.go_ahead();
      const page = await browser.own("welcome.html");
      await page.see("This browser was cut off");
      const pair = await browser.comes_up(() => page.press("Connect this browser"));
      await pair.press("It is the same");
      await page.see(`${browser.name} is connected`);
      const [before, after] = [companion.callers[0], companion.callers.at(-1)];
      assert.notEqual(after?.key, before?.key);
    });

    test("a launch opens the page, fills and submits, with the browser's own words for the page", async () => {
      const { companion, app } = browser;
      companion.answers.fill = () => ({ ok: { fill: GOOD } });
      const page = await browser.comes_up(async () => {
        companion.tell({ launch: launch({ open: `${app.origin}/` }) });
      });
      await page.see("Welcome alice");
      const { cause, frame } = await companion.next("fill");
      assert.deepEqual(cause, { launch: { launch: "l1" } });
      assert.deepEqual([frame.frame, frame.frame_origin, frame.top_origin], [0, app.origin, app.origin]);
      assert.ok(frame.document.length > 0);
      assert.deepEqual(await companion.next("fill_ended"), {
        fill: "f1",
        outcome: { filled: { submitted: true } },
      });
      assert.deepEqual(companion.all("capture"), [], "what Lanyard filled is not captured again");
    });

    test("a launch that somebody else opens is bound to the first tab at its origin, once", async () => {
      const { companion } = browser;
      companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
      companion.tell({ launch: launch({}) });
      const first = await browser.go("/late");
      await companion.next("fill_ended");
      assert.equal(await first.value("[name=pass]"), "correct horse");
      const second = await browser.go("/");
      await settled(second);
      assert.equal(companion.all("fill").length, 1);
    });

    test("a launch that waited for a browser fills the page whose beginning made the connection", async () => {
      const { companion } = browser;
      companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
      companion.drop_connection();
      companion.waiting = [{ launch: launch({}) }];
      const page = await browser.go("/");
      await companion.next("fill_ended");
      assert.equal(await page.value("[name=pass]"), "correct horse");
    });

    test("the popup fills the page that it is above", async () => {
      const { companion } = browser;
      companion.answers.suggest = () => suggestions([ALICE]);
      companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
      const page = await browser.go("/formless");
      const tab = await page.number();
      await (await popup(page)).press("Fill");
      const { cause, frame } = await companion.next("fill");
      assert.deepEqual([cause, frame.tab], [{ gesture: {} }, tab]);
      assert.deepEqual((await companion.next("fill_ended")).outcome, { filled: { submitted: false } });
      assert.equal(await page.value("[name=user]"), "alice");
    });

    test("what was typed is offered once the login succeeded, and saved with Enter", async () => {
      const { companion, app } = browser;
      offers();
      const page = await browser.go("/");
      const offer = await browser.comes_up(() => sign_in(browser, page));
      const { user_name, password, login_url } = await companion.next("capture");
      assert.deepEqual([user_name, password, login_url], ["alice", "correct horse", `${app.origin}/`]);
      assert.deepEqual(await companion.next("capture_ended"), { capture: "c1", signed_in: true });
      await offer.see("Save this sign-in?");
      await offer.key("Enter");
      const answer = { save: { name: "Payroll 2004", auto_submit: true } };
      assert.deepEqual(await companion.next("answer_offer"), { capture: "c1", answer });
      assert.doesNotMatch(await browser.kept(), /correct horse|alice/);
    });

    test("a wrong password is not offered", async () => {
      offers();
      const page = await browser.go("/");
      await sign_in(browser, page, "wrong");
      await page.see("Wrong user name or password");
      assert.deepEqual(await browser.companion.next("capture_ended"), { capture: "c1", signed_in: false });
    });

    test("the popup says that Lanyard is locked, and shows accounts once it is not", async () => {
      const { companion } = browser;
      companion.change_state(LOCKED);
      const shown = await popup(await browser.go("/"));
      await shown.see("Lanyard is locked");
      await shown.press("Open Lanyard");
      await companion.next("open_lanyard");
      companion.answers.suggest = () => suggestions([ALICE]);
      companion.change_state(READY);
      await shown.see("alice");
    });

    test("a popup that is open when Lanyard ends starts it again only when asked to", async () => {
      const { companion } = browser;
      const shown = await popup(await browser.go("/plain"));
      await shown.see("No account for this page");
      const { connections } = companion;
      companion.drop_connection();
      await shown.see("Lanyard has ended");
      assert.equal(companion.connections, connections);
      await shown.press("Try again");
      await shown.see("No account for this page");
      assert.equal(companion.connections, connections + 1);
    });

    test("a background script that was ended remembers a launch and connects again", async () => {
      const { companion } = browser;
      companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
      companion.tell({ launch: launch({}) });
      await until(async () => (await browser.kept()).includes("l1"));
      await browser.end_worker();
      const page = await browser.go("/");
      await companion.next("hello");
      await companion.next("fill_ended");
      assert.equal(await page.value("[name=pass]"), "correct horse");
    });

    function launch(change: Partial<Launch>): Launch {
      return launch_of(browser, change);
    }

    async function popup(page: Shown): Promise<Shown> {
      return browser.own(`popup.html?tab=${await page.number()}`);
    }

    /** Everything that the page's beginning set going has come to its end: a question asked after it was answered. */
    async function settled(page: Shown): Promise<void> {
      await (await popup(page)).see("No account for this page");
    }

    function offers(): void {
      const { answers } = browser.companion;
      const offer: Offer = {
        capture: "c1",
        kind: "save",
        name: "Payroll 2004",
        user_name: "alice",
        origin: browser.app.origin,
        auto_submit: true,
      };
      answers.capture = () => ({ ok: { captured: { capture: "c1" } } });
      answers.capture_ended = ({ signed_in }) => (signed_in ? { ok: { offer } } : DONE);
      answers.offer = () => ({ ok: { offer } });
    }
  });

  const HOSTS = {
    missing: "Lanyard is not installed on this computer",
    // Firefox tells an extension that may not use a host that there is none.
    forbidden:
      name === "Firefox"
        ? "Lanyard is not installed on this computer"
        : "This extension is not the one that came with Lanyard",
  };
  for (const [host, says] of Object.entries(HOSTS)) {
    test(`${name}: a host that is ${host} is said with what to do`, async () => {
      const browser = await start({ host: host as keyof typeof HOSTS });
      try {
        const page = await browser.own("welcome.html");
        await page.see(says);
        await page.see("Try again");
      } finally {
        await browser.close();
      }
    });
  }
}

async function sign_in(browser: TestBrowser, page: Shown, password = "correct horse"): Promise<void> {
  await page.type("[name=user]", "alice");
  await browser.watched(await page.number());
  await page.type("[name=pass]", password);
  await page.click("[type=submit]");
}

/** What an extension keeps it tells nobody outside of: it has to be looked at again. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 8_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
