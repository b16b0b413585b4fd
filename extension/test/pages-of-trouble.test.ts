// Pages that no honest person writes, or that no person wrote: each stays alive, nothing is filled in a wrong place, and
// where nothing is filled that is said.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type ExtensionBrowser, start_extension_browser } from "./extension-browser.ts";
import { type PageServer, start_page_server } from "./page-server.ts";
import { READY } from "./scripted-companion.ts";

const USER = `<label>User name <input name=user autocomplete=username></label>`;
const PASS = `<label>Password <input type=password name=pass autocomplete=current-password></label>`;
const FORM = `<form method=post>${USER}${PASS}<button>Log in</button></form>`;
const VALUES = { fill: "f1", user_name: "alice", password: "correct horse", submit: false };

const PAGES = {
  "/many": `${FORM}<table>${Array.from({ length: 5_000 }, (_, n) => `<tr><td><input name=cell${n}>`).join("")}</table>`,
  "/restless": `<div id=here></div><div id=rows></div><script>
    frames_shown = 0;
    const turn = () => {
      frames_shown += 1;
      document.body.className = "turn" + frames_shown;
      rows.replaceChildren(...Array.from({ length: 500 }, (_, n) => Object.assign(document.createElement("p"), { textContent: n })));
      requestAnimationFrame(turn);
    };
    turn();
    setTimeout(() => { here.innerHTML = \`${FORM}\` }, 300)</script>`,
  "/endless": `<div id=here></div><script>
    here.innerHTML = \`${FORM}\`; swaps = 0;
    setInterval(() => { here.innerHTML = \`${FORM}\`; swaps += 1 }, 20)</script>`,
  "/removes": `${FORM}<script>
    document.querySelector("[name=user]").addEventListener("input", () => document.querySelector("[name=pass]").remove())</script>`,
  "/swaps": `${FORM}<form id=other><input name=note><input type=text name=shown></form><script>
    document.querySelector("[name=user]").addEventListener("input", () => { document.querySelector("[name=pass]").type = "text" })</script>`,
  "/deep": `<body><script>
    let root = document.body;
    for (let depth = 0; depth < 50; depth += 1) {
      const host = root.appendChild(document.createElement(depth % 2 ? "div" : "x-box"));
      root = host.attachShadow({ mode: depth % 3 ? "open" : "closed" });
    }
    root.innerHTML = \`${FORM}\`; deepest = root</script>`,
  "/overrides": `${FORM}<script>
    const lie = () => { throw new Error("not yours") };
    Object.defineProperty(HTMLInputElement.prototype, "value", { get: () => "", set: lie, configurable: true });
    for (const name of ["querySelector", "querySelectorAll", "evaluate", "elementFromPoint"]) Document.prototype[name] = lie;
    for (const name of ["getBoundingClientRect", "matches", "closest", "checkVisibility", "attachShadow"]) Element.prototype[name] = lie;
    for (const name of ["map", "filter", "find", "flatMap", "includes"]) Array.prototype[name] = lie;
    EventTarget.prototype.dispatchEvent = lie; HTMLElement.prototype.focus = lie; JSON.stringify = lie; globalThis.chrome = undefined;
    window.MutationObserver = window.AbortController = window.requestIdleCallback = undefined;
    field = document.forms[0].elements</script>`,
  "/hidden-twin": `<form style="position:absolute;left:-9999px"><input name=user2><input type=password name=pass2></form>${FORM}`,
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
  browser.companion.answers.fill = () => ({ ok: { fill: VALUES } });
});
afterEach(() => browser.tidy());

describe("is filled in its one place, and stays alive", () => {
  for (const path of ["/many", "/hidden-twin"] as const) {
    test(path, async () => {
      const page = await launched(path);
      await filled();
      assert.deepEqual(await values_in(page), { user: "alice", pass: "correct horse" });
    });
  }

  test("/restless, a page that never stops changing", async () => {
    const page = await launched("/restless");
    await filled();
    assert.deepEqual(await values_in(page), { user: "alice", pass: "correct horse" });
    const shown = await page.evaluate<number>("frames_shown");
    await page.waitForFunction(`frames_shown > ${shown + 10}`);
  });

  test("/deep, a form inside of fifty shadow roots", async () => {
    const page = await launched("/deep");
    await filled();
    const value = `deepest.querySelector("[name=pass]").value`;
    assert.equal(await page.evaluate(value), "correct horse");
  });

  test("/overrides, a page that puts its own in place of the browser's functions", async () => {
    const page = await launched("/overrides");
    await filled();
    // In a frame that the page has not touched, the browser's own words for what is in the field.
    const value = `{ const frame = document.createElement("iframe"); document.body.append(frame);
      Object.getOwnPropertyDescriptor(frame.contentWindow.HTMLInputElement.prototype, "value").get.call(field.pass) }`;
    assert.equal(await page.evaluate(value), "correct horse");
  });
});

describe("is not filled, and says so", () => {
  const REFUSED = { "/removes": "form_gone", "/swaps": "form_gone" } as const;
  for (const [path, reason] of Object.entries(REFUSED)) {
    test(path, async () => {
      const page = await launched(path);
      const { outcome } = await browser.companion.next("fill_ended");
      assert.deepEqual(outcome, { not_filled: { reason } });
      assert.ok(!Object.values(await values_in(page)).includes("correct horse"), "the password is nowhere");
      await until(async () => (await badge(page)) === "!");
      const popup = await browser.open(`popup.html?tab=${await browser.tab_of(page)}`);
      await popup.getByText("changed").or(popup.getByText("form")).first().waitFor();
    });
  }
});

test("a page that makes its form anew without end is asked for no more than a few of them", async () => {
  browser.companion.answers.fill = () => new Promise(() => undefined);
  const page = await launched("/endless");
  await page.waitForFunction("swaps > 100");
  assert.ok(browser.companion.all("fill").length <= 20);
  assert.ok(!Object.values(await values_in(page)).includes("correct horse"));
});

async function launched(path: string): Promise<Page> {
  const launch = { launch: "l1", app: "a1", origin: server.origin, open: null, expires_in: 60_000 };
  browser.companion.tell({ launch });
  await until(async () => {
    const kept = await browser.run(
      async () => (await chrome.storage.session.get("rights")).rights as unknown[],
      null,
    );
    return kept?.length === 1;
  });
  const page = await browser.context.newPage();
  await page.goto(server.origin + path);
  return page;
}

async function filled(): Promise<void> {
  const { outcome } = await browser.companion.next("fill_ended");
  assert.deepEqual(outcome, { filled: { submitted: false } });
}

/** The fields of a page that have something in them, by name. */
function values_in(page: Page): Promise<Record<string, string>> {
  return page.evaluate(`Object.fromEntries([...document.querySelectorAll("input")].filter(({ value }) => value !== "")
    .map(({ name, value }) => [name, value]))`);
}

async function badge(page: Page): Promise<string> {
  return browser.run((tabId) => chrome.action.getBadgeText({ tabId }), await browser.tab_of(page));
}

/** The browser tells nobody of what its toolbar shows: it has to be looked at again. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 8_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
