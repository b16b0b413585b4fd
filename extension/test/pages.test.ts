// The extension's own pages in every browser: what can be done in them, with the keyboard alone, and what axe finds.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Account, Offer, State } from "../../crates/protocol/bindings/browser.ts";
import { BROWSERS, type Shown, share_browser, type TestBrowser } from "./both.ts";
import { DONE, LOCKED, problem, READY, SIGNED_OUT, suggestions, UNPAIRED } from "./scripted-companion.ts";

const ALICE = { app: "a1", name: "Payroll 2004", user_name: "alice" };
const MANY: Account[] = ["alice", "bob", "carol", "dave", "erin", "frank"].map((user_name) => ({
  app: user_name,
  name: "Payroll 2004",
  user_name,
}));
const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

for (const [name, start] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let browser: TestBrowser;
    share_browser(start, (started) => {
      browser = started;
    });

    test("typing searches among many accounts, Enter fills the first that is found", async () => {
      const { companion } = browser;
      companion.answers.suggest = () => suggestions(MANY, "offered");
      companion.answers.fill = () => problem("refused", "it was refused", "ask somebody");
      const shown = await popup(await browser.go("/"));
      await shown.see("frank");
      await shown.key("c");
      await shown.key("a");
      assert.equal(await shown.value("[type=search]"), "ca");
      await shown.key("Enter");
      assert.equal((await companion.next("fill")).app, "carol");
      await shown.see("It was refused.");
      await shown.key("Escape");
      assert.equal(await shown.value("[type=search]"), "");
      await shown.key("z");
      await shown.see("No account has “z” in its name.");
    });

    test("arrows and Enter fill another account than the first", async () => {
      const { companion } = browser;
      companion.answers.suggest = () => suggestions(MANY.slice(0, 3), "offered");
      companion.answers.fill = () => problem("refused", "it was refused", "ask somebody");
      const shown = await popup(await browser.go("/"));
      await shown.see("carol");
      await shown.key("ArrowDown");
      await shown.key("Enter");
      assert.equal((await companion.next("fill")).app, "bob");
    });

    test("an account is added for the page in front, with a password that was made", async () => {
      const { companion, app } = browser;
      const shown = await popup(await browser.go("/sign-up?next=secret"));
      await shown.press("Add");
      await shown.see("Add an account");
      assert.equal(await shown.value("[name=name]"), "Payroll 2004");
      await shown.key("carol");
      companion.answers.generate = () => ({ ok: { generated: { password: "kT7-quvLo9mXz" } } });
      await shown.press("Generate");
      const password = await shown.run<string>(`const field = document.querySelector("[name=password]");
        while (field.value === "") await new Promise(requestAnimationFrame);
        return field.value`);
      assert.equal(password, "kT7-quvLo9mXz");
      companion.answers.suggest = () => suggestions([{ ...ALICE, user_name: "carol" }], "offered");
      await shown.key("Enter");
      const { frame, ...typed } = await companion.next("add_account");
      assert.deepEqual(typed, {
        name: "Payroll 2004",
        login_url: `${app.origin}/sign-up`,
        user_name: "carol",
        password,
      });
      assert.deepEqual([frame.frame_origin, frame.top_origin], [app.origin, app.origin]);
      await shown.see("Payroll 2004 is saved.");
      await shown.see("carol");
      assert.ok(!(await browser.kept()).includes(password));
      assert.ok(!(await shown.run<string>("return document.documentElement.outerHTML")).includes(password));
    });

    test("a password is shown and hidden again, and Escape leaves without saving", async () => {
      const { companion } = browser;
      const shown = await popup(await browser.go("/"));
      await shown.press("Add");
      await shown.type("[name=password]", "correct horse");
      const kind = () => shown.run<string>(`return document.querySelector("[name=password]").type`);
      assert.equal(await kind(), "password");
      await shown.click("[aria-pressed]");
      assert.equal(await kind(), "text");
      await shown.click("[aria-pressed]");
      assert.equal(await kind(), "password");
      await shown.click("[name=password]");
      await shown.key("Escape");
      await shown.see("No account for this page");
      assert.deepEqual(companion.all("add_account"), []);
      // Enter opens the form again: the focus is where it was.
      await shown.run(
        "return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))",
      );
      await shown.key("Enter");
      await shown.see("Add an account");
    });

    test("why an account is not added is said, and what was typed stays", async () => {
      browser.companion.answers.add_account = () =>
        problem("vault", "the disk is full", "make room, then save again");
      const shown = await popup(await browser.go("/"));
      await shown.press("Add");
      await shown.type("[name=password]", "correct horse");
      await shown.press("Save");
      await shown.see("The disk is full. Make room, then save again.");
      assert.equal(await shown.value("[name=password]"), "correct horse");
    });

    test("offers are stopped for a page, and had again", async () => {
      const { companion, app } = browser;
      const shown = await popup(await browser.go("/"));
      await shown.see("Never here");
      companion.answers.suggest = () => suggestions([], "never");
      await shown.press("Never here");
      assert.equal((await companion.next("never")).frame.frame_origin, app.origin);
      await shown.see("Lanyard will not offer to save on");
      await shown.see("because you chose so");
      companion.answers.suggest = () => suggestions([], "offered");
      await shown.press("Undo");
      assert.deepEqual(await companion.next("allow_site"), { origin: app.origin });
      await shown.see("Never here");
    });

    test("where the organisation forbids saving, nothing is offered to be added", async () => {
      browser.companion.answers.suggest = () => suggestions([], "forbidden");
      const shown = await popup(await browser.go("/"));
      await shown.see("Your organisation lets Lanyard save its own apps only.");
      assert.deepEqual(await buttons(shown), ["Open Lanyard"]);
    });

    test("an answer of a version that nobody offered is not understood, and said", async () => {
      const { companion } = browser;
      companion.version = 5;
      companion.drop_connection();
      const shown = await popup(await browser.go("/"));
      await shown.see("Lanyard and this extension are of different versions");
      companion.version = 4;
      await shown.press("Try again");
      await shown.see("No account for this page");
    });

    test("an offer is answered with never, which can be taken back", async () => {
      const { companion, app } = browser;
      offers();
      const offer = await browser.own("offer.html?capture=c1");
      await offer.press("Never for this site");
      assert.deepEqual(await companion.next("answer_offer"), { capture: "c1", answer: { never: {} } });
      await offer.see("Nothing is saved");
      await offer.press("Undo");
      assert.deepEqual(await companion.next("allow_site"), { origin: app.origin });
      await offer.see("you are asked");
      await offer.press("Close");
      assert.equal(companion.all("answer_offer").length, 1);
    });

    test("options say how this browser is known, and have sites offered again", async () => {
      const { companion } = browser;
      let origins = ["https://canteen.example", "https://payroll.corp.example:8443"];
      companion.answers.never_sites = () => ({ ok: { sites: { origins } } });
      companion.answers.allow_site = ({ origin }) => {
        origins = origins.filter((other) => other !== origin);
        return DONE;
      };
      const options = await browser.own("options.html");
      await options.see("Alice is signed in.");
      await options.see(`${browser.name}, profile`);
      await options.see("Ctrl+Shift+F fills the page in front of you.");
      await options.see("canteen.example");
      await options.click(".sites li:first-child button");
      assert.deepEqual(await companion.next("allow_site"), { origin: "https://canteen.example" });
      await options.see("Lanyard offers to save on canteen.example again.");
      await companion.next("never_sites", 2);
    });

    test("axe finds nothing serious, whatever is shown", async () => {
      const { companion } = browser;
      const page = await browser.go("/");
      const keyring = problem("keychain", "the keyring is locked", "unlock it").problem;
      const states: [State, string][] = [
        [UNPAIRED, "Not connected yet"],
        [SIGNED_OUT, "Nobody is signed in"],
        [LOCKED, "Lanyard is locked"],
        [
          { ...READY, vault: { unavailable: { problem: keyring, may_begin_new: false } } },
          "The keyring is locked",
        ],
        [READY, "Never here"],
      ];
      const number = await page.number();
      for (const [state, says] of states) {
        companion.change_state(state);
        const shown = await browser.own(`popup.html?tab=${number}`);
        await shown.see(says);
        await assert_accessible(shown, says);
      }
      companion.answers.suggest = () => suggestions(MANY, "offered");
      companion.answers.never_sites = () => ({ ok: { sites: { origins: ["https://canteen.example"] } } });
      companion.answers.generate = () => ({ ok: { generated: { password: "kT7-quvLo9mXz" } } });
      companion.answers.fill = () => ({
        ok: { fill: { fill: "f1", password: "correct horse", submit: false } },
      });
      offers();
      const changing = await (await browser.go("/o/change")).number();
      const pages: [path: string, says: string, press?: string][] = [
        [`popup.html?tab=${number}`, "frank"],
        [`popup.html?tab=${number}`, "Lanyard will not offer", "Never here"],
        [`popup.html?tab=${number}`, "Add an account", "Add"],
        ["options.html", "canteen.example"],
        ["welcome.html", "is connected"],
        ["help.html", "Lanyard is there"],
        [`popup.html?tab=${changing}`, "This page changes a password"],
        [`change.html?tab=${changing}`, "New password"],
        [`change.html?tab=${changing}`, "It is in the page", "Fill"],
        ["offer.html?capture=c1", "Save this sign-in?"],
        ["offer.html?capture=c1", "Nothing is saved", "Never for this site"],
      ];
      for (const [path, says, press] of pages) {
        const shown = await browser.own(path);
        if (press) await shown.press(press);
        await shown.see(says);
        await assert_accessible(shown, says);
      }
    });

    async function popup(page: Shown): Promise<Shown> {
      return browser.own(`popup.html?tab=${await page.number()}`);
    }

    function offers(): void {
      const offer: Offer = {
        capture: "c1",
        kind: "save",
        name: "Payroll 2004",
        user_name: "alice",
        origin: browser.app.origin,
        auto_submit: true,
      };
      browser.companion.answers.offer = () => ({ ok: { offer } });
    }
  });

  test(`${name}: where there is no Lanyard, popup and welcome lead to what to do`, async () => {
    const browser = await start({ host: "missing" });
    try {
      const welcome = await browser.own("welcome.html");
      await welcome.press("What to do");
      await welcome.see("Lanyard cannot be reached");
      await welcome.see("Install the package “lanyard”");
      await assert_accessible(welcome, "help");
      const popup = await browser.own("popup.html");
      await popup.see("Lanyard is not installed on this computer");
      await assert_accessible(popup, "popup");
      await popup.press("What to do");
      await popup.see("Lanyard cannot be reached");
    } finally {
      await browser.close();
    }
  });
}

for (const [name, start] of Object.entries(BROWSERS))
  test(`${name}: a profile that cannot be written to is filled in all the same, and said`, async () => {
    const browser = await start({ unwritable: true });
    try {
      const { companion } = browser;
      const { profile } = await companion.next("hello");
      assert.match(profile, /^[0-9a-f]{32}$/);
      companion.answers.suggest = () => suggestions([ALICE], "offered");
      companion.answers.fill = () => ({
        ok: { fill: { fill: "f1", user_name: "alice", password: "correct horse", submit: false } },
      });
      const page = await browser.go("/");
      const shown = await browser.own(`popup.html?tab=${await page.number()}`);
      await shown.see("This browser cannot write to its profile");
      await shown.press("Fill");
      await companion.next("fill_ended");
      assert.equal(await page.value("[name=pass]"), "correct horse");
      companion.drop_connection();
      await browser.go("/plain");
      assert.equal(
        (await companion.next("hello", 2)).profile,
        profile,
        "while the browser runs it is the same",
      );
    } finally {
      await browser.close();
    }
  });

test("Firefox: that the browser keeps Lanyard out of pages is said", async () => {
  const browser = await (BROWSERS.Firefox as (typeof BROWSERS)[string])();
  try {
    await browser.companion.next("hello");
    const number = await (await browser.go("/")).number();
    await browser.keep_out?.();
    const shown = await browser.own(`popup.html?tab=${number}`);
    await shown.see("The browser keeps Lanyard out of web pages");
    await shown.see("Let Lanyard in");
    await assert_accessible(shown, "kept out");
  } finally {
    await browser.close();
  }
});

type Violation = { id: string; impact: string; nodes: { html: string }[] };

async function assert_accessible(shown: Shown, what: string): Promise<void> {
  const found = await shown.run<Violation[]>(
    `${AXE}; const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => ({ html })) }))`,
  );
  const serious = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious, [], what);
}

function buttons(shown: Shown): Promise<string[]> {
  return shown.run(`return [...document.querySelectorAll("button")].map((button) => button.textContent)`);
}
