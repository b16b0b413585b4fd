// How the finder looks at a page in Chromium: through shadow roots, at what a person could see, for what they would press,
// and by selectors.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type IsolatedPage, type IsolatedPages, start_isolated_pages } from "./isolated-page.ts";

type Shape = typeof globalThis.shape;

let pages: IsolatedPages<Shape>;

before(async () => {
  pages = await start_isolated_pages<Shape>("finder-shape-entry.ts", "shape");
});
after(() => pages.close());

const open = (html: string): Promise<IsolatedPage<Shape>> => pages.open(html);

describe("a walk", () => {
  test("comes to fields in document order, through open and closed roots in one another", async () => {
    const { call } = await open(
      `<input name=a><x-one id=one></x-one><input name=f><div id=two></div><select name=h></select>`,
    );
    await call(
      "attach",
      "one",
      "open",
      `<input name=b><x-three id=three></x-three><textarea name=e></textarea>`,
    );
    await call("attach", "three", "closed", `<input name=c><input name=d>`);
    await call("attach", "two", "closed", `<input name=g>`);
    assert.deepEqual(await call("walk"), ["a", "b", "c", "d", "e", "f", "g", "h"]);
  });

  test("comes to a host that has something for its slot, and to what is in the slot", async () => {
    const { call } = await open(`<section id=card><label slot=fields><input name=b></label></section>`);
    await call("attach", "card", "closed", `<input name=a><slot name=fields></slot>`);
    assert.deepEqual(await call("walk"), ["a", "b"]);
  });

  test("asks for no root where nothing can have one, however many elements there are", async () => {
    const { call } = await open(`${"<div><p>text</p></div>".repeat(10_000)}<input name=a>`);
    // The body has the focus.
    assert.equal(await call("asked"), 1);
  });

  test("asks a bounded number of elements", async () => {
    const { call } = await open("<x-y></x-y>".repeat(6_000) + "<div></div>".repeat(6_000));
    assert.ok((await call("asked")) <= 4_000);
  });

  test("finds the host of late roots among thousands of empty elements by its name", async () => {
    const { call } = await open(`<main>${"<div></div>".repeat(3_000)}<div id=app></div></main>`);
    await call("attach", "app", "open", "<input name=a>");
    assert.deepEqual(await call("walk"), ["a"]);
  });

  test("finds what has the focus, however deep", async () => {
    const { call } = await open(`<x-one id=one></x-one>`);
    await call("attach", "one", "closed", `<x-two id=two></x-two>`);
    await call("attach", "two", "open", `<input id=deep>`);
    assert.equal(await call("focus", "deep"), "deep");
  });

  test("knows the order of elements in different roots", async () => {
    const { call } = await open(`<i id=a></i><x-one id=b><i id=e></i></x-one><x-two id=f></x-two>`);
    await call("attach", "b", "open", `<i id=c></i><i id=d></i>`);
    await call("attach", "f", "closed", `<i id=g></i>`);
    const order = ["a", "b", "c", "d", "e", "f", "g"];
    for (const [at, one] of order.entries())
      for (const other of order.slice(at + 1)) {
        assert.ok(await call("is_before", one, other), `${one} is before ${other}`);
        assert.ok(!(await call("is_before", other, one)), `${other} is after ${one}`);
      }
  });
});

const FIELD = `<input id=field type=password>`;

describe("a person", () => {
  const SEEN: Record<string, string> = {
    "a plain field": FIELD,
    "a field in an open dialog": `<dialog id=d>${FIELD}</dialog><script>d.showModal()</script>`,
    "a field in a popover that is shown": `<div popover id=p>${FIELD}</div><script>p.showPopover()</script>`,
    "a field whose label floats over it and lets clicks through": `<div style="position:relative;width:200px">${FIELD}<label for=field
      style="position:absolute;inset:0;pointer-events:none;background:white">Password</label></div>`,
    "a field whose label lies over it": `<div style="position:relative;width:200px">${FIELD}<label for=field
      style="position:absolute;inset:0">Password</label></div>`,
    "a field whose placeholder is an element of its own": `<div style="position:relative;width:200px"><span
      style="position:absolute;left:4px;top:2px;z-index:1">Password</span>${FIELD}</div>`,
    "a field with a picture in it": `<div style="position:relative;width:200px">${FIELD}<svg width=16 height=16
      style="position:absolute;right:20px;top:3px"></svg><button style="position:absolute;right:0;top:0">Show</button></div>`,
    "a field with transparent text": `<input id=field type=password style="color:transparent">`,
    "a field in a place that scrolls": `<div style="height:60px;overflow:auto"><p style="margin:300px 0 0">${FIELD}</div>`,
    "a field far down the page": `<p style="margin-top:4000px">${FIELD}`,
    "a field in a page that does not scroll while a panel is open": `<body style="position:fixed;overflow:hidden">${FIELD}`,
    "a field over a picture that lets clicks through": `<canvas width=900 height=600
      style="position:fixed;inset:0;pointer-events:none"></canvas><div style="position:relative">${FIELD}</div>`,
    "a field under an empty place for messages": `${FIELD}<div style="position:fixed;inset:0;z-index:9999;pointer-events:none"></div>`,
    "a field under a tint that lets it through": `${FIELD}<div style="position:fixed;inset:0;pointer-events:none;background:rgb(0 0 0 / 10%)"></div>`,
    "a field at the edge of a page that is written from the right": `<html dir=rtl><body>${FIELD}`,
    "a field in a form with fields named like what it has itself": `<form>${FIELD}<input name=host><input name=id><input name=matches><input
      name=getRootNode><input name=contains><input name=elements></form>`,
    "a field in a card that has a filter": `<div style="filter:drop-shadow(0 0 2px black);opacity:.95">${FIELD}</div>`,
  };
  for (const [name, html] of Object.entries(SEEN)) {
    test(`sees ${name}`, async () => {
      const { call } = await open(html);
      assert.equal(await call("sees", "field"), true, "when it is looked for");
      await call("bring_into_view", "field");
      assert.equal(await call("lets_fill", "field"), true, "when it is filled");
    });
  }

  const UNSEEN: Record<string, string> = {
    "a field that is not displayed": `<div hidden>${FIELD}</div>`,
    "a field in a closed dialog": `<dialog>${FIELD}</dialog>`,
    "a field in a closed popover": `<div popover>${FIELD}</div>`,
    "an invisible field": `<div style="visibility:hidden">${FIELD}</div>`,
    "a transparent field": `<input id=field type=password style="opacity:0">`,
    "a field that only a product of opacities hides": `<div style="opacity:.5"><div style="opacity:.5"><div style="opacity:.5">${FIELD}</div></div></div>`,
    "a transparent field that says it will appear": `<input id=field style="opacity:0.01;transition:opacity 1s">`,
    "a field that a filter hides": `<div style="filter:opacity(5%)">${FIELD}</div>`,
    "a field that is blurred away": `<div style="filter:blur(40px)">${FIELD}</div>`,
    "a field without a size": `<input id=field style="width:1px;height:1px;border:0;padding:0">`,
    "a field scaled to nothing": `<div style="transform:scale(0)">${FIELD}</div>`,
    "a field scaled down": `<div style="transform:scale(.05)">${FIELD}</div>`,
    "a field left of the page": `<input id=field style="position:absolute;left:-9999px">`,
    "a field above the page": `<input id=field style="position:absolute;top:-9999px">`,
    "a field moved out by a transform": `<div style="transform:translateX(-9999px)">${FIELD}</div>`,
    "a field moved out by an indent": `<div style="text-indent:-9999px">${FIELD}</div>`,
    "a field right of a page that does not scroll there": `<body style="overflow-x:hidden"><input id=field style="position:absolute;left:9999px">`,
    "a fixed field below the window": `<input id=field style="position:fixed;top:5000px">`,
    "a field clipped away by what is around it": `<div style="height:0;overflow:hidden">${FIELD}</div>`,
    "a field moved out of what is around it": `<div style="position:relative;overflow:hidden;width:300px;height:30px"><div style="position:absolute;top:200px">${FIELD}</div></div>`,
    "a field before the beginning of what scrolls": `<div style="position:relative;overflow:auto;width:300px;height:30px"><div style="position:absolute;left:-900px">${FIELD}</div></div>`,
    "a field cut away by a path": `<div style="clip-path:inset(50%)">${FIELD}</div>`,
    "a field in a faint form that has a field named like what leads out of it": `<div style="opacity:.1"><form>${FIELD}<input name=parentNode><input
      name=parentElement><input name=host><input name=assignedSlot></form></div>`,
    "a field cut away as for screen readers": `<div style="position:absolute;clip:rect(1px,1px,1px,1px)">${FIELD}</div>`,
  };
  for (const [name, html] of Object.entries(UNSEEN)) {
    test(`does not see ${name}`, async () => {
      const { call } = await open(html);
      assert.equal(await call("sees", "field"), false, "when it is looked for");
      assert.equal(await call("lets_fill", "field"), false, "when it is filled");
    });
  }

  const COVERED: Record<string, string> = {
    "an overlay": `${FIELD}<div style="position:fixed;inset:0;background:white"></div>`,
    "a transparent overlay": `${FIELD}<div style="position:fixed;inset:0"></div>`,
    "an overlay that lets clicks through": `${FIELD}<div style="position:fixed;inset:0;background:white;pointer-events:none"></div>`,
    "many thin overlays that let clicks through": `${FIELD}${`<div style="position:fixed;inset:0;background:rgb(255 255 255 / 30%);pointer-events:none"></div>`.repeat(4)}`,
    "a picture that lets clicks through": `${FIELD}<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>" style="position:absolute;left:0;top:0;width:900px;height:300px;pointer-events:none">`,
    "a positioned overlay from deep in another place": `<div style="position:relative;z-index:1">${FIELD}</div><div><div style="position:absolute;z-index:2;inset:0;background:white;pointer-events:none"></div></div>`,
    "a label as large as the page": `${FIELD}<label for=field style="position:fixed;inset:0;background:white"></label>`,
    "a modal dialog elsewhere": `${FIELD}<dialog id=d>Sign in here</dialog><script>d.showModal()</script>`,
    "a popover in the top layer": `${FIELD}<div popover id=p style="inset:0;width:100%;height:100%;margin:0">x</div><script>p.showPopover()</script>`,
    "another field": `<div style="position:relative;width:200px">${FIELD}<input style="position:absolute;left:0;top:0"></div>`,
    "a frame": `<div style="position:relative;width:200px">${FIELD}<iframe style="position:absolute;left:0;top:0;width:200px;height:30px"></iframe></div>`,
    "the background, from behind which it looks": `<div style="background:white;height:300px"><input id=field style="position:relative;z-index:-1"></div>`,
    "its own refusal of clicks": `<div style="pointer-events:none;padding:100px">${FIELD}</div>`,
    "a page that is inert": `<div inert style="padding:100px">${FIELD}</div>`,
    "its turning its back": `<div style="padding:100px;perspective:500px"><div style="transform:rotateY(180deg);backface-visibility:hidden">${FIELD}</div></div>`,
    "a mask that lets nothing through": `<div style="mask-image:linear-gradient(transparent,transparent)">${FIELD}</div>`,
    "half its opacity twice": `<div style="opacity:.6"><div style="opacity:.6">${FIELD}</div></div>`,
    "a path that leaves only a corner": `<div style="padding:50px;clip-path:circle(10px at 52px 52px)">${FIELD}</div>`,
  };
  for (const [name, html] of Object.entries(COVERED)) {
    test(`is not given a field behind ${name}`, async () => {
      const { call } = await open(html);
      assert.equal(await call("sees", "field"), true, "when it is looked for");
      await call("bring_into_view", "field");
      assert.equal(await call("lets_fill", "field"), false, "when it is filled");
    });
  }

  test("sees a field in closed roots, and not behind an overlay inside or outside of them", async () => {
    const { call, page } = await open(`<x-one id=one></x-one><div id=over></div>`);
    await call("attach", "one", "closed", `<x-two id=two></x-two><div id=within></div>`);
    await call("attach", "two", "closed", FIELD);
    assert.equal(await call("lets_fill", "field"), true);
    await call("attach", "within", "open", `<div style="position:fixed;inset:0;background:white"></div>`);
    assert.equal(await call("lets_fill", "field"), false);
    await page.evaluate(`document.querySelector("x-one").style.opacity = 0.1`);
    assert.equal(await call("sees", "field"), false);
  });

  test("does not see what a closed root draws faint around its slot", async () => {
    const { call } = await open(`<x-one id=one>${FIELD}</x-one>`);
    await call("attach", "one", "open", `<div style="opacity:.1"><slot></slot></div>`);
    assert.equal(await call("sees", "field"), false);
  });

  test("does not look at a field before it is in the window", async () => {
    const { call } = await open(`<p style="margin-top:4000px">${FIELD}`);
    assert.equal(await call("lets_fill", "field"), false);
    await call("bring_into_view", "field");
    assert.equal(await call("lets_fill", "field"), true);
  });
});

const USER = `<input name=user>`;
const PASS = `<input name=pass type=password>`;

describe("to submit, a person presses", () => {
  const PRESSED: Record<string, string> = {
    "the button": `<form>${USER}${PASS}<button id=it>Log in</button></form>`,
    "the one that says so, not the one that comes first": `<form>${USER}${PASS}<button type=button>Passwort anzeigen</button><a href="/reset">Passwort
      vergessen?</a><button type=button>Abbrechen</button><button id=it>Anmelden</button></form>`,
    "what says nothing but is made for it": `<form>${USER}${PASS}<input type=submit id=it></form>`,
    "a picture": `<form>${USER}${PASS}<input type=image id=it width=60 height=20></form>`,
    "a picture in a link": `<form>${USER}${PASS}<a href="javascript:send()" id=it><img alt="Log in" width=60 height=20></a></form>`,
    "a div with a handler": `<form>${USER}${PASS}<div id=it onclick="send()">Sign in</div></form>`,
    "a div that only a hand shows to be clickable": `<div>${USER}${PASS}<div>Welcome</div><div id=it style="cursor:pointer">Se connecter</div></div>`,
    "a span with a role": `<div>${USER}${PASS}<span id=it role=button tabindex=0>ログイン</span></div>`,
    "a button outside of the form that belongs to it": `<form id=f>${USER}${PASS}</form><footer><button>Newsletter</button><button form=f id=it>Войти</button></footer>`,
    "a button beside the form": `<div><form>${USER}${PASS}</form><div><button id=it type=button>登录</button></div></div>`,
    "not the button of another form": `<form><input type=hidden><button>Search</button></form><form>${USER}${PASS}<button id=it>Entrar</button></form>`,
    "not a way by another account": `<form>${USER}${PASS}<button type=button>Continue with Google</button><button id=it>Continue</button><button
      type=button>Sign in with Apple</button></form>`,
    "not a registration": `<form>${USER}${PASS}<button id=it>Sign in</button><button>Sign up</button></form>`,
    "the link of an ASP.NET page": `<form>${USER}${PASS}<a id=it href="javascript:__doPostBack('login','')">Login</a><a href="/help">Help</a></form>`,
    "the button of a form with fields named like what it has itself": `<form>${USER}${PASS}<input name=elements><input name=contains><input
      name=querySelectorAll><button id=it>Log in</button></form>`,
    "the step that is seen of two": `<form>${USER}<button style="display:none">Sign in</button><button id=it>Weiter</button></form>`,
    "the button although something is drawn around it": `<form>${USER}${PASS}<div class="btn btn-primary"><input type=submit id=it value="Kirjaudu"></div></form>`,
  };
  for (const [name, html] of Object.entries(PRESSED)) {
    test(name, async () => assert.equal(await (await open(html)).call("submit"), "it"));
  }

  test("a button in another root than the fields", async () => {
    const { call } = await open(`<x-card id=card></x-card>`);
    await call("attach", "card", "closed", `<x-field id=field></x-field><x-button id=button></x-button>`);
    await call("attach", "field", "closed", PASS);
    await call("attach", "button", "closed", `<button id=it>Log in</button>`);
    assert.equal(await call("submit"), "it");
  });

  const NOTHING: Record<string, string> = {
    "where there is only a way out": `<form>${USER}${PASS}<button type=button>Cancel</button><a href="/forgot">Forgot password?</a></form>`,
    "where what there is would end the account": `<form>${PASS}<button>Delete account</button></form>`,
    "where there is nothing": `<form>${USER}${PASS}</form>`,
    "where all that is there is far away": `<form>${USER}${PASS}</form><p style="margin-top:2000px"><a href="/x" onclick="go()">Read more</a>`,
  };
  for (const [name, html] of Object.entries(NOTHING)) {
    test(`nothing ${name}`, async () => assert.equal(await (await open(html)).call("submit"), null));
  }

  test("what keeps the new password, where one is changed", async () => {
    const { call } = await open(
      `<form>${PASS}<button type=button>Abbrechen</button><button>Konto löschen</button><button id=it>Speichern</button></form>`,
    );
    assert.equal(await call("submit", "change-password"), "it");
  });

  test("what opens the account, where somebody signs up", async () => {
    const { call } = await open(
      `<form>${PASS}<button type=button>Log in</button><button id=it>Créer un compte</button></form>`,
    );
    assert.equal(await call("submit", "sign-up"), "it");
  });
});

describe("selectors", () => {
  const LOGIN = `<form><input id=user name=login><input id=pass name=secret type=password><input id=old hidden name=gone><button id=go>Go</button></form>`;
  const FOUND: Record<string, [username: string, html?: string]> = {
    "as given": ["form > input[name=login]"],
    "as an id where it is a word": ["user"],
    "as a name where it is a word": ["login"],
    "as a name with a dollar": ["ctl00$User", `<input id=user name="ctl00$User">`],
    "as an id with a colon": [
      "form:user",
      `<input id="form:user" name=x><script>x = document.querySelector("[name=x]")</script>`,
    ],
    "of two, as the one that is seen": [
      "[name=twice]",
      `<input name=twice hidden><input name=twice id=user>`,
    ],
  };
  for (const [name, [username, html = LOGIN]] of Object.entries(FOUND)) {
    test(`are followed ${name}`, async () => {
      const { username: ids, troubles } = await (await open(html)).call("select", { username });
      assert.deepEqual([ids?.length, troubles], [1, []]);
    });
  }

  const TROUBLES: Record<string, [username: string, why: string]> = {
    "no browser understands": ["input[", "invalid"],
    "goes nowhere": ["#absent", "nothing"],
    "leads to something hidden": ["gone", "nothing"],
    "leads to something else than a field": ["form", "nothing"],
    "leads to two fields": ["form input", "several"],
    "goes into a root that is not there": ["#user >>> input", "nothing"],
    "ends with nothing": ["#user >>>", "invalid"],
  };
  for (const [name, [username, why]] of Object.entries(TROUBLES)) {
    test(`are not used where one ${name}`, async () => {
      const { troubles, ...found } = await (await open(LOGIN)).call("select", {
        username,
        current_password: "pass",
      });
      assert.deepEqual(troubles, [{ which: "username", selector: username, why }]);
      assert.deepEqual(found, { current_password: ["pass"], extras: [] });
    });
  }

  test("are not used where two lead to the same field", async () => {
    const { troubles } = await (await open(LOGIN)).call("select", {
      username: "#pass",
      current_password: "#pass",
    });
    assert.deepEqual(troubles, [{ which: "current_password", selector: "#pass", why: "several" }]);
  });

  test("may lead to the boxes of one code, and to a new password and its repetition", async () => {
    const { call } = await open(
      `<input class=c id=a><input class=c id=b><input class=n id=c><input class=n id=d>`,
    );
    const found = await call("select", { one_time_code: ".c", new_password: ".n" });
    assert.deepEqual(found, {
      one_time_code: ["a", "b"],
      new_passwords: ["c", "d"],
      extras: [],
      troubles: [],
    });
  });

  test("go into shadow roots", async () => {
    const { call } = await open(`<x-one id=one></x-one>`);
    await call("attach", "one", "closed", `<x-two id=two></x-two>`);
    await call("attach", "two", "open", `<input id=user>`);
    const { username } = await call("select", { username: "x-one >>> #two >>> input" });
    assert.deepEqual(username, ["user"]);
  });

  test("are found wrong before there is a page", async () => {
    const { call } = await open("");
    const wrong = await call("lint", { username: "user", submit: "a[", extras: ["x >>> y", "x >>> "] });
    assert.deepEqual(wrong, [
      { which: "submit", selector: "a[", why: "invalid" },
      { which: "extras", selector: "x >>> ", why: "invalid" },
    ]);
  });

  const LEARNED: Record<string, [html: string, username: string]> = {
    "an id": [`<input id=user>`, "#user"],
    "a name where the id is made up": [
      `<input id=user name=login>`.replace("id=user", 'id="ember1234"'),
      `input[name="login"]`,
    ],
    "the form's name where two forms are alike": [
      `<form id=left><input name=login></form><form id=right><input name=login data-it></form>`,
      `#right input[name="login"]`,
    ],
    "a place where nothing has a name": [`<div><input><input data-it></div>`, ""],
  };
  for (const [name, [html, expected]] of Object.entries(LEARNED)) {
    test(`are made of ${name}`, async () => {
      const { call, page } = await open(html);
      const id = await page.evaluate(`(() => {
        const field = document.querySelector("[data-it]") ?? document.querySelector("input");
        return field.id ||= ":r7:";
      })()`);
      assert.equal(typeof id, "string");
      const { selectors, again } = await call("learn", {
        username: CSS_ESCAPED[id as string] ?? (id as string),
      });
      assert.ok(again);
      if (expected) assert.equal(selectors.username, expected);
      else assert.ok(selectors.username && !selectors.username.includes("r7"));
    });
  }

  test("are made through closed roots, and found again", async () => {
    const { call } = await open(`<x-one id=one></x-one><x-one></x-one>`);
    await call(
      "attach",
      "one",
      "closed",
      `<input id=user><input id=pass type=password><button id=go>Go</button>`,
    );
    const { selectors, again } = await call("learn", {
      username: "user",
      current_password: "pass",
      submit: "go",
    });
    assert.ok(again);
    assert.deepEqual(selectors, {
      username: "#one >>> #user",
      current_password: "#one >>> #pass",
      submit: "#one >>> #go",
    });
  });
});

test("a page with 5,000 fields costs as much for each as one with 500, and no more for what submits", async () => {
  const work = async (fields: number) =>
    (await open(`<table>${`<tr><td><div><span><input></span></div>`.repeat(fields)}</table>`)).call("work");
  const [few, many] = [await work(500), await work(5_000)];
  assert.ok(many.styles <= 10 * few.styles, `${few.styles} styles, ${many.styles}`);
  assert.ok(many.compared <= few.compared + 500, `${few.compared} comparisons, ${many.compared}`);
});

const CSS_ESCAPED: Record<string, string> = { ":r7:": "\\:r7\\:" };
