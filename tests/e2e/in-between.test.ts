// Somebody between browser and companion, and a copy of a browser's profile: programs of the same person, which nothing but
// the channel keeps away from what is said.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Chromium } from "./chromium.ts";
import { Host, newProfile } from "./host.ts";
import { lanyard, pairedBrowsers } from "./lanyard.ts";
import { alice, type Payroll } from "./payroll.ts";
import { end, until } from "./process.ts";
import { answer, OTHER, pairHost, shownCode } from "./question.ts";
import { config } from "./stage.ts";
import { CONNECT, type Office, openWithPayroll } from "./world.ts";

let office: Office;
let payroll: Payroll;

before(async () => {
  ({ office, payroll } = await openWithPayroll());
});

after(async () => {
  await Promise.all([office.close(), end(payroll)]);
});

describe("somebody in the native host's place", () => {
  test("who pairs with both sides is shown up by the codes, which are never the same", async () => {
    const codes = new Set<string>();
    // The person is asked three times at most before a yes.
    for (let turn = 0; turn < 2; turn++) {
      const host = new Host(undefined, {}, inBetween("act"));
      assert.equal(await host.call(await newProfile()), "waits");
      const inBrowser = await host.connect();
      const inWindow = await shownCode(office.desktop, "Chromium");
      assert.notEqual(inBrowser, inWindow);
      // He knows what the window shows, and could not make the browser show it.
      assert.deepEqual(found(host, "code"), [inWindow]);
      codes.add(inBrowser).add(inWindow);
      await answer(office.desktop, "Connect Chromium?", OTHER);
      await host.close().catch(() => undefined);
    }
    assert.equal(codes.size, 4);
    assert.deepEqual(await pairedBrowsers(), []);
  });

  test("does not learn which browser calls, and is none that a paired one speaks to", async () => {
    const profile = await newProfile();
    const host = new Host();
    assert.ok("ok" in (await pairHost(office.desktop, host, profile)));
    await host.close();
    const fooled = new Host(undefined, {}, inBetween("act"));
    await assert.rejects(fooled.call(profile), { problem: "other_key" });
    await fooled.close().catch(() => undefined);
    assert.equal(found(fooled, "wish").length, 0);
    // The real one is there again, and nothing was lost.
    const again = new Host();
    assert.equal(await again.call(profile), "open");
    assert.ok("ok" in (await again.hello()));
    await again.close();
  });

  test("who carries everything sees neither passwords nor user names nor addresses", async () => {
    const profile = await newProfile();
    const host = new Host(undefined, {}, inBetween("pass"));
    assert.ok("ok" in (await pairHost(office.desktop, host, profile)));
    const origin = payroll.origin;
    const asked = { tab: 1, frame: 0, document: "0", frame_origin: origin, top_origin: origin };
    const suggested = await host.ask({ suggest: { frame: asked } });
    assert.ok("ok" in suggested);
    const { accounts } = (suggested.ok as { suggestions: { accounts: { app: string }[] } }).suggestions;
    const fill = { frame: asked, app: accounts[0]?.app, cause: { gesture: {} }, parts: ["password"] };
    const filled = await host.ask({ fill });
    assert.ok(JSON.stringify(filled).includes(alice.password), "the password to have travelled");
    await host.close();
    const seen = (found(host, "carried") as string[]).join("\n");
    assert.ok(seen.includes("channel"), "something to have been seen");
    for (const secret of [alice.password, alice.user, new URL(origin).host, accounts[0]?.app ?? ""]) {
      assert.ok(!seen.includes(secret) && !seen.includes(btoa(secret).slice(0, 8)), secret);
    }
  });
});

describe("a browser profile that is copied", () => {
  test("is found as soon as both have called, and neither is given anything after", async () => {
    let original = await Chromium.start();
    await office.connect(original);
    await original.end();
    cpSync(join(config, "chromium"), join(config, "chromium-copy"), { recursive: true });
    original = await Chromium.start();
    await until("the original to be connected", async () =>
      (await pairedBrowsers()).some(({ connected }) => connected),
    );
    await original.end();
    const copy = await Chromium.start({ profile: "chromium-copy" });
    const popup = await copy.open(copy.own("popup.html"));
    await popup.waitFor({ says: "This browser was cut off" });
    const [found] = (await pairedBrowsers()).filter(({ caution }) => caution === "copied");
    assert.ok(found, "the list to say which");
    assert.match((await lanyard(["activity"])).stdout, /copy found/);
    await copy.end();
    original = await Chromium.start();
    const after = await original.open(original.own("popup.html"));
    await after.waitFor(CONNECT);
    await original.end();
  });
});

/** What starts in-between.ts in the host's place. */
function inBetween(how: "pass" | "act"): string[] {
  return [process.execPath, new URL("in-between.ts", import.meta.url).pathname, how];
}

/** What it has found out of this kind. */
function found(host: Host, what: string): unknown[] {
  const lines = host.stderr.split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line)).flatMap((line) => (what in line ? [line[what]] : []));
}
