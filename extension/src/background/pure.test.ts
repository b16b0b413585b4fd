import "../../test/english.ts";
// Small pure parts of the background worker.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import type { Sender } from "../ext.ts";
import { digest_of, lists } from "./origins.ts";
import { frame_of, is_own_page, plain_address, web_origin } from "./sender.ts";
import { is_same_site } from "./site.ts";
import { trouble_of } from "./trouble.ts";

const ID = "cfdnobpdpdpbjpkfoelhcglebaodkpak";
const TOP = {
  id: ID,
  tab: { id: 5, url: "https://app.example/login?x=1" },
  frameId: 0,
  documentId: "D",
  documentLifecycle: "active",
  origin: "https://app.example",
  url: "https://app.example/login?x=1",
} as unknown as Sender;

test("a digest is the first nine bytes of the keyed hash", async () => {
  const key = Buffer.alloc(32, 9);
  const mac = createHmac("sha256", key).update("https://app.example").digest();
  const digest = await digest_of("https://app.example", key.toString("base64url"));
  assert.equal(digest, mac.subarray(0, 9).toString("base64url"));
  assert.equal(digest.length, 12);
});

test("a digest is found where one begins, and nowhere between two", () => {
  const [one, two] = ["AAAAAABBBBBB", "CCCCCCDDDDDD"];
  assert.ok(lists(one + two, two));
  assert.ok(!lists(one + two, "BBBBBBCCCCCC"));
  assert.ok(lists(`${one + two}BBBBBBCCCCCC`, "BBBBBBCCCCCC"));
  assert.ok(!lists("", one));
});

test("a page is who the browser says it is", () => {
  const origin = "https://app.example";
  assert.deepEqual(frame_of(TOP, ID), {
    tab: 5,
    frame: 0,
    document: "D",
    frame_origin: origin,
    top_origin: origin,
  });
  const inner = { ...TOP, frameId: 3, origin: "https://other.example" } as Sender;
  assert.equal(frame_of(inner, ID)?.top_origin, origin);
  assert.equal(frame_of(inner, ID)?.frame_origin, "https://other.example");
});

test("a browser that has no word for what a document is like is believed, and no other", async () => {
  const { documentLifecycle: _, ...plain } = TOP as Sender & { documentLifecycle: string };
  const { described } = await import("../ext.ts");
  assert.equal(frame_of(described(plain as Sender), ID), null);
  (chrome.runtime as { getBrowserInfo?: unknown }).getBrowserInfo = () => undefined;
  assert.equal(frame_of(described(plain as Sender), ID)?.document, "D");
  delete (chrome.runtime as { getBrowserInfo?: unknown }).getBrowserInfo;
});

test("a sender that lacks a word, is hidden, or is no web page is refused", () => {
  for (const key of ["id", "tab", "frameId", "documentId", "documentLifecycle", "origin"] as const) {
    const { [key]: _, ...rest } = TOP;
    assert.equal(frame_of(rest as Sender, ID), null, key);
  }
  const others = [
    { id: "another" },
    { documentLifecycle: "prerender" },
    { origin: "null" },
    { origin: "file://" },
    { frameId: 3, tab: { id: 5 } },
  ];
  for (const other of others)
    assert.equal(frame_of({ ...TOP, ...other } as Sender, ID), null, JSON.stringify(other));
});

test("only pages of this extension are own pages", () => {
  const own = `chrome-extension://${ID}`;
  const popup = { id: ID, origin: own, url: `${own}/popup.html` } as Sender;
  assert.ok(is_own_page(popup, ID, own));
  assert.ok(!is_own_page(TOP, ID, own));
  assert.ok(!is_own_page({ ...popup, origin: undefined } as unknown as Sender, ID, own));
  assert.ok(!is_own_page({ ...popup, id: "another" } as Sender, ID, own));
  assert.ok(!is_own_page({ ...popup, url: `${own}.evil.example/` } as Sender, ID, own));
});

test("addresses lose what may be secret, and only web pages have an origin", () => {
  assert.equal(plain_address("https://app.example:8443/login?token=1#x"), "https://app.example:8443/login");
  assert.equal(web_origin("https://app.example/x"), "https://app.example");
  for (const url of ["file:///etc/passwd", "javascript:alert(1)", "chrome://settings", "no url", ""]) {
    assert.equal(web_origin(url), null, url);
  }
});

test("a login leads to the same site, with a dot between the names", () => {
  const login = "https://login.corp.example";
  for (const same of [
    login,
    "https://payroll.corp.example",
    "https://corp.example",
    "http://login.corp.example:8080",
  ]) {
    assert.ok(is_same_site(login, same), same);
  }
  for (const other of [
    "https://evil.example",
    "https://evillogin.corp.example.net",
    "https://xlogin.example",
  ]) {
    assert.ok(!is_same_site(login, other), other);
  }
  assert.ok(!is_same_site("https://a.com", "https://b.com"));
  assert.ok(!is_same_site("http://10.0.0.1", "http://11.0.0.1"));
});

test("every end of the host has its own words", () => {
  const said = [
    "Specified native messaging host not found.",
    "Access to the specified native messaging host is forbidden.",
    "Failed to start native messaging host.",
    "Native host has exited.",
    undefined,
  ];
  const messages = said.map((text) => trouble_of(text).message);
  assert.equal(new Set(messages).size, said.length);
  for (const text of said) assert.ok(trouble_of(text).hint.length > 0);
});
