import assert from "node:assert/strict";
import { test } from "node:test";
import { completeAddress, hostOf, isLoopback, splitAddress } from "./address.ts";

test("an address is split around its host and nothing is lost", () => {
  for (const [address, host] of [
    ["https://acme.okta.com/activate?user_code=A#b", "acme.okta.com"],
    ["http://127.0.0.1:3001/device", "127.0.0.1:3001"],
    ["https://acme.okta.com", "acme.okta.com"],
    ["https://acme.okta.com@evil.example/", "acme.okta.com@evil.example"],
  ] as const) {
    const parts = splitAddress(address);
    assert.equal(parts.host, host);
    assert.equal(parts.before + parts.host + parts.after, address);
  }
});

test("what is no address is shown as it is", () => {
  assert.equal(hostOf("acme"), "acme");
});

test("a typed address without a scheme gets https, and another scheme is left for the companion to refuse", () => {
  assert.equal(completeAddress(" acme.okta.com "), "https://acme.okta.com");
  assert.equal(completeAddress("http://localhost:3001"), "http://localhost:3001");
  assert.equal(completeAddress("  "), "");
});

test("only this computer is loopback", () => {
  assert.ok(["http://127.0.0.1:3001/x", "http://localhost/", "http://[::1]:80/"].every(isLoopback));
  assert.ok(
    !["https://localhost.example/", "https://127.0.0.1.example/", "https://acme.okta.com"].some(isLoopback),
  );
});
