// What is captured of small pages in Chromium, and what is told of what became of it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Captured, FromPage } from "../src/messages.ts";
import { type IsolatedPage, type IsolatedPages, start_isolated_pages } from "./isolated-page.ts";

let pages: IsolatedPages;

before(async () => {
  pages = await start_isolated_pages();
});
after(() => pages.close());

const USER = `<input name="user">`;
const PASS = `<input type="password" name="pass">`;
const LOGIN = `<form onsubmit="return false">${USER}${PASS}<button>Log in</button></form>`;

describe("a login is captured as it was typed", () => {
  const hash = (change: string) => `<form>${USER}${PASS}<button>Log in</button></form><script>
    const field = document.querySelector("[name=pass]");
    document.querySelector("form").onsubmit = () => { ${change}; return false }</script>`;
  const PAGES: Record<string, [html: string, press?: string]> = {
    "when the form is submitted": [LOGIN],
    "where the page hashes the password": [hash(`field.value = "9f86d081884c"`)],
    "where the page clears the form": [hash(`field.form.reset()`)],
    "where the page takes the form away": [hash(`field.form.remove()`)],
    "where a press on the button hashes it before the form is submitted": [
      `${LOGIN}<script>document.querySelector("button").onmousedown = () => { document.querySelector("[name=pass]").value = "hash" }</script>`,
    ],
    "where typing itself is answered with a mask": [
      `<form onsubmit="return false">${USER}<input name="pass" id="pass" autocomplete="current-password" type="text"><button>Log in</button></form>
       <script>pass.oninput = () => { pass.value = "•".repeat(pass.value.length) }</script>`,
    ],
    "where the fields are in no form": [`<div>${USER}${PASS}<button type="button">Log in</button></div>`],
    "where a picture is pressed": [
      `<form onsubmit="return false">${USER}${PASS}<input type="image" alt="Log in" width="60" height="20"></form>`,
      "[type=image]",
    ],
    "where a part of the button is pressed": [
      `<form onsubmit="return false">${USER}${PASS}<button><b><i>Log in</i></b></button></form>`,
      "i",
    ],
    "in a shadow root": [
      `<div id="host"></div><script>host.attachShadow({ mode: "open" }).innerHTML = \`${LOGIN}\`</script>`,
    ],
  };
  for (const [name, [html, press = "button"]] of Object.entries(PAGES)) {
    test(name, async () => {
      const { page, call } = await listening(html);
      await type(page, "alice", "horse");
      await page.locator(press).click();
      assert.deepEqual(logins(await call("told")), ["alice:horse"]);
    });
  }

  for (const key of ["Enter", "Tab Space"]) {
    test(`with ${key}`, async () => {
      const { page, call } = await listening(LOGIN);
      await type(page, "alice", "horse");
      for (const pressed of key.split(" ")) await page.keyboard.press(pressed);
      assert.deepEqual(logins(await call("told")), ["alice:horse"]);
    });
  }

  test("with the company that was chosen from a list", async () => {
    const { page, call } = await listening(
      `<form onsubmit="return false"><label>Company <select name="company"><option value="1">Acme</option><option value="2">Globex</option></select></label>${USER}${PASS}<button>Log in</button></form>`,
    );
    await page.locator("select").selectOption("2");
    await type(page, "alice", "horse");
    await page.locator("button").click();
    assert.deepEqual(captures(await call("told"))[0]?.extras, [
      { field: `select[name="company"]`, value: "2" },
    ]);
  });

  test("with what else was typed into its form, but for what is another each time", async () => {
    const { page, call } = await listening(
      `<form onsubmit="return false"><input name="PARTNER"><input name="captcha"><input name="note">${USER}${PASS}<button>Log in</button></form>`,
    );
    await page.locator("[name=PARTNER]").pressSequentially("EDI-88");
    await page.locator("[name=captcha]").pressSequentially("x7b");
    await type(page, "alice", "horse");
    await page.locator("button").click();
    const [captured] = captures(await call("told"));
    assert.deepEqual(captured?.extras, [{ field: `input[name="PARTNER"]`, value: "EDI-88" }]);
    assert.equal(captured?.learned?.extras?.length, 1);
  });

  test("a second time too, and only with what was right then", async () => {
    const { page, call } = await listening(LOGIN);
    await type(page, "alice", "hrose");
    await page.getByText("Log in").click();
    await page.locator("[name=pass]").fill("horse");
    await page.locator("[name=pass]").press("Enter");
    assert.deepEqual(logins(await call("told")), ["alice:hrose", "alice:horse"]);
  });
});

describe("nothing is captured", () => {
  test("of a press elsewhere, or of what the page makes up", async () => {
    const { page, call } = await listening(`${LOGIN}<button id=other>Forgot password?</button>`);
    await type(page, "alice", "horse");
    await page.locator("#other").click();
    await page.evaluate(`document.querySelector("form").dispatchEvent(new SubmitEvent("submit"))`);
    assert.deepEqual(captures(await call("told")), []);
  });

  test("of what Lanyard filled, until the person changes it", async () => {
    const { page, call } = await listening(LOGIN);
    await call("fill");
    await page.getByText("Log in").click();
    assert.deepEqual(captures(await call("told")), []);
    await page.locator("[name=pass]").fill("another");
    await page.getByText("Log in").click();
    assert.deepEqual(logins(await call("told")), ["alice:another"]);
  });

  test("of a mask that the page put there", async () => {
    const { page, call } = await listening(
      `<form onsubmit="return false">${USER}<input type="password" name="pass" value="••••••••"><button>Log in</button></form>`,
    );
    await page.locator("[name=user]").fill("alice");
    await page.getByText("Log in").click();
    assert.deepEqual(captures(await call("told")), []);
  });

  test("of a one-time code", async () => {
    const { page, call } = await listening(
      `<form onsubmit="return false"><label>Code from your app <input name="code" autocomplete="one-time-code"></label><button>Verify</button></form>`,
    );
    await page.locator("[name=code]").fill("123456");
    await page.locator("button").click();
    assert.deepEqual(await call("told"), []);
  });

  test("after its signal", async () => {
    const { page, call } = await listening(LOGIN);
    await type(page, "alice", "horse");
    await call("leave");
    await page.getByText("Log in").click();
    assert.deepEqual(await call("told"), []);
  });

  test("where a new password was not typed the same twice", async () => {
    const { page, call } = await listening(CHANGE);
    await change(page, "horse", "battery staple", "batery staple");
    assert.deepEqual(captures(await call("told")), []);
  });
});

const CHANGE = `<h1>Change password</h1><form onsubmit="return false">
  <label>Current password <input type="password" name="old" autocomplete="current-password"></label>
  <label>New password <input type="password" name="new" autocomplete="new-password"></label>
  <label>Repeat it <input type="password" name="again" autocomplete="new-password"></label>
  <button>Change password</button></form>`;
const SIGN_UP = `<h1>Create your account</h1><form onsubmit="return false"><label>E-mail <input type="email" name="user" autocomplete="username"></label>
  <label>Password <input type="password" name="pass" autocomplete="new-password"></label>
  <label>Repeat it <input type="password" name="again" autocomplete="new-password"></label><button>Sign up</button></form>`;

test("a change of password is captured with the old one and the new one", async () => {
  const { page, call } = await listening(CHANGE);
  await change(page, "horse", "battery staple");
  const [captured] = captures(await call("told"));
  assert.deepEqual(
    [captured?.purpose, captured?.former_password, captured?.password],
    ["change-password", "horse", "battery staple"],
  );
});

test("a password that Lanyard made is captured as one that was typed", async () => {
  const { page, call } = await listening(CHANGE);
  await page.locator("[name=old]").fill("horse");
  for (const field of ["new", "again"]) await call("make", `[name=${field}]`, "xK7-made");
  await page.locator("button").click();
  assert.equal(captures(await call("told"))[0]?.password, "xK7-made");
});

test("a new account is captured", async () => {
  const { page, call } = await listening(SIGN_UP);
  await type(page, "alice@acme.example", "horse");
  await page.locator("[name=again]").fill("horse");
  await page.locator("button").click();
  const [captured] = captures(await call("told"));
  assert.deepEqual(
    [captured?.purpose, captured?.user_name, captured?.password],
    ["sign-up", "alice@acme.example", "horse"],
  );
});

test("the first step of a login is told with its user name", async () => {
  const { page, call } = await listening(
    `<h1>Sign in</h1><form onsubmit="return false"><label>User name <input name="user" autocomplete="username"></label><button>Next</button></form>`,
  );
  await page.locator("[name=user]").fill("alice");
  await page.locator("button").click();
  assert.deepEqual(await call("told"), [{ step: { user_name: "alice", extras: [] } }]);
});

describe("of a form that was sent is told", () => {
  test("that it is gone", async () => {
    const { page, call } = await listening(LOGIN);
    await type(page, "alice", "horse");
    await page.getByText("Log in").click();
    await page.evaluate(`document.querySelector("form").outerHTML = "<h1>Welcome</h1>"`);
    await page.waitForTimeout(1_500);
    assert.deepEqual(attempts(await call("told")), [{ gone: { failed: false } }]);
  });

  test("nothing where it comes back with an error", async () => {
    const { page, call } = await listening(LOGIN);
    await type(page, "alice", "horse");
    await page.getByText("Log in").click();
    await page.evaluate(`document.querySelector("form").hidden = true`);
    await page.evaluate(`setTimeout(() => { document.querySelector("form").hidden = false }, 400)`);
    await page.waitForTimeout(1_500);
    assert.deepEqual(attempts(await call("told")), []);
  });

  test("that the person goes elsewhere", async () => {
    const { page, call } = await listening(`${LOGIN}<a href="#forgot">Forgot password?</a>`);
    await type(page, "alice", "horse");
    await page.getByText("Log in").click();
    await page.getByText("Forgot password?").click();
    assert.deepEqual(attempts(await call("told")), [{ left: {} }]);
  });
});

test("a form that nothing is known to send is captured once it is gone and its answer was good", async () => {
  const html = (path: string) => `<div id="box">${USER}${PASS}</div><p id="far">Go on</p><script>
    far.onclick = async () => { const { ok } = await fetch("${path}"); box.remove() }</script>`;
  for (const [path, expected] of [
    ["/login", ["alice:horse"]],
    ["/refused", []],
  ] as const) {
    const { page, call } = await listening(html(path));
    await page.route("http://app.test/refused", (route) => route.fulfill({ status: 401 }));
    await type(page, "alice", "horse");
    await page.locator("#far").click();
    await page.waitForTimeout(1_500);
    assert.deepEqual(logins(await call("told")), expected);
  }
});

async function listening(html: string): Promise<IsolatedPage> {
  const page = await pages.open(html);
  await page.call("capture");
  return page;
}

type Page = IsolatedPage["page"];

/** Key by key: a page may answer each. */
async function type(page: Page, user: string, password: string): Promise<void> {
  await page.locator("[name=user]").fill(user);
  await page.locator("[name=pass]").pressSequentially(password);
}

async function change(page: Page, old: string, made: string, again = made): Promise<void> {
  await page.locator("[name=old]").fill(old);
  await page.locator("[name=new]").fill(made);
  await page.locator("[name=again]").fill(again);
  await page.locator("button").click();
}

function captures(told: FromPage[]): Captured[] {
  return told.flatMap((message) => ("capture" in message ? [message.capture] : []));
}

function logins(told: FromPage[]): string[] {
  return captures(told).map(({ user_name, password }) => `${user_name}:${password}`);
}

function attempts(told: FromPage[]): object[] {
  return told.flatMap((message) => ("attempt" in message ? [message.attempt] : []));
}
