// Finder and filler on small pages in Chromium.

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
    "a new password": `<form><h2>Choose your password</h2>${USER}<input type=password name=pass autocomplete=new-password>${SUBMIT}</form>`,
    "a password and its repetition": `<form>${USER}${PASS}<input type=password name=again>${SUBMIT}</form>`,
    "a change of password": `<form><input type=password autocomplete=current-password><input type=password>${SUBMIT}</form>`,
    "a sign-up form by its button": `<form action=/register><h2>Create your account</h2>${USER}${PASS}<button>Create account</button></form>`,
    "a sign-up form by its many fields": `<form action=/register><input name=first><input name=last><input name=city>${USER}${PASS}<button>Register</button></form>`,
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

function open(html: string): Promise<IsolatedPage> {
  return pages.open(html);
}
