// What the extension leaves in pages: nothing where there is nothing to do, next to nothing elsewhere, and no trace of a
// version that was replaced.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import { bundle_of, type ContentWorld, content_world } from "./content-world.ts";
import { type ExtensionBrowser, start_extension_browser } from "./extension-browser.ts";
import { type PageServer, start_page_server } from "./page-server.ts";
import { LOCKED, READY } from "./scripted-companion.ts";

const LOGIN = `<form><input name=user><input type=password name=pass><button>Log in</button></form>`;

const PAGES = {
  "/login": LOGIN,
  "/watched": `<style>b { display: none } i.open + b { display: inline }</style><input name=user><input name=pass>
    <input name=off disabled><i></i><b><input name=shown></b><x-waits></x-waits>`,
  "/search": `<form role=search><input name=term></form><input name=q><input type=checkbox name=check>`,
  "/first-step": `<form><input name=kennung><button>Next</button></form>`,
  "/account": `<input name=loginId><button>Next</button>`,
  "/shown": `<form><input name=a><input name=b><input name=passwort-password></form>`,
  "/open-root": `<x-login></x-login><script>
    document.querySelector("x-login").attachShadow({ mode: "open" }).innerHTML = "<div><input type=password></div>"</script>`,
  "/closed-root": `<x-login></x-login><script>
    field = document.querySelector("x-login").attachShadow({ mode: "closed" }).appendChild(document.createElement("input"));
    field.type = "password"</script>`,
  "/closed-root-first": `<x-login></x-login><script>
    root = document.querySelector("x-login").attachShadow({ mode: "closed" }); root.innerHTML = "<input id=u><input type=password>";
    field = root.getElementById("u")</script>`,
};

let browser: ExtensionBrowser;
let server: PageServer;

before(async () => {
  server = await start_page_server(PAGES);
  browser = await start_extension_browser();
  await browser.companion.next("hello");
});
after(async () => {
  await browser.close();
  server.close();
});

beforeEach(() => {
  browser.companion.reset();
  browser.companion.change_state(READY);
});
afterEach(() => browser.tidy());

describe("on an origin without an account", () => {
  test("one passive listener is left where a login may be saved", async () => {
    const { world } = await open("/login");
    await listens(world);
    assert.deepEqual(await world.listeners(), ["focusin passive"]);
    assert.equal(await world.evaluate("typeof lanyard"), "undefined", "and no page script");
  });

  const NOT_SAVED = {
    "while Lanyard is locked": LOCKED,
    "where the person does not want logins to be saved": { ...READY, saving: "off" },
    "where the organisation forbids it": { ...READY, saving: "forbidden" },
  } as const;
  for (const [when, state] of Object.entries(NOT_SAVED)) {
    test(`nothing is left ${when}, until that changes`, async () => {
      browser.companion.change_state(state);
      await told(state);
      const { page, world } = await open("/login");
      await asked_once(world);
      assert.deepEqual(await world.listeners(), []);
      browser.companion.change_state(READY);
      await listens(world);
      await page.locator("[name=pass]").focus();
      await has_page_script(world);
    });
  }

  const BRING = {
    "a password": ["/login", "[name=pass]"],
    "the field beside a password": ["/login", "[name=user]"],
    "the only field of a form, which may ask for the user name first": ["/first-step", "input"],
    "a field in no form that is named for a user": ["/account", "input"],
    "a password that is shown as text": ["/shown", "[name=passwort-password]"],
    "a password in an open shadow root": ["/open-root", "input"],
  } as const;
  for (const [what, [path, field]] of Object.entries(BRING)) {
    test(`the page script comes with the focus of ${what}, and the stub is silent then`, async () => {
      const { page, world } = await open(path);
      await listens(world);
      await page.locator(field).focus();
      await has_page_script(world);
      await hear(world);
      await page.locator(field).blur();
      await page.locator(field).focus();
      const said = await world.evaluate<object[]>("sent");
      assert.ok(!said.some((message) => "login_focused" in message));
    });
  }

  for (const path of ["/closed-root", "/closed-root-first"]) {
    test(`the page script comes with the focus in a closed shadow root (${path})`, async () => {
      const { page, world } = await open(path);
      await listens(world);
      await page.evaluate("field.focus()");
      await has_page_script(world);
    });
  }

  test("a field that had the focus before Lanyard was unlocked counts", async () => {
    browser.companion.change_state(LOCKED);
    await told(LOCKED);
    const { page, world } = await open("/login");
    await asked_once(world);
    await page.locator("[name=pass]").focus();
    browser.companion.change_state(READY);
    await has_page_script(world);
  });

  test("nothing is said for the focus of a search, a box to tick or other text", async () => {
    const { page, world } = await open("/search");
    await listens(world);
    await hear(world);
    for (const field of ["[name=term]", "[name=q]", "[name=check]"]) await page.locator(field).focus();
    assert.deepEqual(await world.evaluate("sent"), []);
    // That it would have been seen.
    await page.evaluate(`document.querySelector("[name=q]").type = "password"`);
    await page.locator("[name=term]").focus();
    await page.locator("[name=q]").focus();
    assert.deepEqual(await world.evaluate("sent[0]"), { login_focused: {} });
  });
});

test("on an origin with an account the page script is there at once, also where the account comes later", async () => {
  const { companion } = browser;
  companion.origins = [server.origin];
  companion.drop_connection();
  await until_kept("state", null);
  const { world } = await open("/search");
  await has_page_script(world);
});

describe("whoever watches a page hears of", () => {
  const CHANGES = {
    "fields that are added": `document.body.insertAdjacentHTML("beforeend", "<input type=password>")`,
    "a field that is swapped in place": `{ const old = document.querySelector("[name=pass]"); old.replaceWith(old.cloneNode()) }`,
    "a field that is removed": `document.querySelector("[name=pass]").remove()`,
    "a field that becomes another": `document.querySelector("[name=user]").type = "password"`,
    "a field that is enabled": `document.querySelector("[name=off]").disabled = false`,
    "a field that the class of something beside it shows": `document.querySelector("i").className = "open"`,
    "a field in a closed shadow root that comes later": `{ const root = document.body.appendChild(document.createElement("x-late"))
      .attachShadow({ mode: "closed" }); root.innerHTML = "<input type=password>" }`,
    "an element that gets its class later": `customElements.define("x-waits", class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<input type=password>" } })`,
  };
  for (const [what, change] of Object.entries(CHANGES)) {
    test(what, async () => {
      const { page, world } = await watched();
      await page.evaluate(change);
      await until(async () => (await world.evaluate<number>("looks")) > 1);
    });
  }

  test("nothing else: paragraphs, classes and the press of a key", async () => {
    const { page, world } = await watched();
    await page.evaluate(
      `document.body.append(document.createElement("p"), "text"); document.body.className = "other"`,
    );
    await page.locator("[name=user]").fill("alice");
    await idle(page);
    assert.equal(await world.evaluate("looks"), 1);
  });
});

/** A page that counts how often it was looked at; once, when that began. */
async function watched(): Promise<{ page: Page; world: ContentWorld }> {
  const { page, world } = await open("/watched");
  await world.evaluate(`${await bundle_of("watch.ts", "watching")}
    globalThis.looks = 0; watching.watch_page(60_000, () => { looks += 1 }, new AbortController().signal); 0`);
  return { page, world };
}

describe("scripts whose extension is gone from under an open page", () => {
  let other: ExtensionBrowser;
  before(async () => {
    other = await start_extension_browser();
    await other.companion.next("hello");
  });
  after(() => other.close());

  test("are quiet and leave the page working; the next load has the new version", async () => {
    // In every stage that a page can be in: listened to, with the page script, and watched by it.
    const listened = await goes("/login", other);
    const scripted = await goes("/login", other);
    await scripted.page.locator("[name=pass]").focus();
    await has_page_script(scripted.world);
    other.companion.tell({
      launch: { launch: "l1", app: "a1", origin: server.origin, open: null, expires_in: 60_000 },
    });
    const watched = await goes("/search", other);
    await has_page_script(watched.world);
    const pages = [listened.page, scripted.page, watched.page];
    const troubles = await Promise.all(pages.map(troubles_of));

    await reload(other);
    for (const page of pages.slice(0, 2)) {
      await page.locator("[name=user]").fill("alice");
      await page.locator("[name=pass]").fill("correct horse");
      await page.evaluate(`document.querySelector("form").onsubmit = () => { sent = true; return false }`);
      await page.getByText("Log in").click();
      assert.equal(await page.evaluate("sent"), true);
    }
    await watched.page.evaluate(`document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(LOGIN)})`);
    await watched.page.locator("[name=pass]").focus();
    for (const page of pages) await idle(page);
    // Chromium itself has advice for whoever wrote a page with a password field.
    const of_scripts = troubles.flat().filter((trouble) => !trouble.startsWith("[DOM]"));
    assert.deepEqual(of_scripts, []);
    assert.deepEqual(other.companion.all("capture"), []);
    assert.deepEqual(await listened.world.listeners(), [], "the stub has left");

    await scripted.page.reload();
    const world = await content_world(scripted.page);
    await listens(world);
    await scripted.page.locator("[name=user]").fill("alice");
    await has_page_script(world);
    await scripted.page.locator("[name=pass]").fill("correct horse");
    await scripted.page.getByText("Log in").click();
    assert.equal((await other.companion.next("capture")).password, "correct horse");
  });
});

async function goes(
  path: string,
  { context }: ExtensionBrowser,
): Promise<{ page: Page; world: ContentWorld }> {
  const page = await context.newPage();
  await page.goto(server.origin + path);
  const world = await content_world(page);
  if (path === "/login") await listens(world);
  return { page, world };
}

/** As an update does. Chromium starts an unpacked extension again only in developer mode. */
async function reload({ context, companion, run }: ExtensionBrowser): Promise<void> {
  const settings = await context.newPage();
  await settings.goto("chrome://extensions");
  await settings.evaluate("chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })");
  await settings.close();
  const { connections } = companion;
  // The page that asks for it goes with the rest.
  await run(async () => chrome.runtime.reload(), null).catch(() => undefined);
  await companion.until(() => companion.connections > connections, "the new version");
}

/** Whoever watches the page has had time to look, and more than once. A page in the background has none. */
async function idle(page: Page): Promise<void> {
  await page.bringToFront();
  for (let turn = 0; turn < 3; turn += 1)
    await page.evaluate(
      "new Promise((done) => setTimeout(() => requestIdleCallback(done, { timeout: 40 }), 50))",
    );
}

async function open(path: string): Promise<{ page: Page; world: ContentWorld }> {
  const page = await browser.context.newPage();
  await page.goto(server.origin + path);
  return { page, world: await content_world(page) };
}

async function listens(world: ContentWorld): Promise<void> {
  await until(async () => (await world.listeners()).includes("focusin passive"));
}

async function has_page_script(world: ContentWorld): Promise<void> {
  await until(() => world.evaluate("typeof lanyard === 'object'"));
}

/** What is said to the background worker from now on is in `sent`. */
async function hear(world: ContentWorld): Promise<void> {
  await world.evaluate(`sent = []; const { sendMessage } = chrome.runtime;
    chrome.runtime.sendMessage = (message) => { sent.push(message); return sendMessage.call(chrome.runtime, message) }; 0`);
}

/** The stub's question was answered: one that is asked after it is. */
async function asked_once(world: ContentWorld): Promise<void> {
  assert.deepEqual(await world.evaluate("chrome.runtime.sendMessage({ still_here: {} })"), { listen: false });
}

/** The background worker knows of a state. */
async function told(state: object): Promise<void> {
  await until_kept("state", state);
}

async function until_kept(name: string, value: unknown): Promise<void> {
  await until(async () => {
    const kept = await browser.run(async (key) => (await chrome.storage.session.get(key))[key], name);
    return isDeepStrictEqual(kept, value);
  });
}

/** What a page's console says, from now on, and what fails in any of its worlds. */
async function troubles_of(page: Page): Promise<string[]> {
  const troubles: string[] = [];
  const session = await page.context().newCDPSession(page);
  session.on("Runtime.exceptionThrown", ({ exceptionDetails }) =>
    troubles.push(exceptionDetails.exception?.description ?? exceptionDetails.text),
  );
  session.on("Runtime.consoleAPICalled", ({ args }) => troubles.push(JSON.stringify(args)));
  session.on("Log.entryAdded", ({ entry }) => troubles.push(entry.text));
  await session.send("Runtime.enable");
  await session.send("Log.enable");
  return troubles;
}

/** No event tells of what goes on in another world. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 8_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
