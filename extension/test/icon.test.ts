// The icon in fields: what a page can do with it, which is nothing, and what a person can.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { ATTACKS, type AttackPages, HONEST, start_attack_pages } from "./attack-pages.ts";
import { type ExtensionBrowser, start_extension_browser } from "./extension-browser.ts";
import { READY, suggestions } from "./scripted-companion.ts";
import { build_unguarded } from "./unguarded.ts";

const ACCOUNTS = ["alice", "payroll-admin"].map((user_name) => ({
  app: user_name,
  name: "Payroll 2004",
  user_name,
}));

/** So long the icon has to have been there; and after so long nothing more comes of a click. */
const SEEN = 750;
const NOTHING = 300;

type Point = { x: number; y: number };

let pages: AttackPages;
before(async () => {
  pages = await start_attack_pages();
});
after(() => pages.close());

describe("guarded", () => {
  let browser: ExtensionBrowser;
  before(async () => {
    browser = await start();
  });
  after(() => browser.close());
  beforeEach(() => begin(browser));
  afterEach(() => browser.tidy());

  for (const name of ATTACKS)
    test(`an attack gets nothing: ${name}`, async () => {
      const page = await open(browser, `/${name}`);
      await attack(page, name);
      await page.waitForTimeout(NOTHING);
      assert.deepEqual(choosers(browser), []);
      assert.deepEqual(browser.companion.all("fill"), []);
      for (const frame of page.frames()) assert.deepEqual(await values(frame), []);
      if (name === "filter") assert.match(await notice(browser, page), /may be in front/);
      if (name === "fight") assert.match(await notice(browser, page), /keeps covering/);
    });

  for (const name of HONEST)
    test(`an honest page is not accused: ${name}`, async () => {
      const page = await open(browser, `/honest/${name}`);
      if (await page.locator("#open").count()) await page.locator("#open").click();
      const frame = name === "framed" ? (page.frames()[1] as Frame) : page.mainFrame();
      await focus_field(page, frame, name === "shadow");
      // Until what moves has come to rest, too.
      await page.waitForTimeout(2 * SEEN);
      const { x, y } = await middle_of_icon_soon(frame, page);
      // No test comes into a closed root.
      if (name !== "shadow") assert.ok(is_within({ x, y }, await frame.locator("[name=user]").boundingBox()));
      const chooser = await chooser_after(browser, () => page.mouse.click(x, y));
      await chooser.getByText("payroll-admin").waitFor();
      assert.equal(await notice(browser, page), "Lanyard");
    });
});

describe("unguarded", () => {
  let browser: ExtensionBrowser;
  let remove: () => Promise<void>;
  before(async () => {
    const unguarded = await build_unguarded();
    remove = unguarded.remove;
    browser = await start(unguarded.folder);
  });
  after(async () => {
    await browser.close();
    await remove();
  });
  beforeEach(() => begin(browser));
  afterEach(() => browser.tidy());

  for (const name of ATTACKS)
    test(`the attack would work: ${name}`, async () => {
      const page = await open(browser, `/${name}`);
      const chooser = await chooser_after(browser, () => attack(page, name));
      await chooser.getByText("payroll-admin").waitFor();
      // The window is ours: even so, nothing is filled.
      assert.deepEqual(browser.companion.all("fill"), []);
    });
});

async function start(extension?: string): Promise<ExtensionBrowser> {
  const browser = await start_extension_browser(extension ? { extension } : {});
  await browser.companion.next("hello");
  browser.companion.origins = [pages.origin];
  browser.companion.tell_origins();
  return browser;
}

async function begin({ companion }: ExtensionBrowser): Promise<void> {
  companion.reset();
  companion.origins = [pages.origin];
  companion.answers.suggest = () => suggestions(ACCOUNTS, "offered");
  companion.change_state(READY);
}

async function open({ context }: ExtensionBrowser, path: string): Promise<Page> {
  const page = await context.newPage();
  const origin = path === "/framed" ? pages.other_origin : pages.origin;
  await page.goto(origin + path);
  return page;
}

/** Focuses the user name, waits for the icon, has the page do what it does, and clicks where it wants. */
async function attack(page: Page, name: string): Promise<void> {
  const frame = name.startsWith("framed") ? (page.frames()[1] as Frame) : page.mainFrame();
  const icon = await focus_field(page, frame).catch(() => null);
  await page.evaluate("globalThis.attack?.()");
  // Long enough for what the page did to count, if it ever could.
  await page.waitForTimeout(SEEN);
  const aim = (await page.evaluate("globalThis.aim ? aim() : undefined")) as Point | null | undefined;
  const at = aim === undefined ? ((await middle_of_icon(frame, page)) ?? icon) : aim;
  if (!at) return;
  const { mouse } = page;
  const steps = [
    () => mouse.move(at.x - 3, at.y),
    () => mouse.move(at.x, at.y),
    () => mouse.down(),
    () => mouse.up(),
  ];
  // A page that is zoomed has until the icon's next frame, and so nothing is waited for in between.
  if (name === "zoomed") await Promise.all(steps.map((step) => step()));
  else for (const step of steps) await step();
}

async function focus_field(page: Page, frame: Frame, closed = false): Promise<Point> {
  if (closed) await page.mouse.click(120, 25);
  else await frame.locator("[name=user]").focus();
  return middle_of_icon_soon(frame, page);
}

/** A field that moves may be without it for a moment. */
async function middle_of_icon_soon(frame: Frame, page: Page): Promise<Point> {
  await frame.waitForFunction(() => document.querySelector("[popover=manual][aria-hidden]"), null, {
    timeout: 3_000,
  });
  return (await middle_of_icon(frame, page)) as Point;
}

async function middle_of_icon(frame: Frame, page: Page): Promise<Point | null> {
  const rect = await frame.evaluate(() => {
    const icon = document.querySelector("[popover=manual][aria-hidden]");
    const { left, top, width, height } = icon?.getBoundingClientRect() ?? new DOMRect();
    return icon && { x: left + width / 2, y: top + height / 2 };
  });
  if (!rect || frame === page.mainFrame()) return rect;
  const box = await (await frame.frameElement()).evaluate((node) => {
    const element = node as Element;
    const { left, top } = element.getBoundingClientRect();
    return { left: left + element.clientLeft, top: top + element.clientTop };
  });
  return { x: rect.x + box.left, y: rect.y + box.top };
}

type Box = Point & { width: number; height: number };

function is_within({ x, y }: Point, box: Box | null): boolean {
  return box !== null && x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

function choosers({ context }: ExtensionBrowser): string[] {
  return context
    .pages()
    .map((page) => page.url())
    .filter((url) => url.includes("choose.html"));
}

async function chooser_after({ context }: ExtensionBrowser, during: () => Promise<unknown>): Promise<Page> {
  const [page] = await Promise.all([context.waitForEvent("page", { timeout: 8_000 }), during()]);
  assert.match(page.url(), /choose\.html/);
  return page;
}

async function notice(browser: ExtensionBrowser, page: Page): Promise<string> {
  const tab = await browser.tab_of(page);
  return browser.run((tabId) => chrome.action.getTitle({ tabId }), tab);
}

function values(frame: Frame): Promise<string[]> {
  return frame.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>("[name=user], [name=pass]")]
      .map(({ value }) => value)
      .filter((value) => value !== ""),
  );
}
