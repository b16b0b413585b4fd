// Every screen in a browser: read by axe, walked by keyboard, in both themes and languages.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { SHOTS, type Shot, WORDS } from "./screens.ts";
import type { World } from "./scripted-companion.ts";
import { LOOKS, type Look, WindowBrowser } from "./window.ts";
import { many, NOW, world } from "./worlds.ts";

const words = WORDS.en;
const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

let browser: WindowBrowser;
before(async () => {
  browser = await WindowBrowser.start();
});
after(() => browser.close());

for (const { name, world, go } of SHOTS) {
  test(`${name}: nothing for axe to find, nothing cut off, every word known`, async () => {
    await Promise.all(LOOKS.map((look) => check(name, world, go, look)));
    assert.deepEqual(browser.complaints.splice(0), []);
  });
}

/** What a page says, without a password that was made: in it anything may stand. */
function said(): string {
  const body = document.body.cloneNode(true) as HTMLElement;
  for (const made of body.querySelectorAll(".made")) made.remove();
  return body.textContent;
}

async function check(name: string, world: World, go: Shot["go"], look: Look): Promise<void> {
  const page = await browser.open(structuredClone(world), look);
  await page.locator("main").waitFor();
  await go?.(page, WORDS[look.language]);
  const where = `${name} ${look.theme} ${look.language}`;
  assert.deepEqual(await violations(page), [], where);
  assert.deepEqual(await overflowing(page), [], where);
  assert.doesNotMatch(await page.evaluate(said), /undefined|\[object|NaN|\{\w*\}/, where);
  assert.equal(await page.evaluate(() => document.documentElement.lang), look.language);
  await page.context().close();
}

test("in the smallest window nothing is cut off", async () => {
  for (const { name, world, go } of SHOTS) {
    const page = await browser.open(structuredClone(world), LOOKS[2]);
    await page.locator("main").waitFor();
    await go?.(page, WORDS.de);
    await page.setViewportSize({ width: 640, height: 480 });
    assert.deepEqual(await overflowing(page), [], name);
    await page.context().close();
  }
});

test("Tab reaches everything that can be used, and what has the focus is seen", async () => {
  for (const { name, world, go } of SHOTS) {
    if (["apps-loading", "apps-many", "activity"].includes(name)) continue;
    const page = await browser.open(structuredClone(world));
    await page.locator("main").waitFor();
    await go?.(page, words);
    const missed = await walkByTab(page);
    assert.deepEqual(missed, [], name);
    await page.context().close();
  }
});

test("arrows walk through the apps, Enter opens one, Escape leads back to the search", async () => {
  const page = await open();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(page), "Time sheets a.meyer");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "Warehouse a.meyer");
  await page.keyboard.press("Enter");
  await page.getByText(words.list.opens("Warehouse", "Chromium · Work")).waitFor();
  assert.deepEqual(await asked(page, "launch"), [{ app: "00006" }]);
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), words.list.search);
});

test("Ctrl+C copies the user name, Shift+Ctrl+C has the companion copy the password", async () => {
  const page = await open();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+c");
  await page.getByText(words.list.userNameCopied("Payroll 2004")).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "alice");
  await page.keyboard.press("Control+Shift+C");
  await page.getByText(words.list.passwordCopied("Payroll 2004", 30)).waitFor();
  assert.deepEqual(await asked(page, "copy"), [{ app: "00001", part: "password" }]);
});

test("Enter in the search opens the first app found, Ctrl+Enter shows its details", async () => {
  const page = await open();
  await page.getByRole("searchbox").fill("lab");
  await page.getByText(words.list.found(1)).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(words.list.opens("Lab storage", "Chromium · Work")).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: "Lab storage" }).waitFor();
});

test("Escape steps back to the list, with what was searched for and the app that was looked at", async () => {
  const page = await open();
  await page.getByRole("searchbox").fill("me");
  await page.getByRole("button", { name: words.list.details("Warehouse") }).click();
  await page.getByRole("button", { name: words.credential.edit }).click();
  await page.getByRole("heading", { name: words.form.edit("Warehouse") }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Warehouse" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText(words.list.found(6)).first().waitFor();
  assert.equal(await page.getByRole("searchbox").inputValue(), "me");
  assert.equal(await focused(page), "Warehouse a.meyer");
});

test("the palette leads to apps, places and actions, and Escape closes it", async () => {
  const page = await open();
  const palette = page.getByRole("combobox", { name: words.palette.label });
  await page.keyboard.press("Control+k");
  await palette.fill("sec");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: words.places.security, exact: true }).waitFor();
  assert.equal(await focused(page), words.places.security);

  await page.keyboard.press("Control+k");
  await palette.fill("work");
  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "detached" });

  await page.keyboard.press("Control+k");
  await palette.fill("t");
  await page.getByRole("option", { name: "Time sheets" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "detached" });
  assert.deepEqual(await asked(page, "launch"), [{ app: "00003" }]);

  await page.keyboard.press("Control+k");
  await palette.fill("dark");
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.equal(await background(page), "rgb(22, 23, 22)");

  await page.keyboard.press("Control+k");
  await palette.fill("lock");
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "detached" });
  assert.equal((await asked(page, "lock")).length, 1);
  await page.getByRole("button", { name: words.places.apps }).click();
  await page.getByRole("heading", { name: words.locked.heading }).waitFor();
});

test("another language is spoken as soon as it is chosen", async () => {
  const page = await open();
  await page.getByRole("button", { name: words.places.settings }).click();
  await page.getByRole("combobox", { name: words.settings.language }).selectOption("de");
  await page.getByRole("heading", { name: WORDS.de.places.settings }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
});

test("when it locks by itself is chosen, and nothing longer than the organisation allows", async () => {
  const page = await open();
  await page.getByRole("button", { name: words.places.settings }).click();
  await page
    .getByRole("combobox", { name: words.settings.lockAfter })
    .selectOption(words.settings.minutes(15));
  assert.deepEqual(await asked(page, "change_settings"), [{ lock_after: 15 }]);

  const strict = world({});
  strict.state.settings = { ...strict.state.settings, lock_after: 30, lock_after_most: 30 };
  const other = await browser.open(strict);
  await other.getByRole("button", { name: words.places.settings }).click();
  const choices = other.getByRole("combobox", { name: words.settings.lockAfter }).getByRole("option");
  assert.deepEqual(await choices.allTextContents(), [5, 15, 30].map(words.settings.minutes));
});

test("a password is hidden again after 30 seconds, when the window loses the focus, and when it is left", async () => {
  const page = await open("running");
  const secret = page.locator(".secret");
  const show = page.getByRole("button", {
    name: words.credential.showPart(words.credential.password),
    exact: true,
  });
  await page.getByRole("button", { name: words.list.details("Payroll 2004") }).click();
  await show.click();
  await secret.waitFor();
  assert.equal(await secret.textContent(), "kG7#vO0l-1Ixw");
  await page.clock.runFor(29_000);
  assert.equal(await secret.count(), 1);
  await page.clock.runFor(1_500);
  await secret.waitFor({ state: "detached" });

  await show.click();
  await secret.waitFor();
  await page.evaluate(() => dispatchEvent(new Event("blur")));
  await secret.waitFor({ state: "detached" });

  await show.click();
  await secret.waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox").waitFor();
  assert.doesNotMatch(await page.content(), /kG7/);
});

test("a password that is shown is in no attribute and in no live region", async () => {
  const page = await open();
  await page.getByRole("button", { name: words.list.details("Payroll 2004") }).click();
  await page
    .getByRole("button", { name: words.credential.showPart(words.credential.password), exact: true })
    .click();
  await page.locator(".secret").waitFor();
  const leaks = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter(
        (element) =>
          [...element.attributes].some(({ value }) => value.includes("kG7")) ||
          (element.matches("[role=status], [role=alert], [aria-live], output") &&
            element.textContent?.includes("kG7")),
      ).length,
  );
  assert.equal(leaks, 0);
});

test("a one-time code is followed by the next one", async () => {
  const page = await open("running");
  await page.getByRole("button", { name: words.list.details("Payroll 2004") }).click();
  await page
    .getByRole("button", { name: words.credential.showPart(words.credential.code), exact: true })
    .click();
  await page.getByText("492 039").waitFor();
  await page.evaluate((ends_at) => {
    window.world.secrets.one_time_code = { one_time_code: { code: "118204", ends_at, period: 30 } };
  }, NOW + 47_000);
  await page.clock.runFor(17_500);
  await page.getByText("118 204").waitFor();
});

test("only what was changed is sent, and a generated password goes where it belongs", async () => {
  const page = await open();
  await page.getByRole("button", { name: words.list.details("Payroll 2004") }).click();
  await page.getByRole("button", { name: words.credential.edit }).click();
  await page.getByRole("textbox", { name: words.form.name, exact: true }).fill("Payroll");
  await page.getByRole("button", { name: words.form.generate }).click();
  const made = await page.locator(".generator .secret").textContent();
  await page.getByRole("button", { name: words.generator.use }).click();
  await page.getByRole("button", { name: words.save }).click();
  await page.getByText(words.credential.saved).waitFor();
  const change = { name: "Payroll", password: made };
  assert.deepEqual(await asked(page, "change_credential"), [{ app: "00001", change }]);
  assert.equal(made?.length, 20);
});

test("a question is answered with no by Escape, and with yes by its button only", async () => {
  const shot = SHOTS.find(({ name }) => name === "question-show");
  assert.ok(shot);
  const page = await browser.open(structuredClone(shot.world));
  await page.getByRole("heading", { name: words.question.reveal("password", "Payroll 2004") }).waitFor();
  await page.keyboard.press("Enter");
  assert.deepEqual(await asked(page, "answer"), []);
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox").waitFor();
  assert.deepEqual(await asked(page, "answer"), [{ question: 1, yes: false }]);
});

test("a question for the PIN is answered with it, and with no by its button", async () => {
  const shot = SHOTS.find(({ name }) => name === "question-fill");
  assert.ok(shot);
  const page = await browser.open(structuredClone(shot.world));
  // The cursor is there already.
  await page.getByLabel(words.locked.pin).and(page.locator(":focus")).waitFor();
  await page.keyboard.type("2719");
  await page.keyboard.press("Enter");
  await page.getByRole("searchbox").waitFor();
  assert.deepEqual(await asked(page, "answer_with_pin"), [{ question: 1, pin: "2719" }]);
  const again = await browser.open(structuredClone(shot.world));
  await again.getByRole("button", { name: words.question.no, exact: true }).click();
  await again.getByRole("searchbox").waitFor();
  assert.deepEqual(await asked(again, "answer"), [{ question: 1, yes: false }]);
});

test("a browser that was not told is set up, and is said to be found then", async () => {
  const page = await open();
  await page.getByRole("button", { name: words.places.browsers }).click();
  await page.getByRole("button", { name: words.browsers.setUpOne("Google Chrome") }).click();
  await page.getByRole("button", { name: words.browsers.takeBackOne("Google Chrome") }).waitFor();
  assert.deepEqual(await asked(page, "install_host"), [{ browser: "Google Chrome" }]);
});

test("whether to offer to save is asked once", async () => {
  const undecided = world({ organisation: null });
  undecided.state.settings = { ...undecided.state.settings, offer_to_save: null };
  const page = await browser.open(undecided);
  await page.getByRole("button", { name: words.offer.no }).click();
  await page.getByText(words.offer.heading).waitFor({ state: "detached" });
  assert.deepEqual(await asked(page, "change_settings"), [{ offer_to_save: false }]);
});

test("older lines of the log follow when they are asked for", async () => {
  const page = await open();
  await page.getByRole("button", { name: words.places.activity }).click();
  await page.getByRole("button", { name: words.activity.older }).click();
  await page.getByRole("button", { name: words.activity.older }).waitFor({ state: "detached" });
  assert.equal(await page.locator(".lines li").count(), 154);
});

test("of very many apps the first are shown, and how many there are", async () => {
  const page = await browser.open(world({}, { apps: many, recent: 0, total: 100_000 }));
  await page.getByText(words.list.more(200, 100_000)).waitFor();
  assert.equal(await page.locator("button.app").count(), 200);
});

function open(clock: "fixed" | "running" = "fixed"): Promise<Page> {
  return browser.open(world(), LOOKS[0], clock).then(async (page) => {
    await page.locator("button.app").first().waitFor();
    return page;
  });
}

/** Requests of one kind, oldest first. */
function asked(page: Page, tag: string): Promise<unknown[]> {
  return page.evaluate(
    (tag) =>
      window.asked.flatMap((request) => (tag in request ? [(request as Record<string, unknown>)[tag]] : [])),
    tag,
  );
}

/** The accessible name of what has the focus, roughly: its label, else its words. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const names = element.querySelector(".names")?.textContent;
    return (element.getAttribute("aria-label") ?? names ?? element.textContent ?? "").trim();
  });
}

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the window
    const { violations } = await (window as any).axe.run();
    return violations.flatMap((one: { id: string; impact: string; nodes: { html: string }[] }) =>
      one.nodes.map(({ html }) => `${one.impact} ${one.id}: ${html.slice(0, 160)}`),
    );
  });
}

/** Whatever is wider than its place, but where it is cut off on purpose. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        "body, main, .scroll, .card, .panel, .facts, .row, header, .side, dialog",
      ),
    ]
      .filter(
        (element) =>
          element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline",
      )
      .map(
        (element) =>
          `${element.tagName}.${element.className} ${element.scrollWidth} > ${element.clientWidth}`,
      ),
  );
}

/** Presses Tab until it comes round. Says what was never reached, and what had no visible focus. */
async function walkByTab(page: Page): Promise<string[]> {
  const usable = await page.evaluate(() => {
    const scope = document.querySelector("dialog[open]") ?? document.body;
    const all = scope.querySelectorAll<HTMLElement>("button, input, select, textarea, summary, a[href]");
    return [...all]
      .filter((element) => {
        const { disabled, type, checked } = element as HTMLInputElement;
        // Arrow keys lead to the others of a group: tiles, and radio buttons.
        return (
          element.tabIndex >= 0 && !disabled && element.checkVisibility() && (type !== "radio" || checked)
        );
      })
      .map((element, index) => {
        element.dataset.walk = String(index);
        return element.outerHTML.slice(0, 120);
      });
  });
  const reached = new Set<number>();
  const unseen: string[] = [];
  for (let step = 0; step < usable.length + 4; step++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const style = getComputedStyle(element);
      return { walk: element.dataset.walk, outline: `${style.outlineStyle} ${style.outlineWidth}` };
    });
    if (at.walk === undefined) continue;
    reached.add(Number(at.walk));
    if (at.outline !== "solid 2px") unseen.push(`no ring: ${usable[Number(at.walk)]}`);
  }
  return [...usable.filter((_, index) => !reached.has(index)), ...unseen];
}
