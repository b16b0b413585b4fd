// Finder, filler and capture on small pages in Chromium.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type IsolatedPage, type IsolatedPages, start_isolated_pages } from "./isolated-page.ts";

let pages: IsolatedPages;

before(async () => {
  pages = await start_isolated_pages();
});
after(() => pages.close());

const USER = `<input name="user">`;
const PASS = `<input type="password" name="pass">`;
const FOUND = { user: "user", password: "pass", submit: "Log in" };

describe("finder finds", () => {
  const PAGES: Record<string, [html: string, found: object]> = {
    "a plain form": [`<form>${USER}${PASS}<input type=submit value="Log in"></form>`, FOUND],
    "a form with an image to press": [
      `<form>${USER}${PASS}<input type=image alt="Log in" width=40 height=20></form>`,
      FOUND,
    ],
    "fields that are in no form": [
      `<div>${USER}</div><div>${PASS}</div><div><button>Log in</button></div>`,
      FOUND,
    ],
    "a table layout with a button outside the form's cells": [
      `<table><form><tr><td>${USER}<td>${PASS}<td><button>Log in</button></form></table>`,
      FOUND,
    ],
    "a form beside a search box": [
      `<form><input name=q type=search><button>Search</button></form><form>${USER}${PASS}<button>Log in</button></form>`,
      FOUND,
    ],
    "the user name field by what it declares": [
      `<form><input name=user autocomplete=username><input name=company>${PASS}<button>Log in</button></form>`,
      FOUND,
    ],
    "the submit button, not the one that shows the password": [
      `<form>${USER}${PASS}<button type=button>Show</button><button>Log in</button></form>`,
      FOUND,
    ],
    "a password-only page": [`<form>${PASS}<button>Log in</button></form>`, { ...FOUND, user: null }],
    "a read-only user name": [
      `<form><input name=user value=alice readonly>${PASS}<button>Log in</button></form>`,
      FOUND,
    ],
    "a form without a button": [`<form>${USER}${PASS}</form>`, { ...FOUND, submit: null }],
    "the visible form of two": [
      `<form hidden><input name=a>${PASS}</form><form>${USER}${PASS}<button>Log in</button></form>`,
      FOUND,
    ],
  };
  for (const [name, [html, expected]] of Object.entries(PAGES)) {
    test(name, async () => assert.deepEqual(await (await open(html)).call("find"), expected));
  }
});

describe("finder leaves alone", () => {
  const SUBMIT = "<button>Go</button>";
  const PAGES: Record<string, string> = {
    "a page without a password": `<form>${USER}${SUBMIT}</form>`,
    "a new password": `<form>${USER}<input type=password name=pass autocomplete=new-password>${SUBMIT}</form>`,
    "a password and its repetition": `<form>${USER}${PASS}<input type=password name=again>${SUBMIT}</form>`,
    "a change of password": `<form><input type=password autocomplete=current-password><input type=password>${SUBMIT}</form>`,
    "a sign-up form by its button": `<form>${USER}${PASS}<button>Create account</button></form>`,
    "a sign-up form by its many fields": `<form><input name=first><input name=last><input name=city>${USER}${PASS}${SUBMIT}</form>`,
    "a one-time code": `<form>${USER}<input type=password name=otp>${SUBMIT}</form>`,
    "a card's number": `<form>${USER}<input type=password name=pass autocomplete=cc-csc>${SUBMIT}</form>`,
    "a password that is not displayed": `<form>${USER}<input type=password name=pass style="display:none">${SUBMIT}</form>`,
    "a password of one pixel": `<form>${USER}<input type=password style="width:1px;height:1px;padding:0;border:0">${SUBMIT}</form>`,
    "a password out of the page": `<form>${USER}<input type=password style="position:absolute;left:-5000px">${SUBMIT}</form>`,
    "a password nobody sees": `<form>${USER}<div style="opacity:.4"><div style="opacity:.1">${PASS}</div></div>${SUBMIT}</form>`,
    "a password that cannot be typed into": `<form>${USER}<input type=password disabled>${SUBMIT}</form>`,
  };
  for (const [name, html] of Object.entries(PAGES)) {
    test(name, async () => assert.equal(await (await open(html)).call("find"), null));
  }
});

test("a look at a page without a password field costs next to nothing", async () => {
  const page = await open(`<table>${"<tr><td><input><td>text".repeat(2_000)}</table>`);
  assert.ok(((await page.call("cost")) as number) <= 2);
});

describe("filler", () => {
  const LOGIN = `<form>${USER}${PASS}<button>Log in</button></form>`;

  test("fills and lets the page hear what typing makes it hear", async () => {
    const { page, call } = await open(`${LOGIN}<script>
      heard = []; for (const name of ["focus", "beforeinput", "input", "keyup", "change", "blur"])
        document.querySelector("[name=pass]").addEventListener(name, (event) => heard.push(event.type));</script>`);
    await page.bringToFront();
    assert.equal(await call("fill"), "filled");
    assert.deepEqual(await values(page), ["alice", "horse"]);
    assert.deepEqual(await page.evaluate("heard"), [
      "focus",
      "beforeinput",
      "input",
      "keyup",
      "change",
      "blur",
    ]);
  });

  test("is noticed by a page that keeps track of values as frameworks do", async () => {
    const { page, call } = await open(`${LOGIN}<script>
      state = {};
      for (const field of document.querySelectorAll("input")) {
        const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
        let tracked = "";
        Object.defineProperty(field, "value", { get() { return native.get.call(this) }, set(value) { tracked = value; native.set.call(this, value) } });
        field.addEventListener("input", () => { const next = native.get.call(field); if (next !== tracked) { tracked = next; state[field.name] = next } });
      }</script>`);
    assert.equal(await call("fill"), "filled");
    assert.deepEqual(await page.evaluate("state"), { user: "alice", pass: "horse" });
  });

  test("says that the page did not keep the values", async () => {
    const { call } = await open(`${LOGIN}<script>
      document.querySelector("[name=pass]").addEventListener("input", (event) => { event.target.value = "" })</script>`);
    assert.equal(await call("fill"), "values_not_kept");
  });

  const CHANGES: Record<string, [meanwhile: string, says: string]> = {
    "goes away": [`document.querySelector("form").remove()`, "form_gone"],
    "is hidden": [`document.querySelector("form").style.visibility = "hidden"`, "form_gone"],
    "becomes a text field": [`document.querySelector("[name=pass]").type = "text"`, "form_gone"],
    "gets another address": [`history.pushState(null, "", "/elsewhere")`, "page_changed"],
  };
  for (const [name, [meanwhile, says]] of Object.entries(CHANGES)) {
    test(`fills nothing where the form ${name} in between`, async () => {
      const { page, call } = await open(LOGIN);
      assert.equal(await call("fill", meanwhile), says);
      assert.deepEqual(
        (await values(page)).filter((value) => value !== ""),
        [],
      );
    });
  }

  const READ_ONLY: Record<string, [shown: string, says: string]> = {
    "fills where the page shows the same user name to read only": [" alice ", "filled"],
    "fills nothing where the page shows another user name to read only": ["bob", "form_gone"],
    "fills nothing where the user name to read only is empty": ["", "form_gone"],
  };
  for (const [name, [shown, says]] of Object.entries(READ_ONLY)) {
    test(name, async () => {
      const { page, call } = await open(
        `<form><input name=user value="${shown}" readonly>${PASS}<button>Log in</button></form>`,
      );
      assert.equal(await call("fill"), says);
      assert.deepEqual(await values(page), [shown, says === "filled" ? "horse" : ""]);
    });
  }

  test("submits by the form's own button, so that the page's handlers run", async () => {
    const { page, call } = await open(`${LOGIN}<script>
      document.querySelector("form").onsubmit = (event) => { event.preventDefault(); by = event.submitter.textContent }</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("by"), "Log in");
  });

  test("submits a form without a button", async () => {
    const { page, call } = await open(`<form>${USER}${PASS}</form><script>
      document.querySelector("form").onsubmit = (event) => { event.preventDefault(); submitted = true }</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("submitted"), true);
  });

  test("waits for a button that the page enables after typing", async () => {
    const { page, call } = await open(`<form>${USER}${PASS}<button disabled>Log in</button></form><script>
      document.querySelector("form").onsubmit = (event) => { event.preventDefault(); submitted = true };
      document.querySelector("[name=pass]").oninput = () => setTimeout(() => { document.querySelector("button").disabled = false }, 50)</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("submitted"), true);
  });

  test("does not submit by a button that stays disabled", async () => {
    const { call } = await open(`<form>${USER}${PASS}<button disabled>Log in</button></form>`);
    assert.equal(await call("fill", "", true), "not submitted");
  });
});

describe("capture", () => {
  const LOGIN = `<form onsubmit="return false">${USER}${PASS}<button>Log in</button></form>`;

  test("takes what was typed before the page changes it, once", async () => {
    const { page, call } = await listening(`<form>${USER}${PASS}<button>Log in</button></form><script>
      document.querySelector("form").onsubmit = () => { document.querySelector("[name=pass]").value = "hashed"; return false }</script>`);
    await type(page, "alice", "horse");
    await page.getByText("Log in").click();
    assert.deepEqual(await call("captured"), ["alice:horse"]);
  });

  test("takes a second attempt too", async () => {
    const { page, call } = await listening(LOGIN);
    await type(page, "alice", "hrose");
    await page.getByText("Log in").click();
    await page.locator("[name=pass]").fill("horse");
    await page.locator("[name=pass]").press("Enter");
    assert.deepEqual(await call("captured"), ["alice:hrose", "alice:horse"]);
  });

  test("takes nothing for a press elsewhere, or of what the page makes up", async () => {
    const { page, call } = await listening(`${LOGIN}<button id=other>Forgot password?</button>`);
    await type(page, "alice", "horse");
    await page.locator("#other").click();
    await page.evaluate(`document.querySelector("form").dispatchEvent(new SubmitEvent("submit"))`);
    assert.deepEqual(await call("captured"), []);
  });

  test("takes nothing that Lanyard filled, until the person changes it", async () => {
    const { page, call } = await listening(LOGIN);
    await call("fill");
    await page.getByText("Log in").click();
    assert.deepEqual(await call("captured"), []);
    await page.locator("[name=pass]").fill("another");
    await page.getByText("Log in").click();
    assert.deepEqual(await call("captured"), ["alice:another"]);
  });

  test("takes nothing from a page that asks for a new password", async () => {
    const { page, call } = await listening(
      `<form onsubmit="return false">${USER}<input type=password name=pass autocomplete=new-password><button>Log in</button></form>`,
    );
    await type(page, "alice", "horse");
    await page.getByText("Log in").click();
    assert.deepEqual(await call("captured"), []);
  });

  test("leaves with its signal", async () => {
    const { page, call } = await listening(LOGIN);
    await type(page, "alice", "horse");
    await call("leave");
    await page.getByText("Log in").click();
    assert.deepEqual(await call("captured"), []);
  });
});

function open(html: string): Promise<IsolatedPage> {
  return pages.open(html);
}

async function listening(html: string): Promise<IsolatedPage> {
  const page = await open(html);
  await page.call("capture");
  return page;
}

async function type(page: IsolatedPage["page"], user: string, password: string): Promise<void> {
  await page.locator("[name=user]").fill(user);
  await page.locator("[name=pass]").fill(password);
}

function values(page: IsolatedPage["page"]): Promise<string[]> {
  return page
    .locator("input")
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
}
