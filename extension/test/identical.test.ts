// A page looks the same and asks its server for the same, with the extension and without it, as long as nothing is filled.
//
// PAGES names a folder with more pages to look at, as `cargo xtask corpus` takes one.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { content_world } from "./content-world.ts";
import { CHROMIUM, type ExtensionBrowser, SANDBOX, start_extension_browser } from "./extension-browser.ts";
import { type Asked, type PageServer, start_page_server } from "./page-server.ts";

const USER = `<label>User name <input name=user></label>`;
const PASS = `<label>Password <input type=password name=pass></label>`;
const FORM = `<form method=post action="/session">${USER}${PASS}<button>Log in</button></form>`;

const PAGES: Record<string, string> = {
  "/form": FORM,
  "/table": `<table border=1><form><tr><td>${USER}<td>${PASS}<td><input type=submit></form></table>`,
  "/styled": `<style>* { box-sizing: border-box } input:focus { outline: 4px solid red } body > :last-child { background: gold }
    :has(input) { border: 1px solid } input + *, * + div { color: blue } p:empty { height: 20px; background: green }</style>${FORM}<p></p>`,
  "/autofocus": `<form>${USER}<input type=password autofocus></form>`,
  "/right-to-left": `<html dir=rtl><body>${FORM}`,
  "/frames": `<iframe src="/form" width=400 height=200></iframe><iframe src="OTHER/form" width=400 height=200></iframe>`,
  "/frameset": `<frameset cols="30%,70%"><frame src="/form"><frame src="/table"></frameset>`,
  "/dialog": `<p>Payroll</p><dialog>${FORM}</dialog><script>document.querySelector("dialog").showModal()</script>`,
  "/shadow": `<x-login></x-login><script>document.querySelector("x-login").attachShadow({ mode: "closed" }).innerHTML = \`${FORM}\`</script>`,
  "/policy": `<meta http-equiv="content-security-policy" content="default-src 'none'">${FORM}`,
  "/plain": "<h1>Cafeteria</h1><p>Soup of the day",
  "/scripted": `${FORM}<pre></pre><script>
    fetch("/fetched", { method: "POST", body: "a=1", headers: { "x-own": "yes" } }).then(() => {
      const request = new XMLHttpRequest();
      request.open("PUT", "/sent"); request.onload = () => { document.querySelector("pre").textContent = seen(); done = true };
      request.send("b=2");
    });
    seen = () => [document.documentElement.outerHTML.length, Object.keys(window).length, document.styleSheets.length,
      document.adoptedStyleSheets.length, document.querySelectorAll("*").length, navigator.userAgent.length,
      HTMLInputElement.prototype.focus.toString()].join("\\n")</script>`,
  "/post": `<form method=post action="/posted" enctype="multipart/form-data">${USER}${PASS}</form><script>
    if (!sessionStorage.posted) { sessionStorage.posted = "yes"; document.querySelector("form").submit() }</script>`,
};

let server: PageServer;
let bare: BrowserContext;
let browser: ExtensionBrowser;
const paths = Object.keys(PAGES);

before(async () => {
  server = await start_page_server({ ...PAGES, "/posted": FORM, "/fetched": "", "/sent": "" });
  for (const [path, page] of server.pages) server.pages.set(path, page.replace("OTHER", server.other_origin));
  await add_more(process.env.PAGES);
  browser = await start_extension_browser();
  bare = await chromium.launchPersistentContext("", {
    executablePath: CHROMIUM,
    headless: false,
    args: [...SANDBOX, "--headless=new"],
  });
  await browser.companion.next("hello");
});
after(async () => {
  await bare.close();
  await browser.close();
  server.close();
});

describe("a page is the same with the extension and without it", () => {
  test("where no account is known", async () => {
    for (const path of paths) await is_same(path, (page) => stub_answered(page));
  });

  test("also once a field of a login has the focus, and the page script is there", async () => {
    for (const path of ["/form", "/styled", "/autofocus", "/right-to-left", "/scripted"]) {
      await is_same(path, has_page_script, (page) => page.locator("[type=password]").focus());
    }
  });

  test("where one is known, and the icon is turned off", async () => {
    const { companion } = browser;
    await browser.run(async () => chrome.storage.local.set({ field_icon: false }), null);
    companion.origins = [server.origin];
    companion.drop_connection();
    await browser.run(async () => {
      while ((await chrome.storage.session.get("state")).state !== null)
        await new Promise((done) => setTimeout(done, 20));
    }, null);
    for (const path of paths) await is_same(path, has_page_script);
  });
});

type Seen = { page: Page; asked: Asked[] };

/** Both look at a page; `there` is awaited where the extension is. */
async function is_same(path: string, there: (page: Page) => Promise<void>, does = nothing): Promise<void> {
  const [one, other] = [await look(browser.context, path, does), await look(bare, path, does)];
  await there(one.page);
  assert.deepEqual(one.asked, other.asked, `what ${path} asks its server for`);
  await look_same(one.page, other.page, path);
  await Promise.all([one.page.close(), other.page.close()]);
}

async function look(
  context: BrowserContext,
  path: string,
  does: (page: Page) => Promise<void>,
): Promise<Seen> {
  server.asked.length = 0;
  const page = await context.newPage();
  // What the page would fetch from elsewhere is not there.
  await page.route(
    (url) => url.hostname !== "localhost" && url.hostname !== "127.0.0.1",
    (route) => route.abort(),
  );
  await page.goto(server.origin + path);
  if (path === "/scripted") await page.waitForFunction("globalThis.done");
  if (path === "/post") await page.waitForURL("**/posted");
  await does(page);
  const asked = server.asked.filter(({ url }) => url !== "/favicon.ico");
  // The boundary between parts of a form is made up by the browser for each.
  const text = JSON.stringify(asked).replace(/-+WebKitFormBoundary\w+/g, "BOUNDARY");
  return { page, asked: (JSON.parse(text) as Asked[]).sort((a, b) => (a.url < b.url ? -1 : 1)) };
}

/** Frames are painted when their process has time: as soon as both pages are there as a whole, they are alike. */
async function look_same(one: Page, other: Page, path: string): Promise<void> {
  const end = performance.now() + 8_000;
  while (!(await one.screenshot()).equals(await other.screenshot()))
    assert.ok(performance.now() < end, `how ${path} looks`);
}

async function nothing(_page: Page): Promise<void> {}

/** The stub has heard whether there is anything to do. */
async function stub_answered(page: Page): Promise<void> {
  const world = await content_world(page);
  await world.evaluate("chrome.runtime.sendMessage({ still_here: {} })");
}

async function has_page_script(page: Page): Promise<void> {
  const world = await content_world(page);
  await world.evaluate(`new Promise((resolve) => {
    const look = () => typeof lanyard === "object" ? resolve() : setTimeout(look, 20); look() })`);
}

async function add_more(folder: string | undefined): Promise<void> {
  if (!folder) return;
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(".html"))) {
    const page = await readFile(join(folder, name), "utf8");
    // The browser fetches a page's icon when it likes.
    server.pages.set(`/${name}`, page.replace(/<link[^>]*icon[^>]*>/gi, ""));
    paths.push(`/${name}`);
  }
}
