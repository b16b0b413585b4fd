// Somebody between browser and companion, and a copy of a browser's profile: programs of the same person, which nothing but
// the channel keeps away from what is said.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, globSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, describe, test } from "node:test";
import { Chromium } from "./chromium.ts";
import { Host, newProfile } from "./host.ts";
import { lanyard, lanyardJson } from "./lanyard.ts";
import { alice, type Payroll } from "./payroll.ts";
import { end, within } from "./process.ts";
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

describe("somebody between the native host and the companion", () => {
  let between: InBetween | undefined;
  const sits = async (how: "pass" | "act") => {
    between = await InBetween.start(how);
    return between;
  };
  const leave = async () => {
    await between?.stop();
    between = undefined;
  };
  afterEach(leave);

  test("who pairs with both sides is shown up by the codes, which are never the same", async () => {
    const between = await sits("act");
    const codes = new Set<string>();
    // The person is asked three times at most before a yes.
    for (let turn = 0; turn < 2; turn++) {
      const host = new Host();
      assert.equal(await host.call(await newProfile()), "waits");
      const inBrowser = await host.connect();
      const inWindow = await shownCode(office.desktop, "Chromium");
      assert.notEqual(inBrowser, inWindow);
      // He knows what the window shows, and could not make the browser show it.
      assert.deepEqual(await between.found("code"), inWindow);
      codes.add(inBrowser).add(inWindow);
      await answer(office.desktop, "Connect Chromium?", OTHER);
      await host.close().catch(() => undefined);
    }
    assert.equal(codes.size, 4);
    assert.deepEqual(await paired(), []);
  });

  test("does not learn which browser calls, and is none that a paired one speaks to", async () => {
    const profile = await newProfile();
    const host = new Host();
    assert.ok("ok" in (await pairHost(office.desktop, host, profile)));
    await host.close();
    const between = await sits("act");
    const fooled = new Host();
    await assert.rejects(fooled.call(profile), { problem: "other_key" });
    await fooled.close().catch(() => undefined);
    assert.equal(between.all("wish").length, 0);
    await leave();
    // The real one is there again, and nothing was lost.
    const again = new Host();
    assert.equal(await again.call(profile), "open");
    assert.ok("ok" in (await again.hello()));
    await again.close();
  });

  test("who carries everything sees neither passwords nor user names nor addresses", async () => {
    const between = await sits("pass");
    const profile = await newProfile();
    const host = new Host();
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
    const seen = (between.all("carried") as string[]).join("\n");
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
    await until(async () => (await paired()).some(({ connected }) => connected));
    await original.end();
    const copy = await Chromium.start({ profile: "chromium-copy" });
    const popup = await copy.open(copy.own("popup.html"));
    await popup.waitFor({ says: "This browser was cut off" });
    const [found] = (await paired()).filter(({ caution }) => caution === "copied");
    assert.ok(found, "the list to say which");
    assert.match((await lanyard(["activity"])).stdout, /copy found/);
    await copy.end();
    original = await Chromium.start();
    const after = await original.open(original.own("popup.html"));
    await after.waitFor(CONNECT);
    await original.end();
  });
});

type Paired = { profile: string; connected: boolean; caution?: string };

async function paired(): Promise<Paired[]> {
  return ((await lanyardJson(["browsers", "list"])) as { paired: Paired[] }).paired;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) assert.ok(Date.now() < deadline, "it to come about");
}

/** The program of in-between.ts. */
class InBetween {
  readonly #process: ChildProcess;
  readonly #found: Record<string, unknown>[] = [];
  #look: () => void = () => undefined;

  private constructor(socket: string, how: "pass" | "act") {
    const program = new URL("in-between.ts", import.meta.url).pathname;
    this.#process = spawn(process.execPath, [program, socket, how], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => {
      this.#found.push(JSON.parse(line));
      this.#look();
    });
  }

  static async start(how: "pass" | "act"): Promise<InBetween> {
    const [socket] = globSync(join(process.env.XDG_RUNTIME_DIR ?? "", "lanyard*/**/companion.sock"));
    assert.ok(socket, "the companion's socket to be there");
    const between = new InBetween(socket, how);
    await between.found("listens");
    return between;
  }

  all(what: string): unknown[] {
    return this.#found.flatMap((found) => (what in found ? [found[what]] : []));
  }

  /** The next of what it finds out of this kind. */
  async found(what: string): Promise<unknown> {
    const come = new Promise<unknown>((resolve) => {
      this.#look = () => {
        const at = this.#found.findIndex((found) => what in found);
        if (at < 0) return;
        this.#look = () => undefined;
        resolve(this.#found.splice(at, 1)[0]?.[what]);
      };
      this.#look();
    });
    return within(5000, `it finds out: ${what}`, come);
  }

  /** It puts the socket back where it was. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGTERM");
    await ended;
  }
}
