// Logins over several steps, in each browser: each part is asked for once and where it is the next, and nothing is filled
// where nobody wished for it.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { FormHint, Launch, Request } from "../../crates/protocol/bindings/browser.ts";
import { BROWSERS, launch_of, type Shown, share_browser, type TestBrowser } from "./both.ts";
import { problem } from "./scripted-companion.ts";

const ALICE = { app: "a1", name: "Payroll 2004", user_name: "alice", one_time_code: true };
const SECRETS = { user_name: "alice", password: "correct horse", one_time_code: "123456" };

type Fill = Extract<Request, { fill: unknown }>["fill"];

for (const [name, start] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let browser: TestBrowser;
    share_browser(start, (started) => {
      browser = started;
    });
    beforeEach(() => {
      fills();
    });

    const STEPS: Record<string, [path: string, asked: string[]]> = {
      "over two pages": ["/s/user", ["launch user_name", "continue password"]],
      "in one page, step after step": ["/s/in-place", ["launch user_name", "continue password"]],
      "with a code on the next page": ["/s/login", ["launch user_name+password", "continue one_time_code"]],
      "with a code in boxes": ["/s/then-boxes", ["launch user_name+password", "continue one_time_code"]],
    };
    for (const [what, [path, asked]] of Object.entries(STEPS)) {
      test(`a launched login ${what} is filled to its end`, async () => {
        const page = await launched(path);
        await page.see("Welcome alice");
        assert.deepEqual(browser.companion.all("fill").map(in_short), asked);
      });
    }

    test("a login that the person asked for goes on by itself", async () => {
      suggest();
      const page = await browser.go("/s/user");
      await (await popup(page)).press("Fill");
      await page.see("Welcome alice");
      assert.deepEqual(browser.companion.all("fill").map(in_short), [
        "gesture user_name",
        "continue password",
      ]);
      assert.equal(continued(browser.companion.all("fill")[1]), "f1");
    });

    test("a tenant is chosen from its list", async () => {
      const form: FormHint = { app: { extras: ["[name=tenant]"] } };
      const page = await launched("/s/tenant", { form });
      await page.see("Welcome alice");
      assert.deepEqual(browser.companion.all("fill").map(in_short), ["launch user_name+password+extras"]);
    });

    test("a password that was refused is not filled again", async () => {
      fills({ password: "wrong" });
      const page = await launched("/s/login");
      await page.see("That was not right");
      await settled(page);
      assert.deepEqual(browser.companion.all("fill").map(in_short), ["launch user_name+password"]);
      assert.equal(await page.value("[name=pass]"), "");
    });

    test("a form that the page draws anew while it is filled is filled once more", async () => {
      const page = await launched("/s/redraws");
      await page.see("Welcome alice");
      assert.deepEqual(browser.companion.all("fill").map(in_short), [
        "launch user_name+password",
        "continue user_name+password",
      ]);
    });

    test("a link that runs a script of the page is pressed as the page would", async () => {
      const page = await launched("/s/script-link");
      await page.see("Welcome alice");
    });

    test("a page that does not have the focus hears of it all the same", async () => {
      suggest();
      fills({ submit: false });
      const page = await browser.go("/s/heard");
      await (await popup(page)).press("Fill");
      await browser.companion.next("fill_ended");
      assert.deepEqual(await page.run("return heard"), ["focus", "blur"]);
    });

    const TROUBLES: Record<string, [selector: string, says: string]> = {
      "that fits several fields": ["input", "several fields fit"],
      "that is none": ["[[user", "which is no selector"],
    };
    for (const [what, [username, says]] of Object.entries(TROUBLES)) {
      test(`a selector ${what} is said, and the finder's own field is filled`, async () => {
        fills({ submit: false });
        const page = await launched("/s/login", { form: { app: { username } } });
        await browser.companion.next("fill_ended");
        assert.equal(await page.value("[name=user]"), "alice");
        await (await popup(page)).see(says);
      });
    }

    test("a step in another tab is left alone", async () => {
      fills({ submit: false });
      await launched("/s/user");
      await browser.companion.next("fill_ended");
      const other = await browser.go("/s/password");
      await settled(other);
      assert.deepEqual(browser.companion.all("fill").map(in_short), ["launch user_name"]);
      assert.equal(await other.value("[name=pass]"), "");
    });

    test("a form that sends to another address gets nothing by a launch, and that is said", async () => {
      const page = await launched(`/s/away?other=${browser.app.other_origin}`);
      await page.see("Sign in");
      await (await popup(page)).see("sends what is typed to another address");
      assert.deepEqual(browser.companion.all("fill"), []);
    });

    test("a launch to https fills nothing at the same host over http", async () => {
      const { companion, app } = browser;
      companion.tell({ launch: launch({ origin: app.origin.replace("http:", "https:"), open: null }) });
      const page = await browser.go("/s/login");
      await settled(page);
      assert.deepEqual(companion.all("fill"), []);
      assert.equal(await page.value("[name=pass]"), "");
    });

    test("a frameset of the app's own is filled", async () => {
      const { app, companion } = browser;
      await launched("/s/frameset");
      const { frame } = await companion.next("fill");
      assert.deepEqual([frame.frame_origin, frame.top_origin], [app.origin, app.origin]);
      assert.notEqual(frame.frame, 0);
      assert.deepEqual((await companion.next("fill_ended")).outcome, { filled: { submitted: true } });
    });

    test("a frame of another origin is filled where the app names it", async () => {
      const { app, companion } = browser;
      await launched(`/s/framed?other=${app.other_origin}`, { form: { frames: [app.other_origin] } });
      const { frame } = await companion.next("fill");
      assert.deepEqual([frame.frame_origin, frame.top_origin], [app.other_origin, app.origin]);
      assert.deepEqual((await companion.next("fill_ended")).outcome, { filled: { submitted: true } });
    });

    test("a frame of another origin that the app does not name gets nothing", async () => {
      const { app, companion } = browser;
      const page = await launched(`/s/framed?other=${app.other_origin}`);
      await page.see("Portal");
      await settled(page);
      assert.deepEqual(companion.all("fill"), []);
    });

    for (const path of ["/s/basic", "/s/digest"]) {
      test(`a launched page that the browser asks a sign-in for is answered: ${path}`, async () => {
        const { app, companion } = browser;
        const page = await launched(path);
        await page.see("Welcome alice");
        const [fill] = companion.all("fill");
        assert.deepEqual([fill?.frame.frame_origin, fill?.cause], [app.origin, { launch: { launch: "l1" } }]);
        assert.deepEqual((await companion.next("fill_ended")).outcome, { filled: { submitted: true } });
      });
    }

    describe("an app that is filled as soon as its page is there", () => {
      beforeEach(async () => {
        const { companion, app } = browser;
        companion.origins = [app.origin];
        companion.tell_origins();
        suggest({ automatic: true });
        fills({ submit: false });
        await known();
      });

      test("is filled when a tab comes to it, and not when it is loaded again", async () => {
        const { companion } = browser;
        const page = await browser.go("/s/login");
        await companion.next("fill_ended");
        assert.deepEqual(companion.all("fill").map(in_short), ["arrival user_name+password"]);
        await page.run("location.reload()");
        await page.see("Sign in");
        await settled(page);
        assert.equal(companion.all("fill").length, 1);
      });

      test("is not filled on the page that signing out leads to", async () => {
        const { companion } = browser;
        const page = await browser.go("/s/out");
        await settled(page);
        // Longer than a page takes that leads on by itself.
        await page.run("await new Promise((resolve) => setTimeout(resolve, 2100))");
        await page.click("a");
        await page.see("Sign in");
        await settled(page);
        assert.deepEqual(companion.all("fill"), []);
      });

      test("is not filled without the organisation wishing so, or with several accounts", async () => {
        const { companion } = browser;
        suggest({});
        await settled(await browser.go("/s/login"));
        companion.answers.suggest = () => ({
          ok: {
            suggestions: {
              accounts: [ALICE, { ...ALICE, app: "a2" }],
              saving: "offered",
              form: { automatic: true },
            },
          },
        });
        await settled(await browser.go("/s/login"));
        assert.deepEqual(companion.all("fill"), []);
      });
    });

    async function launched(path: string, change: Partial<Launch> = {}): Promise<Shown> {
      const { app, companion } = browser;
      return browser.comes_up(async () =>
        companion.tell({ launch: launch({ open: app.origin + path, ...change }) }),
      );
    }

    function launch(change: Partial<Launch>): Launch {
      return launch_of(browser, change);
    }

    /** Answers as the companion does: what was asked for, each fill with a name of its own. */
    function fills(change: { password?: string; submit?: boolean } = {}): void {
      const { companion } = browser;
      companion.answers.fill = ({ parts }) => {
        const values = { ...SECRETS, ...change };
        const given = parts.map((part) =>
          part === "extras" ? ["extras", [{ field: "[name=tenant]", value: "South" }]] : [part, values[part]],
        );
        const fill = `f${companion.all("fill").length}`;
        return { ok: { fill: { fill, submit: change.submit ?? true, ...Object.fromEntries(given) } } };
      };
    }

    function suggest(form?: FormHint): void {
      browser.companion.answers.suggest = () => ({
        ok: { suggestions: { accounts: [ALICE], saving: "offered", ...(form && { form }) } },
      });
    }

    async function popup(page: Shown): Promise<Shown> {
      return browser.own(`popup.html?tab=${await page.number()}`);
    }

    /** Everything that the page's beginning set going has come to its end: a question asked after it was answered. */
    async function settled(page: Shown): Promise<void> {
      const before = browser.companion.all("suggest").length;
      const shown = await popup(page);
      await browser.companion.next("suggest", before + 1);
      await shown.see("localhost");
    }

    /** The origins of the companion have been learned. */
    async function known(): Promise<void> {
      const end = performance.now() + 8_000;
      while (!/"origin_digests":"[^"]{12}/.test(await browser.kept())) {
        if (performance.now() > end) throw new Error("waited in vain for the origins");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  });
}

test("a sign-in that a site refuses is not tried again, and said (Chromium)", async () => {
  const browser = await BROWSERS.Chromium?.();
  assert.ok(browser);
  try {
    const { companion, app } = browser;
    await companion.next("hello");
    companion.answers.fill = () => ({
      ok: { fill: { fill: "f1", user_name: "alice", password: "wrong", submit: true } },
    });
    await browser.comes_up(async () => {
      const open = `${app.origin}/s/basic`;
      companion.tell({ launch: { launch: "l1", app: "a1", origin: app.origin, open, expires_in: 60_000 } });
    });
    assert.deepEqual((await companion.next("fill_ended")).outcome, { not_filled: { reason: "rejected" } });
    assert.equal(companion.all("fill").length, 1);
  } finally {
    await browser.close();
  }
});

test("a refusal of the companion for a step says nothing to a person who asked for nothing (Chromium)", async () => {
  const browser = await BROWSERS.Chromium?.();
  assert.ok(browser);
  try {
    const { companion, app } = browser;
    await companion.next("hello");
    companion.answers.fill = ({ cause }) =>
      "continue" in cause
        ? problem("not_found", "this account has no codes", "sign in by hand")
        : { ok: { fill: { fill: "f1", user_name: "alice", password: "correct horse", submit: true } } };
    const page = await browser.comes_up(async () => {
      const open = `${app.origin}/s/login`;
      companion.tell({ launch: { launch: "l1", app: "a1", origin: app.origin, open, expires_in: 60_000 } });
    });
    await companion.next("fill", 2);
    const shown = await browser.own(`popup.html?tab=${await page.number()}`);
    await shown.see("localhost");
    assert.equal(await shown.run(`return document.body.textContent.includes("has no codes")`), false);
  } finally {
    await browser.close();
  }
});

/** Cause and parts of a fill. */
function in_short({ cause, parts = [] }: Fill): string {
  return `${Object.keys(cause)[0]} ${parts.join("+")}`;
}

function continued(fill: Fill | undefined): string | null {
  return fill && "continue" in fill.cause ? fill.cause.continue.fill : null;
}
