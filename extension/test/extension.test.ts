// The whole extension in Chromium: its messages on the wire, what reaches pages, what its own pages show.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Page } from "playwright-core";
import type { Launch, Offer, OfferAnswer } from "../../crates/protocol/bindings/browser.ts";
import { until_watched } from "./both.ts";
import { type ExtensionBrowser, start_extension_browser } from "./extension-browser.ts";
import { DONE, LOCKED, problem, READY, SIGNED_OUT, UNPAIRED } from "./scripted-companion.ts";

const ALICE = { app: "a1", name: "Payroll 2004", user_name: "alice" };
const GOOD = { fill: "f1", user_name: "alice", password: "correct horse", submit: true };
const REFUSED = problem(
  "refused",
  "this page is not at the address the account was saved for",
  "open the app's page",
);

let browser: ExtensionBrowser;

before(async () => {
  browser = await start_extension_browser();
  await browser.companion.next("hello");
});
after(() => browser.close());

beforeEach(() => {
  browser.companion.reset();
  browser.companion.change_state(READY);
});
afterEach(() => browser.tidy());

describe("greeting", () => {
  test("names versions, browser and a lasting profile", async () => {
    const { companion } = browser;
    companion.drop_connection();
    await go("/plain");
    const hello = await companion.next("hello");
    assert.deepEqual(hello.versions, [4, 3, 2]);
    assert.equal(hello.browser, "Chromium");
    assert.match(hello.profile, /^[0-9a-f]{32}$/);
    companion.drop_connection();
    await go("/plain");
    assert.equal((await companion.next("hello", 2)).profile, hello.profile);
  });

  test("the welcome page connects the browser and says when it is connected", async () => {
    const { companion } = browser;
    companion.change_state(UNPAIRED);
    const page = await browser.open("welcome.html");
    let decide: () => void = () => undefined;
    companion.answers.pair = () => new Promise((resolve) => (decide = () => resolve(DONE)));
    await page.getByRole("button", { name: "Connect this browser" }).click();
    await page.getByText("Waiting for your answer").waitFor();
    await companion.next("pair");
    decide();
    companion.change_state(READY);
    await page.getByText("Chromium is connected").waitFor();
  });

  test("a no at the window is said, and may be asked again", async () => {
    browser.companion.change_state(UNPAIRED);
    browser.companion.answers.pair = () =>
      problem("declined", "the question was answered with no", "ask again");
    const page = await popup(await go("/"));
    await page.getByRole("button", { name: "Connect this browser" }).click();
    await page.getByText("This browser was not connected").waitFor();
    await page.getByRole("button", { name: "Connect this browser" }).waitFor();
  });
});

describe("launch", () => {
  test("opens the page, fills and submits", async () => {
    const { companion, app } = browser;
    companion.answers.fill = () => ({ ok: { fill: GOOD } });
    const opened = browser.context.waitForEvent("page");
    companion.tell({ launch: launch({ open: `${app.origin}/` }) });
    const page = await opened;
    await page.getByText("Welcome alice").waitFor();
    const fill = await companion.next("fill");
    assert.deepEqual(fill.cause, { launch: { launch: "l1" } });
    assert.equal(fill.app, "a1");
    assert.equal(fill.frame.frame, 0);
    assert.equal(fill.frame.frame_origin, app.origin);
    assert.equal(fill.frame.top_origin, app.origin);
    assert.ok(fill.frame.document.length > 0);
    assert.deepEqual(await companion.next("fill_ended"), {
      fill: "f1",
      outcome: { filled: { submitted: true } },
    });
    assert.deepEqual(companion.all("capture"), [], "what Lanyard filled is not captured again");
  });

  test("is good for one use", async () => {
    const { companion, app } = browser;
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    const opened = browser.context.waitForEvent("page");
    companion.tell({ launch: launch({ open: `${app.origin}/` }) });
    const page = await opened;
    await companion.next("fill_ended");
    await page.reload();
    await settled(page);
    assert.equal(companion.all("fill").length, 1);
    assert.equal(await page.locator("[name=pass]").inputValue(), "");
  });

  test("binds to the first tab that reaches the origin when somebody else opens the page", async () => {
    const { companion } = browser;
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    companion.tell({ launch: launch({ open: null }) });
    const first = await go("/");
    await companion.next("fill_ended");
    assert.equal(await first.locator("[name=pass]").inputValue(), "correct horse");
    const second = await go("/");
    await settled(second);
    assert.equal(companion.all("fill").length, 1);
  });

  test("that waited for a browser fills the page whose beginning made the connection", async () => {
    const { companion } = browser;
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    companion.drop_connection();
    companion.waiting = [{ launch: launch({ open: null }) }];
    const page = await go("/");
    await companion.next("fill_ended");
    assert.equal(await page.locator("[name=pass]").inputValue(), "correct horse");
  });

  test("does nothing at another origin", async () => {
    const { companion, app } = browser;
    companion.tell({ launch: launch({ open: null }) });
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    await settled(await go("/", app.other_origin));
    assert.deepEqual(companion.all("fill"), []);
    await go("/");
    assert.equal(
      (await companion.next("fill")).frame.frame_origin,
      app.origin,
      "and is still good at its own",
    );
  });

  test("does nothing after its life", async () => {
    const { companion } = browser;
    companion.tell({ launch: launch({ open: null, expires_in: 0 }) });
    await settled(await go("/"));
    assert.deepEqual(companion.all("fill"), []);
  });

  test("opens web pages only", async () => {
    browser.companion.tell({ launch: launch({ open: "file:///etc/passwd" }) });
    await settled(await go("/"));
    assert.ok(browser.context.pages().every((page) => !page.url().startsWith("file:")));
    assert.deepEqual(browser.companion.all("fill"), [], "and its right is not kept");
  });

  test("ends with its tab", async () => {
    const { companion } = browser;
    companion.tell({ launch: launch({ open: null }) });
    const bound = await go("/plain");
    await settled(bound);
    await until_session((session) => session.rights?.length === 1);
    await bound.close();
    await until_session((session) => session.rights?.length === 0);
  });

  test("waits for a form that the page draws late", async () => {
    const { companion } = browser;
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    companion.tell({ launch: launch({ open: null }) });
    const page = await go("/late");
    await companion.next("fill_ended");
    assert.equal(await page.locator("[name=pass]").inputValue(), "correct horse");
  });

  test("that is refused is said on the icon and in the popup", async () => {
    const { companion } = browser;
    companion.answers.fill = () => REFUSED;
    companion.tell({ launch: launch({ open: null }) });
    const page = await go("/");
    await companion.next("fill");
    const shown = await popup(page);
    await shown.getByText("not at the address").waitFor();
    assert.equal(await badge(page), "!");
  });
});

describe("fill by gesture", () => {
  test("the popup's button fills and submits", async () => {
    const { companion } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    companion.answers.fill = () => ({ ok: { fill: GOOD } });
    const page = await go("/");
    const shown = await popup(page);
    await shown.getByRole("button", { name: "Fill", exact: true }).click();
    await page.getByText("Welcome alice").waitFor();
    const { cause, frame } = await companion.next("fill");
    assert.deepEqual(cause, { gesture: {} });
    assert.equal(frame.tab, await browser.tab_of(page));
  });

  test("an account without submitting leaves the form filled", async () => {
    const { companion } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    const page = await go("/formless");
    await (await popup(page)).getByRole("button", { name: "Fill", exact: true }).click();
    assert.deepEqual((await companion.next("fill_ended")).outcome, { filled: { submitted: false } });
    assert.equal(await page.locator("[name=user]").inputValue(), "alice");
  });

  test("a form in a frame of the same origin is filled, with the frame's own name", async () => {
    const { companion, app } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    const page = await go("/frame");
    await (await popup(page)).getByRole("button", { name: "Fill", exact: true }).click();
    const { frame } = await companion.next("fill");
    assert.notEqual(frame.frame, 0);
    assert.equal(frame.top_origin, app.origin);
    await companion.next("fill_ended");
    assert.equal(await page.frameLocator("iframe").locator("[name=pass]").inputValue(), "correct horse");
  });

  test("a form in a frame of another origin is passed over for one of the page's own", async () => {
    const { companion, app } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    const page = await go(`/foreign-frame-first?other=${app.other_origin}`);
    await (await popup(page)).getByRole("button", { name: "Fill", exact: true }).click();
    await companion.next("fill_ended");
    assert.deepEqual(
      companion.all("fill").map(({ frame }) => frame.frame_origin),
      [app.origin],
    );
    const [foreign, own] = [page.frameLocator("iframe").first(), page.frameLocator("iframe").last()];
    assert.equal(await foreign.locator("[name=pass]").inputValue(), "");
    assert.equal(await own.locator("[name=pass]").inputValue(), "correct horse");
  });

  test("a page with a form only in a frame of another origin is neither filled nor captured from", async () => {
    const { companion, app } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    const page = await go(`/foreign-frame?other=${app.other_origin}`);
    const shown = await popup(page);
    await shown.getByRole("button", { name: "Fill", exact: true }).click();
    await shown.getByText("This page shows no sign-in form.").waitFor();
    const form = page.frameLocator("iframe");
    await form.locator("[name=user]").fill("alice");
    await form.locator("[name=pass]").fill("correct horse");
    await form.locator("[type=submit]").click();
    await form.getByText("Welcome alice").waitFor();
    await settled(page);
    assert.deepEqual([companion.all("fill"), companion.all("capture")], [[], []]);
  });

  test("a page that a foreign one shows inside the app's own is not filled", async () => {
    const { companion, app } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    const inner = `${app.other_origin}/framing?other=${app.origin}/`;
    const page = await go(`/framing?other=${encodeURIComponent(inner)}`);
    await page.frameLocator("iframe").frameLocator("iframe").locator("[name=pass]").waitFor();
    const shown = await popup(page);
    await shown.getByRole("button", { name: "Fill", exact: true }).click();
    await shown.getByText("This page shows no sign-in form.").waitFor();
    assert.deepEqual(companion.all("fill"), []);
  });

  test("a page without a sign-in form is said, and nothing is asked for", async () => {
    const { companion } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    const shown = await popup(await go("/sign-up"));
    await shown.getByRole("button", { name: "Fill", exact: true }).click();
    await shown.getByText("This page shows no sign-in form.").waitFor();
    assert.deepEqual(companion.all("fill"), []);
  });

  test("a refusal is said in the popup", async () => {
    const { companion } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    companion.answers.fill = () => REFUSED;
    const shown = await popup(await go("/"));
    await shown.getByRole("button", { name: "Fill", exact: true }).click();
    await shown.getByText("not at the address the account was saved for").waitFor();
  });

  test("a page cannot ask for a fill that nobody wished for", async () => {
    const { companion } = browser;
    const page = await go("/");
    const tab = await browser.tab_of(page);
    const reply = await browser.run(async (tabId) => {
      const ask = async () => chrome.runtime.sendMessage({ form: { wish: "guessed" } });
      const [result] = await chrome.scripting.executeScript({ target: { tabId }, func: ask });
      return result?.result;
    }, tab);
    assert.equal(reply, null);
    assert.deepEqual(companion.all("fill"), []);
  });

  test("a content script cannot send what only our own pages may", async () => {
    const { companion } = browser;
    const tab = await browser.tab_of(await go("/"));
    await browser.run(async (tabId) => {
      const ask = async () => chrome.runtime.sendMessage({ open_lanyard: {} }).catch(() => null);
      await chrome.scripting.executeScript({ target: { tabId }, func: ask });
    }, tab);
    assert.deepEqual(companion.all("open_lanyard"), []);
  });
});

describe("capture", () => {
  const OFFER: Offer = {
    capture: "c1",
    kind: "save",
    name: "Payroll 2004",
    user_name: "alice",
    origin: "http://localhost",
    auto_submit: true,
  };

  test("what was typed is offered after the login succeeded, and saved with Enter", async () => {
    const { companion, app } = browser;
    offers(OFFER);
    const page = await go("/");
    const offered = browser.context.waitForEvent("page");
    await sign_in(page, "alice", "correct horse");
    await page.getByText("Welcome alice").waitFor();
    const capture = await companion.next("capture");
    assert.equal(capture.user_name, "alice");
    assert.equal(capture.password, "correct horse");
    assert.equal(capture.title, "Payroll 2004");
    assert.equal(capture.login_url, `${app.origin}/`);
    assert.deepEqual(await companion.next("capture_ended"), { capture: "c1", signed_in: true });
    const offer = await offered;
    await offer.getByRole("heading", { name: "Save this sign-in?" }).waitFor();
    const closed = offer.waitForEvent("close");
    // The window may be gone before the key is up.
    await offer.keyboard.press("Enter").catch(() => undefined);
    const expected: OfferAnswer = { save: { name: "Payroll 2004", auto_submit: true } };
    assert.deepEqual(await companion.next("answer_offer"), { capture: "c1", answer: expected });
    await closed;
    assert.equal(companion.all("capture").length, 1, "a click and its submit are one attempt");
  });

  test("where no window may come up, the icon's popup shows the offer until it is answered", async () => {
    const { companion, context } = browser;
    offers(OFFER);
    const [worker] = context.serviceWorkers();
    await worker?.evaluate(() => {
      const { create } = chrome.windows;
      chrome.windows.create = async () => {
        chrome.windows.create = create;
        throw new Error("no window may come up");
      };
    });
    const page = await go("/");
    await sign_in(page, "alice", "correct horse");
    await companion.next("capture_ended");
    const tab = await browser.tab_of(page);
    const shows = async (name: string) => {
      const popup_of = (tabId: number) => chrome.action.getPopup({ tabId });
      while (!(await browser.run(popup_of, tab)).includes(name)) await page.waitForTimeout(50);
    };
    await shows("/offer.html?capture=c1");
    const offer = await browser.open("offer.html?capture=c1");
    await offer.getByRole("heading", { name: "Save this sign-in?" }).waitFor();
    await offer.keyboard.press("Escape").catch(() => undefined);
    assert.deepEqual(await companion.next("answer_offer"), { capture: "c1", answer: { not_now: {} } });
    await shows("/popup.html");
  });

  test("Escape declines a changed password", async () => {
    const { companion } = browser;
    offers({ ...OFFER, kind: "update" });
    const page = await go("/");
    const offered = browser.context.waitForEvent("page");
    await sign_in(page, "alice", "correct horse");
    const offer = await offered;
    await offer.getByRole("heading", { name: "Update the password?" }).waitFor();
    await offer.keyboard.press("Escape").catch(() => undefined);
    assert.deepEqual(await companion.next("answer_offer"), { capture: "c1", answer: { not_now: {} } });
  });

  test("closing the offer is a no", async () => {
    offers(OFFER);
    const page = await go("/");
    const offered = browser.context.waitForEvent("page");
    await sign_in(page, "alice", "correct horse");
    const offer = await offered;
    await offer.getByRole("heading", { name: "Save this sign-in?" }).waitFor();
    await offer.close({ runBeforeUnload: true });
    assert.deepEqual((await browser.companion.next("answer_offer")).answer, { not_now: {} });
  });

  test("a wrong password, which brings the form again, is not offered", async () => {
    const { companion } = browser;
    offers(OFFER);
    const page = await go("/");
    await sign_in(page, "alice", "wrong");
    await page.getByText("Wrong user name or password").waitFor();
    assert.deepEqual(await companion.next("capture_ended"), { capture: "c1", signed_in: false });
  });

  test("an error page without a form is not a success", async () => {
    offers(OFFER);
    const page = await go("/");
    await sign_in(page, "error", "x");
    assert.deepEqual(await browser.companion.next("capture_ended"), { capture: "c1", signed_in: false });
  });

  test("a login that is no form is captured too", async () => {
    const { companion } = browser;
    offers(OFFER);
    const page = await go("/formless");
    await sign_in(page, "alice", "correct horse");
    assert.equal((await companion.next("capture")).password, "correct horse");
    assert.deepEqual(await companion.next("capture_ended"), { capture: "c1", signed_in: true });
  });

  test("Enter in the password field counts as submitting", async () => {
    offers(OFFER);
    const page = await go("/");
    await page.locator("[name=user]").fill("alice");
    await page.locator("[name=pass]").fill("correct horse");
    await page.locator("[name=pass]").press("Enter");
    assert.equal((await browser.companion.next("capture")).user_name, "alice");
    assert.equal((await browser.companion.next("capture_ended")).signed_in, true);
  });

  test("a page that was opened while locked is captured from once Lanyard is unlocked", async () => {
    const { companion } = browser;
    companion.change_state(LOCKED);
    await state_shown("locked");
    const page = await go("/");
    await page.locator("[name=user]").fill("alice");
    offers(OFFER);
    companion.change_state(READY);
    await state_shown("unlocked");
    await page.locator("[name=pass]").fill("correct horse");
    await page.locator("[type=submit]").click();
    assert.equal((await companion.next("capture")).password, "correct horse");
  });

  test("nothing is captured while locked", async () => {
    const { companion } = browser;
    companion.change_state(LOCKED);
    const page = await go("/");
    await state_shown("locked");
    await sign_in(page, "alice", "correct horse", false);
    await settled(page);
    assert.deepEqual(companion.all("capture"), []);
  });
});

describe("shortcut", () => {
  const CAROL = { app: "a2", name: "Payroll 2004", user_name: "carol" };

  test("fills the only account of the page", async () => {
    const { companion } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    const page = await go("/");
    await press_shortcut(page);
    const { app, cause } = await companion.next("fill");
    assert.deepEqual([app, cause], ["a1", { gesture: {} }]);
    await companion.next("fill_ended");
  });

  test("fills nothing by itself where there are several", async () => {
    const { companion } = browser;
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE, CAROL] } } });
    const page = await go("/");
    await press_shortcut(page);
    await companion.next("suggest");
    await settled(page);
    assert.deepEqual(companion.all("fill"), []);
  });

  test("says on the icon why it does nothing while locked", async () => {
    const { companion } = browser;
    companion.answers.suggest = () => problem("locked", "Lanyard is locked", "unlock it");
    const page = await go("/");
    await press_shortcut(page);
    await until(async () => (await badge(page)) === "!");
    assert.match(await title(page), /Lanyard is locked/);
  });
});

describe("states", () => {
  test("a known page says that Lanyard is locked; an unknown one does not", async () => {
    const { companion, app } = browser;
    companion.origins = [app.origin];
    companion.drop_connection();
    await go("/plain");
    await companion.next("hello");
    const known = await go("/");
    const unknown = await go("/", app.other_origin);
    companion.change_state(LOCKED);
    await state_shown("locked");
    await until(async () => /locked/.test(await title(known)));
    assert.equal(await title(unknown), "Lanyard");
    companion.change_state(READY);
    await until(async () => (await title(known)) === "Lanyard");
  });

  test("the popup says locked and opens Lanyard", async () => {
    const { companion } = browser;
    companion.change_state(LOCKED);
    const shown = await popup(await go("/"));
    await shown.getByRole("heading", { name: "Lanyard is locked" }).waitFor();
    await shown.getByRole("button", { name: "Open Lanyard" }).click();
    await companion.next("open_lanyard");
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    companion.change_state(READY);
    await shown.getByRole("button", { name: "Fill", exact: true }).waitFor();
  });

  test("the popup says that nobody is signed in", async () => {
    browser.companion.change_state(SIGNED_OUT);
    await (await popup(await go("/"))).getByRole("heading", { name: "Nobody is signed in" }).waitFor();
  });

  test("the popup says why the vault cannot be used", async () => {
    const why = problem("keychain", "the keyring is locked", "unlock your keyring").problem;
    browser.companion.change_state({
      ...READY,
      vault: { unavailable: { problem: why, may_begin_new: false } },
    });
    const shown = await popup(await go("/"));
    await shown.getByRole("heading", { name: "The keyring is locked" }).waitFor();
    await shown.getByText("Unlock your keyring.").waitFor();
  });

  test("the host's reason is shown when Lanyard cannot be reached", async () => {
    const { companion } = browser;
    const quit = problem("unavailable", "Lanyard was quit", "open Lanyard again").problem;
    companion.answers.hello = () => {
      companion.tell({ unavailable: quit });
      companion.drop_connection();
      return new Promise(() => undefined);
    };
    companion.drop_connection();
    const page = await go("/plain");
    // The attempt that the page's beginning made has failed: only the popup's own is under way after this.
    await until_session(({ trouble }) => trouble?.message === quit.message);
    const shown = await popup(page);
    await shown.getByRole("heading", { name: "Lanyard was quit" }).waitFor();
    delete companion.answers.hello;
    await shown.getByRole("button", { name: "Try again" }).click();
    await shown.getByText("No account for this page").waitFor();
  });

  test("a popup that is open when Lanyard ends starts it again only when asked to", async () => {
    const { companion } = browser;
    const shown = await popup(await go("/plain"));
    await shown.getByText("No account for this page").waitFor();
    const { connections } = companion;
    companion.drop_connection();
    await shown.getByRole("heading", { name: "Lanyard has ended" }).waitFor();
    assert.equal(companion.connections, connections);
    await shown.getByRole("button", { name: "Try again" }).click();
    await shown.getByText("No account for this page").waitFor();
    assert.equal(companion.connections, connections + 1);
  });

  test("garbage ends the connection and is said; the next question makes a new one", async () => {
    const { companion } = browser;
    const page = await go("/plain");
    const shown = await popup(page);
    await shown.getByText("No account for this page").waitFor();
    companion.answers.suggest = () => {
      companion.tell_garbage('{"reply":{"id":1,"result":{"ok":{"done":{}}},"extra":true}}');
      return new Promise(() => undefined);
    };
    await shown.reload();
    await shown.getByText("of different versions").waitFor();
    companion.answers.suggest = () => ({ ok: { suggestions: { accounts: [ALICE] } } });
    await shown.getByRole("button", { name: "Try again" }).click();
    await shown.getByRole("button", { name: "Fill", exact: true }).waitFor();
  });
});

describe("a background worker that was ended", () => {
  test("connects again for the next page", async () => {
    await browser.end_worker();
    await go("/plain");
    await browser.companion.next("hello");
  });

  test("remembers a launch", async () => {
    const { companion } = browser;
    companion.answers.fill = () => ({ ok: { fill: { ...GOOD, submit: false } } });
    companion.tell({ launch: launch({ open: null }) });
    await until_session((session) => session.rights?.length === 1);
    await browser.end_worker();
    const page = await go("/");
    await companion.next("fill_ended");
    assert.equal(await page.locator("[name=pass]").inputValue(), "correct horse");
  });

  test("remembers a capture", async () => {
    const { companion } = browser;
    offers({
      capture: "c1",
      kind: "save",
      name: "Payroll",
      user_name: "alice",
      origin: "http://localhost",
      auto_submit: true,
    });
    const page = await go("/formless");
    await page.route("**/login", async (route) => {
      await until_session((session) => session.attempts?.length === 1);
      await browser.end_worker();
      await route.continue();
    });
    await sign_in(page, "alice", "correct horse");
    assert.deepEqual(await companion.next("capture_ended"), { capture: "c1", signed_in: true });
  });

  test("keeps neither password nor user name", async () => {
    const { companion } = browser;
    offers({
      capture: "c1",
      kind: "save",
      name: "Payroll",
      user_name: "alice",
      origin: "http://localhost",
      auto_submit: true,
    });
    const page = await go("/");
    await sign_in(page, "alice", "correct horse");
    await companion.next("capture_ended");
    const kept = await browser.run(
      async () => JSON.stringify([await chrome.storage.session.get(), await chrome.storage.local.get()]),
      null,
    );
    assert.doesNotMatch(kept, /correct horse|alice/);
  });
});

function launch(change: Partial<Launch>): Launch {
  return { launch: "l1", app: "a1", origin: browser.app.origin, open: null, expires_in: 60_000, ...change };
}

function offers(offer: Offer): void {
  const { answers } = browser.companion;
  answers.capture = () => ({ ok: { captured: { capture: "c1" } } });
  answers.capture_ended = ({ signed_in }) => (signed_in ? { ok: { offer } } : DONE);
  answers.offer = () => ({ ok: { offer } });
}

async function go(path: string, origin = browser.app.origin): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(origin + path);
  return page;
}

async function popup(page: Page): Promise<Page> {
  return browser.open(`popup.html?tab=${await browser.tab_of(page)}`);
}

/** As a person does: no faster than Lanyard's script comes into the page, if it is to come. */
async function sign_in(page: Page, user: string, password: string, is_watched = true): Promise<void> {
  await page.locator("[name=user]").fill(user);
  if (is_watched) await browser.run(until_watched, await browser.tab_of(page));
  await page.locator("[name=pass]").fill(password);
  await page.getByText("Log in").or(page.locator("[type=submit]")).first().click();
}

/** Everything that the page's beginning set going has come to its end: a question asked after it was answered. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState();
  const shown = await popup(page);
  await shown.getByRole("heading").or(shown.getByRole("list")).first().waitFor();
  await shown.waitForFunction(() => document.querySelector(".bar") === null);
  await shown.close();
}

async function state_shown(vault: string): Promise<void> {
  await until_session((session) => vault in ((session.state as { vault: object } | null)?.vault ?? {}));
}

type Stored = {
  rights?: unknown[];
  attempts?: unknown[];
  state?: unknown;
  trouble?: { message: string } | null;
};

async function until_session(condition: (session: Stored) => boolean): Promise<void> {
  await until(async () =>
    condition(await browser.run(async () => (await chrome.storage.session.get()) as Stored, null)),
  );
}

/** The browser tells nobody of what its toolbar shows: it has to be looked at again. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 8_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function title(page: Page): Promise<string> {
  return browser.run((tabId) => chrome.action.getTitle({ tabId }), await browser.tab_of(page));
}

async function badge(page: Page): Promise<string> {
  return browser.run((tabId) => chrome.action.getBadgeText({ tabId }), await browser.tab_of(page));
}

/** A key of the browser's own, which no page may press for the person. */
async function press_shortcut(page: Page): Promise<void> {
  const tab = await browser.tab_of(page);
  const [worker] = browser.context.serviceWorkers().slice(-1);
  await worker?.evaluate(async (tabId) => {
    const { onCommand } = chrome.commands as unknown as { onCommand: { dispatch(...args: unknown[]): void } };
    onCommand.dispatch("fill", await chrome.tabs.get(tabId));
  }, tab);
}
