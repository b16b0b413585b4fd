// Whether a login is known to have succeeded, in each browser: what was typed is offered then and not otherwise.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { BROWSERS, type Shown, share_browser, type TestBrowser } from "./both.ts";
import { DONE, LOCKED } from "./scripted-companion.ts";

type Body = Awaited<ReturnType<typeof captured_of>>;

for (const [name, start] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let browser: TestBrowser;
    share_browser(start, (started) => {
      browser = started;
    });
    beforeEach(() => {
      let captures = 0;
      browser.companion.answers.capture = () => {
        captures += 1;
        return { ok: { captured: { capture: `c${captures}` } } };
      };
    });

    const LOGINS: Record<string, [path: string, password: string, signed_in: boolean]> = {
      "a page that leads on": ["/o/plain", "correct horse", true],
      "a page that shows its form again": ["/o/plain", "wrong", false],
      "several redirects that lead on": ["/o/redirects", "correct horse", true],
      "redirects that lead back to the form": ["/o/redirects", "wrong", false],
      "an error of the server": ["/o/status", "correct horse", false],
      "a script that fetches": ["/o/fetch", "correct horse", true],
      "a script that fetches a refusal": ["/o/fetch", "wrong", false],
      "a script that fetches a refusal which looks well": ["/o/fetch-200", "wrong", false],
      "a script that asks in the old way": ["/o/xhr", "correct horse", true],
      "a script that asks in the old way, and is refused": ["/o/xhr", "wrong", false],
      "a form that is swapped in place": ["/o/swap", "correct horse", true],
      "a form that is cleared when it is sent": ["/o/clears", "correct horse", true],
      "a form that hashes its password": ["/o/hashes", "correct horse", true],
      "a form that hashes its password, and is refused": ["/o/hashes", "wrong", false],
      "a page that shows its form once more and goes on by itself": ["/o/once-more", "correct horse", true],
    };
    for (const [what, [path, password, signed_in]] of Object.entries(LOGINS)) {
      test(`${what}: ${signed_in ? "signed in" : "not signed in"}`, async () => {
        const page = await go(path);
        await page.type("[name=user]", "alice");
        await page.type("[name=pass]", password);
        await page.click("[type=submit]");
        const typed = await captured_of(browser);
        assert.deepEqual([typed.user_name, typed.password], ["alice", password]);
        assert.deepEqual(await browser.companion.next("capture_ended"), { capture: "c1", signed_in });
        assert.equal(browser.companion.all("capture").length, 1);
      });
    }

    test("of a wrong password and then the right one, the right one is offered", async () => {
      const page = await go("/o/fetch");
      await page.type("[name=user]", "alice");
      await page.type("[name=pass]", "wrong");
      await page.click("[type=submit]");
      await page.see("Wrong password");
      await page.type("[name=pass]", "correct horse");
      await page.click("[type=submit]");
      const ended = browser.companion;
      await ended.until(
        () => ended.all("capture_ended").some(({ signed_in }) => signed_in),
        "a login that succeeded",
      );
      const right = ended.all("capture").findIndex(({ password }) => password === "correct horse") + 1;
      const offered = ended.all("capture_ended").filter(({ signed_in }) => signed_in);
      assert.deepEqual(offered, [{ capture: `c${right}`, signed_in: true }]);
    });

    test("a user name on one page and its password on the next are one login", async () => {
      const page = await go("/o/first");
      await page.type("[name=user]", "alice");
      await page.click("[type=submit]");
      await page.type("[name=pass]", "correct horse");
      await page.click("[type=submit]");
      await expect_login(await captured_of(browser), "alice", "correct horse");
    });

    test("a user name and then its password in the same page are one login", async () => {
      const page = await go("/o/steps");
      await page.type("[name=user]", "alice");
      await page.press("Next");
      await page.type("[name=pass]", "correct horse");
      await page.press("Log in");
      await expect_login(await captured_of(browser), "alice", "correct horse");
    });

    test("a new account is offered with the password it was made with", async () => {
      const page = await go("/o/sign-up");
      await page.type("[name=user]", "alice@acme.example");
      await page.type("[name=pass]", "battery staple");
      await page.click("[type=submit]");
      await expect_login(await captured_of(browser), "alice@acme.example", "battery staple");
    });

    const CHANGES: Record<string, [old: string, signed_in: boolean]> = {
      "a changed password is offered with the one before": ["correct horse", true],
      "a change that was refused is not offered": ["wrong", false],
    };
    for (const [what, [old, signed_in]] of Object.entries(CHANGES)) {
      test(what, async () => {
        const page = await go("/o/change", "[name=old]");
        await page.type("[name=old]", old);
        await page.type("[name=new]", "battery staple 1");
        await page.type("[name=again]", "battery staple 1");
        await page.click("[type=submit]");
        const typed = await captured_of(browser);
        assert.deepEqual([typed.former_password, typed.password], [old, "battery staple 1"]);
        assert.equal((await browser.companion.next("capture_ended")).signed_in, signed_in);
      });
    }

    test("nothing is watched where nothing changed", async () => {
      browser.companion.answers.capture = () => ({ ok: { unchanged: {} } });
      const page = await go("/o/plain");
      await page.type("[name=user]", "alice");
      await page.type("[name=pass]", "correct horse");
      await page.click("[type=submit]");
      await captured_of(browser);
      await page.see("Welcome alice");
      assert.deepEqual(JSON.parse(await browser.kept())[0].attempts ?? [], []);
      assert.deepEqual(browser.companion.all("capture_ended"), []);
    });

    test("nothing is captured while Lanyard is locked, though the page was open before", async () => {
      const { companion } = browser;
      const page = await go("/o/plain");
      await page.type("[name=user]", "alice");
      companion.change_state(LOCKED);
      await until(async () => (await browser.kept()).includes(`"locked"`));
      await page.type("[name=pass]", "correct horse");
      await page.click("[type=submit]");
      await page.see("Welcome alice");
      assert.deepEqual(companion.all("capture"), []);
    });

    test("what was typed in a step is forgotten with its tab", async () => {
      const page = await go("/o/first");
      await page.type("[name=user]", "alice");
      await page.click("[type=submit]");
      await page.see("Password");
      assert.match(await browser.kept(), /"user_name":"alice"/);
      await browser.tidy();
      await until(async () => !(await browser.kept()).includes("alice"));
    });

    /** A page with its first field in use. */
    async function go(path: string, first = "[name=user]"): Promise<Shown> {
      const page = await browser.go(path);
      await page.click(first);
      await browser.watched(await page.number());
      return page;
    }

    async function expect_login(typed: Body, user_name: string, password: string): Promise<void> {
      assert.deepEqual([typed.user_name, typed.password], [user_name, password]);
      assert.deepEqual(await browser.companion.next("capture_ended"), { capture: "c1", signed_in: true });
    }
  });
}

function captured_of({ companion }: TestBrowser) {
  companion.answers.capture_ended ??= () => DONE;
  return companion.next("capture");
}

/** What an extension keeps it tells nobody outside of: it has to be looked at again. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 8_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
