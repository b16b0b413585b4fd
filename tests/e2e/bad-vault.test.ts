// Vault files and keychains that cannot be used: each is told apart and told with what to do, and the file stays as it is.
// `lanyard run` is the companion here, with a home, a bus and a keyring of its own, so that locking one hurts nobody.

import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, test } from "node:test";
import { lanyard } from "./lanyard.ts";
import { type Environment, gdbus, makePerson, startKeyring } from "./person.ts";
import { end, type Started, start, within } from "./process.ts";
import { program } from "./stage.ts";

interface Unavailable {
  problem: { code: string; message: string; hint: string };
  may_begin_new: boolean;
}

const KEYCHAIN_OR_VAULT = 9;

let person: Environment;
let vault: string;
let running: Started[];

beforeEach(async () => {
  running = [];
  person = makePerson();
  vault = join(person.XDG_DATA_HOME as string, "lanyard/vault.db");
  running.push(...(await startKeyring(person)));
  await end(await run(person, (state) => "locked" in state));
  assert.ok(existsSync(vault));
});

afterEach(async () => {
  for (const started of running.reverse()) await end(started);
});

describe("a vault file", () => {
  test("that is cut off is damaged, kept, and a new one may be begun", async () => {
    truncateSync(vault, 5000);
    const { problem, may_begin_new } = await expectUnavailable("vault");
    assert.match(problem.message, /damaged/);
    assert.equal(may_begin_new, true);
  });

  test("that is not one at all is kept", async () => {
    writeFileSync(vault, "These are my notes, and no vault.\n".repeat(300));
    await expectUnavailable("vault");
  });

  test("of a newer version is not touched", async () => {
    edit("PRAGMA user_version = 99");
    const { problem, may_begin_new } = await expectUnavailable("vault");
    assert.match(`${problem.message} ${problem.hint}`, /newer.*update/);
    assert.equal(may_begin_new, false);
  });

  test("of somebody else is not opened", async () => {
    const other = makePerson();
    running.push(...(await startKeyring(other)));
    await end(await run(other, (state) => "locked" in state));
    copyFileSync(join(other.XDG_DATA_HOME as string, "lanyard/vault.db"), vault);
    await expectUnavailable("vault");
  });
});

describe("a keychain", () => {
  test("that is absent is not an empty one", async () => {
    const { problem, may_begin_new } = await expectUnavailable("keychain", {
      DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/bus",
    });
    assert.doesNotMatch(problem.message, /locked/);
    assert.equal(may_begin_new, false);
  });

  test("that is locked is said to be locked, in bounded time", async () => {
    await lockKeyring(person);
    const { problem, may_begin_new } = await expectUnavailable("keychain");
    assert.match(problem.message, /locked/);
    assert.match(problem.hint, /unlock/i);
    assert.equal(may_begin_new, false);
  });

  test("that was made anew keeps the vault file, and a new one is begun only when asked for", async () => {
    for (const started of running.splice(0).reverse()) await end(started);
    rmSync(join(person.XDG_DATA_HOME as string, "keyrings"), { recursive: true });
    running.push(...(await startKeyring(person)));
    const { may_begin_new } = await expectUnavailable("vault");
    assert.equal(may_begin_new, true);
  });
});

/** Starts it on what is there; it has to say why it cannot, and to leave the file alone. */
async function expectUnavailable(code: string, changed: Environment = {}): Promise<Unavailable> {
  const before = readFileSync(vault);
  const env = { ...person, ...changed };
  let seen: Unavailable | undefined;
  const started = await run(env, (state) => {
    const unavailable = state.unavailable as Unavailable | undefined;
    if (unavailable?.problem.code === code) seen = unavailable;
    return seen !== undefined;
  });
  assert.ok(seen, `the vault to be unavailable: ${code}`);
  assert.ok(seen.problem.hint, "what to do");
  const unlocked = await lanyard(["unlock"], { env });
  assert.equal(unlocked.code, KEYCHAIN_OR_VAULT, unlocked.stderr);
  assert.match(unlocked.stderr, /^error: .*\nhint: ./);
  await end(started);
  assert.ok(before.equals(readFileSync(vault)), "the vault file to be as it was");
  return seen;
}

/** Runs the companion until the vault is as expected. */
async function run(
  env: Environment,
  expected: (state: Record<string, unknown>) => boolean,
): Promise<Started> {
  const started = await start("person-companion", program("lanyard"), ["run"], env);
  running.push(started);
  let last: unknown;
  const look = async () => {
    for (;;) {
      const { stdout, code } = await lanyard(["status", "--json"], { env });
      assert.equal(code, 0, stdout);
      last = JSON.parse(stdout).vault;
      if (expected(last as Record<string, unknown>)) return;
    }
  };
  await within(40_000, "the vault to be as expected", look()).catch((error: Error) => {
    throw new Error(`${error.message}, it is ${JSON.stringify(last)}`);
  });
  return started;
}

async function lockKeyring(person: Environment): Promise<void> {
  const service = ["--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets"];
  const method = ["--method", "org.freedesktop.Secret.Service.Lock"];
  const login = "['/org/freedesktop/secrets/collection/login']";
  await gdbus(["call", "--session", ...service, ...method, login], person);
}

function edit(statement: string): void {
  const database = new DatabaseSync(vault);
  database.exec(statement);
  database.close();
}
