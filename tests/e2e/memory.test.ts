// What is left in the companion's memory after a lock, and who can look: root dumps it and searches for what went through it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { openSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { Host, newProfile, type Outcome } from "./host.ts";
import { lanyard, status, vaultIsThere } from "./lanyard.ts";
import { end, within } from "./process.ts";
import { answer, pairHost } from "./question.ts";
import { searchMemory } from "./root.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { home, program } from "./stage.ts";
import { closeWindow, windowsOf } from "./window.ts";
import { Office, startCompanion } from "./world.ts";

const ORIGIN = "https://payroll.example";
const FRAME = { tab: 1, frame: 0, document: "0", frame_origin: ORIGIN, top_origin: ORIGIN };

/** Secrets of one run, each on a way of its own through the companion. */
const secrets = {
  added: canary(),
  changed: canary(),
  imported: canary(),
  captured: canary(),
  discarded: canary(),
  "one-time code": canary("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
  notes: canary(),
};
const user = canary();

let office: Office;

before(async () => {
  office = await Office.open();
  await signInAtTerminal(office.provider);
});

after(() => office.close());

describe("a locked companion", () => {
  test("has no secret and no user name in its memory that it had while it was unlocked", async (t) => {
    if (!(await searchMemory(office.companion.pid, [Buffer.from("lanyard")]))) {
      t.skip("only root can look");
      return;
    }
    const device = await deviceSecret();
    await useThem();
    assert.ok(((await find({ user })) as Found)["user, UTF-8"], "the search to find what is there");
    assert.equal((await lanyard(["lock"])).code, 0);
    assert.deepEqual((await status()).vault, { locked: {} });
    assert.deepEqual(await find({ ...secrets, user }), {}, "nothing of it to be left");
    assert.deepEqual(await find({ "device secret": device }), {}, "nor what opens the vault");
    const raw = await searchMemory(office.companion.pid, [Buffer.from(device, "base64")]);
    assert.deepEqual(raw, [0], "nor its bytes");
  });
});

describe("the companion's memory", () => {
  for (const file of ["mem", "maps", "environ", "stack", "auxv"])
    test(`is not for another program of the same user: ${file}`, () => {
      assert.throws(
        () => readFileSync(openSync(`/proc/${office.companion.pid}/${file}`, "r")),
        /EACCES|EPERM/,
      );
    });

  test("does not say which files it has open", () => {
    assert.throws(() => readlinkSync(`/proc/${office.companion.pid}/fd/0`), /EACCES|EPERM/);
  });

  test("goes into no core dump", () => {
    const limits = readFileSync(`/proc/${office.companion.pid}/limits`, "utf8");
    assert.match(limits, /^Max core file size +0 +0 /m);
  });
});

describe("certificates that the environment names", () => {
  test("are not there any longer once the companion has begun", async (t) => {
    await end(office.companion);
    const named = `/${canary()}`;
    const environment = { SSL_CERT_FILE: named, SSL_CERT_DIR: named };
    office.companion = await startCompanion(environment);
    await vaultIsThere();
    const counts = await searchMemory(office.companion.pid, [
      Buffer.from(named),
      Buffer.from("XDG_RUNTIME_DIR="),
    ]);
    if (!counts) return t.skip("only root can look");
    assert.equal(counts[0], 0);
    assert.ok(counts[1], "the rest of the environment to be there");
  });
});

/** What opens the vault, in Base64; the companion is another one afterwards. */
async function deviceSecret(): Promise<string> {
  await end(office.companion);
  const { stdout } = await promisify(execFile)(program("device-secret"));
  await office.startCompanion();
  await vaultIsThere();
  return stdout.trim();
}

/** Saved, changed, imported, captured, filled, shown, handed out: every way that a secret takes. */
async function useThem(): Promise<void> {
  const add = ["credentials", "add", "--name", "Payroll", "--url", `${ORIGIN}/login`, "--user", user];
  await done(add, `${secrets.added}\n`);
  await done(["credentials", "edit", "Payroll", "--notes"], secrets.notes);
  await done(["credentials", "edit", "Payroll", "--one-time-code"], `${secrets["one-time code"]}\n`);
  await done(["credentials", "edit", "Payroll", "--password"], `${secrets.changed}\n`);
  const file = join(home, "import.csv");
  writeFileSync(
    file,
    `name,url,username,password\nIntranet,https://intranet.example/login,bob,${secrets.imported}\n`,
  );
  await done(["credentials", "import", file, "--yes"]);

  const host = new Host();
  must(await pairHost(office.desktop, host, await newProfile()));
  const { suggestions } = must(await host.ask({ suggest: { frame: FRAME } })) as {
    suggestions: { accounts: { app: string }[] };
  };
  const app = suggestions.accounts[0]?.app;
  const parts = ["user_name", "password", "one_time_code"];
  const filled = must(await host.ask({ fill: { frame: FRAME, app, cause: { gesture: {} }, parts } }));
  assert.ok(JSON.stringify(filled).includes(secrets.changed), "the fill to have the password");
  await capture(host, secrets.captured, { save: { name: "Wiki", auto_submit: true } });
  await capture(host, secrets.discarded, { not_now: {} });
  await host.close();

  const showing = lanyard(["credentials", "show", "Payroll", "--only"]);
  await answer(office.desktop, "Show the password of Payroll?", "Show");
  assert.equal((await within(20_000, "the password", showing)).stdout, `${secrets.changed}\n`);
  const exporting = lanyard(["credentials", "export", "-"]);
  await answer(office.desktop, "Hand out 3 logins unprotected?", "Hand out");
  assert.ok((await within(20_000, "the export", exporting)).stdout.includes(secrets.imported));
  if ((await windowsOf(office.companion)).length > 0) await closeWindow(office.desktop, office.companion);
}

async function capture(host: Host, password: string, decision: object): Promise<void> {
  const origin = "https://wiki.example";
  const frame = { ...FRAME, frame_origin: origin, top_origin: origin };
  const typed = { frame, user_name: `${password.slice(0, 3)}-alice`, password, title: "Wiki" };
  const { captured } = must(await host.ask({ capture: { ...typed, login_url: `${origin}/login` } })) as {
    captured: { capture: string };
  };
  must(await host.ask({ capture_ended: { capture: captured.capture, signed_in: true } }));
  must(await host.ask({ offer: { capture: captured.capture } }));
  must(await host.ask({ answer_offer: { capture: captured.capture, answer: decision } }));
}

type Found = Record<string, number>;

/** Which of these are in the companion's memory, whole or by half, in which encoding, how often. */
async function find(needles: Record<string, string>): Promise<Found> {
  const wanted = Object.entries(needles).flatMap(([name, text]) => [
    ...(["utf8", "utf16le"] as const).map((encoding) => ({
      name: `${name}, ${encoding === "utf8" ? "UTF-8" : "UTF-16"}`,
      bytes: Buffer.from(text, encoding),
    })),
    { name: `${name}, first half`, bytes: Buffer.from(text.slice(0, text.length / 2)) },
    { name: `${name}, second half`, bytes: Buffer.from(text.slice(text.length / 2)) },
    { name: `${name}, Base64`, bytes: Buffer.from(Buffer.from(text).toString("base64").slice(0, -4)) },
  ]);
  const counts = await searchMemory(
    office.companion.pid,
    wanted.map(({ bytes }) => bytes),
  );
  assert.ok(counts, "root to look");
  const found = wanted.map(({ name }, index) => [name, counts[index] ?? 0] as const);
  return Object.fromEntries(found.filter(([, count]) => count > 0));
}

/** Text that is nowhere else in the world. */
function canary(alphabet = "abcdefghijkmnpqrstuvwxyz23456789"): string {
  return Array.from(randomBytes(32), (byte) => alphabet[byte % alphabet.length]).join("");
}

async function done(args: string[], input?: string): Promise<void> {
  const { code, stderr } = await lanyard(args, input === undefined ? {} : { input });
  assert.equal(code, 0, stderr);
}

function must(outcome: Outcome): unknown {
  assert.ok("ok" in outcome, JSON.stringify(outcome));
  return outcome.ok;
}
