import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Purpose } from "../content/finder/found.ts";
import type { Captured, Landed } from "../messages.ts";
import { judge, type Verdict } from "./verdict.ts";

type Row = [what: string, asks: Purpose[], verdict: Verdict, more?: Partial<Landed>];

const AFTER: Record<Captured["purpose"], Row[]> = {
  login: [
    ["a page that asks for nothing", [], "signed_in"],
    ["the form again", ["login"], "failed"],
    ["the password again", ["password-step"], "failed"],
    ["an error without a form", [], "failed", { status: 403 }],
    ["an error with a form for something else", ["sign-up"], "failed", { status: 500 }],
    ["a question for a code", ["one-time-code"], "wait"],
    ["a question for a code beside the form", ["login", "one-time-code"], "wait"],
    ["a password that has to be changed first", ["change-password"], "wait"],
    ["a form to sign up or to read news by mail", ["sign-up", "username-step"], "signed_in"],
    ["the user name's step again", ["username-step"], "failed", { is_login_page: true }],
  ],
  "change-password": [
    ["a page that asks for nothing", [], "signed_in"],
    ["the form again", ["change-password"], "failed"],
    ["a login with the new password", ["login"], "signed_in"],
    ["an error", [], "failed", { status: 422 }],
  ],
  "sign-up": [
    ["a page that asks for nothing", [], "signed_in"],
    ["the form again", ["sign-up", "login"], "failed"],
    ["a login with the new account", ["login"], "signed_in"],
  ],
};

for (const [purpose, rows] of Object.entries(AFTER) as [Captured["purpose"], Row[]][]) {
  describe(`after a ${purpose}`, () => {
    for (const [what, asks, verdict, more = {}] of rows) {
      test(`${what}: ${verdict}`, () => {
        assert.equal(judge(purpose, { asks, is_login_page: false, status: 200, ...more }), verdict);
      });
    }
  });
}
