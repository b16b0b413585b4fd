// Filling and submitting on small pages in Chromium: what a page hears, what it never gets.

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
const LOGIN = `<form>${USER}${PASS}<button>Log in</button></form>`;
const KEEP = `document.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); document.querySelector("form").remove(); submitted = true });`;

describe("filling", () => {
  test("fills and lets the page hear what typing makes it hear", async () => {
    const { page, call } = await open(`${LOGIN}<script>
      heard = []; for (const name of ["focus", "focusin", "keydown", "keypress", "beforeinput", "input", "keyup", "change", "blur", "focusout"])
        document.querySelector("[name=pass]").addEventListener(name, (event) => heard.push(event.type));</script>`);
    await page.bringToFront();
    assert.equal(await call("fill"), "filled");
    assert.deepEqual(await values(page), ["alice", "horse"]);
    assert.deepEqual(await page.evaluate("heard"), [
      "focus",
      "focusin",
      "keydown",
      "keypress",
      "beforeinput",
      "input",
      "keyup",
      "change",
      "blur",
      "focusout",
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
    "fills nothing where the page shows another user name to read only": ["bob", "other_account"],
    "fills nothing where the user name to read only is empty": ["", "other_account"],
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

  test("what typing a key tells is plausible", async () => {
    const { page, call } = await open(`${LOGIN}<script>
      keys = []; for (const name of ["keydown", "keypress"])
        document.querySelector("[name=pass]").addEventListener(name, ({ key, keyCode }) => keys.push(key + keyCode));</script>`);
    await call("fill");
    assert.deepEqual(await page.evaluate("keys"), ["e69", "e69"]);
  });

  test("nothing of a value that is longer than its field takes is filled", async () => {
    const { page, call } = await open(
      `<form>${USER}<input type=password name=pass maxlength=4><button>Log in</button></form>`,
    );
    assert.equal(await call("fill"), "too_long");
    assert.deepEqual(await values(page), ["", ""]);
  });

  test("a number goes into a field for numbers, a word does not", async () => {
    const html = `<form><input type=number name=user>${PASS}<button>Log in</button></form>`;
    const page = await open(html);
    assert.equal(await page.call("fill", "", false, { user_name: "00123" }), "filled");
    assert.deepEqual(await values(page.page), ["00123", "horse"]);
    assert.equal(await (await open(html)).call("fill"), "values_not_kept");
  });

  const UNSEEN: Record<string, string> = {
    "covered by another element": `const over = document.createElement("div"); over.style.cssText = "position:fixed;inset:0;background:#fff"; document.body.append(over)`,
    "covered by something that nobody sees": `const over = document.createElement("div"); over.style.cssText = "position:fixed;inset:0"; document.body.append(over)`,
  };
  for (const [name, meanwhile] of Object.entries(UNSEEN)) {
    test(`nothing goes into a field that is ${name}`, async () => {
      const { page, call } = await open(LOGIN);
      assert.equal(await call("fill", meanwhile), "covered");
      assert.deepEqual(await values(page), ["", ""]);
    });
  }

  const HIDDEN: Record<string, string> = {
    "of no size": "width:0;height:0;padding:0;border:0",
    "out of the page": "position:absolute;left:-5000px",
    "clear by the product of what is around it": "opacity:.1",
    "moved out by a transform": "transform:translateX(-5000px)",
  };
  for (const [name, style] of Object.entries(HIDDEN)) {
    test(`nothing goes into a field that is made ${name} in between`, async () => {
      const { page, call } = await open(LOGIN);
      const meanwhile = `document.querySelector("[name=pass]").style.cssText = ${JSON.stringify(style)}`;
      assert.equal(await call("fill", meanwhile), "form_gone");
      assert.deepEqual(await values(page), ["", ""]);
    });
  }

  test("fields that can only be read until they have the focus are filled", async () => {
    const { page, call } = await open(`${LOGIN}<script>
      for (const field of document.querySelectorAll("input")) {
        field.readOnly = true;
        field.onfocus = () => { field.readOnly = false };
        field.onblur = () => { field.readOnly = true } }</script>`);
    assert.equal(await call("fill"), "filled");
    assert.deepEqual(await values(page), ["alice", "horse"]);
  });

  test("a password that can only be read is not filled", async () => {
    const { page, call } = await open(
      `<form>${USER}<input type=password name=pass readonly><button>Log in</button></form>`,
    );
    await call("fill").catch(() => undefined);
    assert.equal(await page.locator("[name=pass]").inputValue(), "");
  });

  test("a field far down is brought into view", async () => {
    const { page, call } = await open(`<div style="height:4000px"></div>${LOGIN}`);
    assert.equal(await call("fill"), "filled");
    assert.deepEqual(await values(page), ["alice", "horse"]);
  });

  test("a page that takes the password's field away while the user name is filled gets no password", async () => {
    const { page, call } = await open(`${LOGIN}<script>
      taken = document.querySelector("[name=pass]");
      document.querySelector("[name=user]").addEventListener("input", () => taken.remove())</script>`);
    assert.equal(await call("fill"), "form_gone");
    assert.equal(await page.evaluate("taken.value"), "");
  });

  test("a page that moves the password's field into another form while it is filled gets no password", async () => {
    const { page, call } = await open(`${LOGIN}<form id=other action="http://elsewhere.test/"></form><script>
      document.querySelector("[name=user]").addEventListener("input", () => document.querySelector("#other").append(document.querySelector("[name=pass]")))</script>`);
    assert.equal(await call("fill"), "form_gone");
    assert.deepEqual(await values(page), ["alice", ""]);
  });

  test("nothing is filled once the form leads elsewhere", async () => {
    const { page, call } = await open(LOGIN);
    const meanwhile = `document.querySelector("form").setAttribute("action", "http://elsewhere.test/")`;
    assert.equal(await call("fill", meanwhile), "foreign_action");
    assert.deepEqual(await values(page), ["", ""]);
  });

  const NEW: Record<string, string> = {
    "a new password and its repetition": `<form>${USER}<input type=password name=pass autocomplete=new-password><input type=password name=again autocomplete=new-password><button>Go</button></form>`,
    "a form that registers": `<form>${USER}${PASS}<button>Register</button></form>`,
    "a form that creates an account": `<form>${USER}${PASS}<input type=submit value="Create your account"></form>`,
  };
  for (const [name, html] of Object.entries(NEW)) {
    test(`${name} is not filled`, async () => {
      const { page, call } = await open(html);
      await assert.rejects(call("fill"));
      assert.deepEqual((await values(page)).slice(0, 2), ["", ""]);
    });
  }
});

describe("what else a login asks for", () => {
  const TENANT = `<select name=tenant><option value="">Choose…</option><option value=7>North branch</option><option value=8>South branch</option></select>`;
  const known = { app: { extras: ["[name=tenant]"] }, learned: null, is_app: true };
  const chosen = (value: string) => ({ extras: [{ field: "[name=tenant]", value }] });

  for (const value of ["8", "South branch", " south  branch "]) {
    test(`is chosen from a list by "${value}"`, async () => {
      const { page, call } = await open(
        `<form>${TENANT}${USER}${PASS}<button>Log in</button></form><script>heard = []; for (const name of ["input", "change"]) document.querySelector("select").addEventListener(name, () => heard.push(name))</script>`,
      );
      assert.equal(await call("fill", "", false, chosen(value), known), "filled");
      assert.equal(await page.locator("select").inputValue(), "8");
      assert.deepEqual(await page.evaluate("heard"), ["input", "change"]);
    });
  }

  test("is left to the person where the list does not have it, and nothing is submitted", async () => {
    const { call } = await open(`<form>${TENANT}${USER}${PASS}<button>Log in</button></form>`);
    assert.equal(await call("fill", "", false, chosen("West"), known), "incomplete");
  });

  test("is typed into its field", async () => {
    const { page, call } = await open(
      `<form><input name=tenant placeholder=Company>${USER}${PASS}<button>Log in</button></form>`,
    );
    assert.equal(await call("fill", "", false, chosen("ACME"), known), "filled");
    assert.deepEqual(await values(page), ["ACME", "alice", "horse"]);
  });
});

test("half a login is not sent", async () => {
  const app = { username: "[name=user]", one_time_code: "[name=pass]" };
  const { call } = await open(LOGIN);
  assert.equal(await call("fill", "", false, {}, { app, learned: null, is_app: true }), "incomplete");
});

describe("one-time codes", () => {
  const BOXES = Array.from(
    { length: 6 },
    () => `<input maxlength=1 inputmode=numeric size=1 class=code>`,
  ).join("");
  const known = { app: { one_time_code: ".code" }, learned: null, is_app: true };
  const fill = (page: IsolatedPage, submit = false) =>
    page.call("fill", "", submit, { one_time_code: "123456" }, known);
  const codes = async ({ page }: IsolatedPage) => (await values(page)).join("");

  test("go into one box", async () => {
    const page = await open(
      `<form>Code <input class=code name=otp autocomplete=one-time-code><button>Go</button></form>`,
    );
    assert.equal(await fill(page), "filled");
    assert.equal(await codes(page), "123456");
  });

  test("go into a box for each character", async () => {
    const page = await open(`<form>${BOXES}<button>Go</button></form>`);
    assert.equal(await fill(page), "filled");
    assert.equal(await codes(page), "123456");
  });

  test("go into boxes of a page that moves the focus itself", async () => {
    const page = await open(`<form>${BOXES}<button>Go</button></form><script>
      for (const box of document.querySelectorAll(".code")) box.addEventListener("input", () => box.nextElementSibling?.focus())</script>`);
    assert.equal(await fill(page), "filled");
    assert.equal(await codes(page), "123456");
  });

  test("are pasted where a page takes them in its first box only", async () => {
    const page = await open(`<form>${BOXES}<button>Go</button></form><script>
      const boxes = [...document.querySelectorAll(".code")];
      for (const box of boxes) box.addEventListener("input", () => { box.value = "" });
      boxes[0].addEventListener("paste", (event) => { event.preventDefault(); [...event.clipboardData.getData("text/plain")].forEach((character, at) => { boxes[at].value = character }) })</script>`);
    assert.equal(await fill(page), "filled");
    assert.equal(await codes(page), "123456");
  });

  test("are not cut to fewer boxes", async () => {
    const page = await open(`<form>${BOXES.replace("<input", "<hr")}<button>Go</button></form>`);
    assert.equal(await fill(page), "too_long");
    assert.equal(await codes(page), "");
  });

  test("count as submitted where the page sends them with the last character", async () => {
    const page = await open(`<form>${BOXES}<button>Go</button></form><script>
      document.querySelector("form").addEventListener("input", () => { if ([...document.querySelectorAll(".code")].every(({ value }) => value)) document.querySelector("form").remove() })</script>`);
    assert.equal(await fill(page, true), "submitted");
  });
});

describe("submitting", () => {
  test("presses the form's own button, so that the page's handlers run", async () => {
    const { page, call } = await open(`${LOGIN}<script>${KEEP}
      document.querySelector("form").addEventListener("submit", (event) => { by = event.submitter.textContent })</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("by"), "Log in");
  });

  test("sends a form without a button", async () => {
    const { page, call } = await open(`<form>${USER}${PASS}</form><script>${KEEP}</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("submitted"), true);
  });

  test("presses Enter where there is neither form nor button", async () => {
    const { page, call } = await open(`<div id=all>${USER}${PASS}</div><script>
      document.querySelector("[name=pass]").addEventListener("keydown", ({ key, keyCode }) => { if (keyCode === 13) { pressed = key; document.querySelector("#all").remove() } })</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("pressed"), "Enter");
  });

  test("presses what only listens for the mouse to go down", async () => {
    const { page, call } =
      await open(`<div id=all>${USER}${PASS}<div role=button id=login-button style="width:80px">Log in</div></div><script>
      document.querySelector("#login-button").addEventListener("mousedown", () => { pressed = true; document.querySelector("#all").remove() })</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("pressed"), true);
  });

  test("waits for a button that the page enables after typing", async () => {
    const { page, call } =
      await open(`<form>${USER}${PASS}<button disabled>Log in</button></form><script>${KEEP}
      document.querySelector("[name=pass]").oninput = () => setTimeout(() => { document.querySelector("button").disabled = false }, 50)</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("submitted"), true);
  });

  test("does not press a button that stays disabled", async () => {
    const { call } = await open(`<form>${USER}${PASS}<button disabled>Log in</button></form>`);
    assert.equal(await call("fill", "", true), "not submitted");
  });

  test("is not said of a page that does nothing about it", async () => {
    const { call } = await open(`<div>${USER}${PASS}<button type=button>Log in</button></div>`);
    assert.equal(await call("fill", "", true), "not submitted");
  });

  test("ticks what has to be agreed to, and leaves the rest as it is", async () => {
    const { page, call } =
      await open(`<form>${USER}${PASS}<input type=checkbox name=remember><input type=checkbox name=terms required><button>Log in</button></form><script>
      document.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); sent = [...new FormData(event.target).keys()]; event.target.remove() })</script>`);
    assert.equal(await call("fill", "", true), "submitted");
    assert.deepEqual(await page.evaluate("sent"), ["user", "pass", "terms"]);
  });

  test("is not tried where the browser would only point at what is missing", async () => {
    const { page, call } =
      await open(`<form>${USER}${PASS}<input type=radio name=branch required><button>Log in</button></form><script>
      invalid = 0; document.addEventListener("invalid", () => { invalid += 1 }, true)</script>`);
    assert.equal(await call("fill", "", true), "not submitted");
    assert.equal(await page.evaluate("invalid"), 0);
  });

  test("stops a form that the page sends elsewhere when it is pressed", async () => {
    const { page, call } = await open(`${LOGIN}<script>
      document.querySelector("form").addEventListener("submit", (event) => { event.target.action = "http://elsewhere.test/" })</script>`);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    assert.equal(await call("fill", "", true), "foreign_action");
    assert.deepEqual(asked, []);
  });

  test("works in a form with fields that are named as a form's own properties are", async () => {
    const { page, call } = await open(
      `<form>${USER}${PASS}<input type=hidden name=action value=login><input type=hidden name=submit value=1><button>Log in</button></form><script>${KEEP}</script>`,
    );
    assert.equal(await call("fill", "", true), "submitted");
    assert.equal(await page.evaluate("submitted"), true);
  });
});

describe("a login of several steps in one page", () => {
  const asked = async ({ call }: IsolatedPage) =>
    (await call("told")).flatMap((message) => ("form" in message ? [message.form.parts.join("+")] : []));
  const ended = async ({ call }: IsolatedPage) =>
    (await call("told")).flatMap((message) => ("fill_ended" in message ? [message.fill_ended.outcome] : []));

  test("whose password comes after its user name is filled step by step", async () => {
    const page = await open(`<form>${USER}<button>Next</button></form><script>
      document.querySelector("form").onsubmit = (event) => { event.preventDefault();
        setTimeout(() => { document.body.innerHTML = '<form id=second><input type=password name=pass autocomplete=current-password><button>Log in</button></form>';
          second.onsubmit = (event) => { event.preventDefault(); got = second.elements.pass.value; second.remove() } }, 100) }</script>`);
    await page.call("flow", {}, { app: { username: "[name=user]" }, learned: null, is_app: true });
    await page.page.waitForFunction("globalThis.got === 'horse'");
    assert.deepEqual(await asked(page), ["user_name", "password"]);
  });

  test("goes on to a code", async () => {
    const page = await open(`${LOGIN}<script>
      document.querySelector("form").onsubmit = (event) => { event.preventDefault();
        document.body.innerHTML = '<form id=second>One-time code <input name=otp autocomplete=one-time-code><button>Go</button></form>';
        second.onsubmit = (event) => { event.preventDefault(); got = second.elements.otp.value; second.remove() } }</script>`);
    await page.call(
      "flow",
      { one_time_code: "123456" },
      { app: { one_time_code: "[name=otp]" }, learned: null, is_app: true },
    );
    await page.page.waitForFunction("globalThis.got === '123456'");
    assert.deepEqual(await asked(page), ["user_name+password", "one_time_code"]);
  });

  test("gets each part once, however often the page asks", async () => {
    const page = await open(`<div id=here></div><script>
      let shown = 0;
      const show = () => { shown += 1; here.innerHTML = '${LOGIN}'; here.firstChild.onsubmit = (event) => { event.preventDefault(); show() } };
      show()</script>`);
    await page.call("flow");
    await page.page.waitForFunction("shown === 2 && document.querySelector('[name=pass]').value === ''");
    // The page's second form was looked at by then.
    await page.page.evaluate(
      "new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)))",
    );
    assert.equal(await page.page.locator("[name=pass]").inputValue(), "");
    assert.equal((await ended(page)).length, 1);
  });

  test("waits for a form that fades in until a person can see it", async () => {
    const page =
      await open(`<style>@keyframes in { from { opacity: 0 } to { opacity: 1 } } form { animation: in 300ms }</style>${LOGIN}<script>
      filled_at = null; document.querySelector("[name=pass]").addEventListener("input", () => { filled_at = Number(getComputedStyle(document.querySelector("form")).opacity) })</script>`);
    await page.call("flow", { submit: false });
    await page.page.waitForFunction("filled_at !== null");
    assert.ok(Number(await page.page.evaluate("filled_at")) > 0.2);
  });

  test("waits for a cover to go away", async () => {
    const page = await open(
      `${LOGIN}<div id=over style="position:fixed;inset:0"></div><script>setTimeout(() => over.remove(), 200)</script>`,
    );
    await page.call("flow", { submit: false });
    await page.page.waitForFunction("document.querySelector('[name=pass]').value === 'horse'");
    assert.equal(await page.page.locator("#over").count(), 0);
  });

  test("is found on a page that never stops changing, and leaves it alive", async () => {
    const page = await open(`<div id=noise></div><div id=here></div><script>
      turns = 0; (function change() { noise.textContent = turns++; setTimeout(change) })();
      setTimeout(() => { here.innerHTML = '${LOGIN}' }, 200)</script>`);
    await page.call("flow", { submit: false });
    await page.page.waitForFunction("document.querySelector('[name=pass]')?.value === 'horse'");
    const before = Number(await page.page.evaluate("turns"));
    await page.page.waitForFunction(`turns > ${before + 20}`);
  });

  test("is asked for no more once the extension is gone", async () => {
    const page = await open(`<div id=here></div>`);
    await page.call("flow");
    await page.call("leave");
    await page.page.evaluate(`here.innerHTML = '${LOGIN}'`);
    await page.page.evaluate(
      "new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))",
    );
    assert.deepEqual(await asked(page), []);
  });
});

describe("what the person asks for", () => {
  test("is said to be covered where something lies over the form", async () => {
    const { call } = await open(`${LOGIN}<div style="position:fixed;inset:0"></div>`);
    assert.deepEqual(await call("look"), { found: false, covered: true });
  });

  test("is not said to be covered where its form is not shown", async () => {
    const { call } = await open(`<div style="display:none">${LOGIN}</div>`);
    assert.deepEqual(await call("look"), { found: false, covered: false });
  });

  test("is not there on a page without a login", async () => {
    const { call } = await open(`<form><input name=q type=search><button>Search</button></form>`);
    assert.deepEqual(await call("look"), { found: false, covered: false });
  });
});

function open(html: string): Promise<IsolatedPage> {
  return pages.open(html);
}

function values(page: IsolatedPage["page"]): Promise<string[]> {
  return page
    .locator("input")
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
}
