// A laptop that gives trouble: its disk is full, its keychain is another one, its folders cannot be written, two
// companions start at once, extension and companion are of different versions.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Host, newProfile } from "./host.ts";
import { INSIDE, lanyard, lanyardJson, status, vaultIsThere } from "./lanyard.ts";
import { type Environment, makePerson, startKeyring, startSecrets } from "./person.ts";
import { end, type Started, start, within } from "./process.ts";
import { type Provider, startProvider } from "./provider.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { program } from "./stage.ts";
import { windowsOf } from "./window.ts";
import { configure } from "./world.ts";

const EXIT = { failed: 1, unavailable: 3, keychain_or_vault: 9 };
const NO_NAMESPACES = process.env.LANYARD_E2E_NO_SANDBOX === "1" && "this kernel gives no namespaces";

let person: Environment;
let provider: Provider;
let running: Started[];

beforeEach(async () => {
  person = makePerson();
  provider = await startProvider();
  configure(provider, person.XDG_CONFIG_HOME);
  running = [provider, ...(await startKeyring(person))];
});

afterEach(async () => {
  for (const started of running.reverse()) await end(started);
});

describe("a disk that is full", () => {
  test("loses nothing: what does not fit is refused, the rest is there, also after a restart", {
    skip: NO_NAMESPACES,
  }, async () => {
    const data = join(person.XDG_DATA_HOME as string, "lanyard");
    mkdirSync(data, { mode: 0o700 });
    const disk = await mountDisk(data);
    // From outside of its namespaces the command could not be told from another program.
    person[INSIDE] = String(disk.pid);
    let companion = await runOn(disk);
    await signInAtTerminal(provider, [], person);
    assert.equal((await add("Payroll 2004")).code, 0);

    const filler = `/proc/${disk.pid}/root${data}/filler`;
    fill(filler);
    const refused = await addUntilRefused();
    assert.equal(refused.code, EXIT.keychain_or_vault, refused.stderr);
    assert.match(refused.stderr, /^error: .*\nhint: .*disk/);
    const before = await apps();
    assert.ok(before.includes("Payroll 2004"));
    await stop(disk, companion);

    // Full while it starts: a state that is told, and no end.
    companion = await runOn(disk);
    assert.ok((await lanyard(["status"], { env: person })).code === 0);
    await stop(disk, companion);

    rmSync(filler);
    companion = await runOn(disk);
    assert.equal((await lanyard(["unlock"], { env: person })).code, 0);
    assert.deepEqual(await apps(), before);
    assert.equal((await add("Intranet")).code, 0);
    await stop(disk, companion);
  });
});

describe("two companions that start at once", () => {
  test("are one that serves, and all show its one window", async () => {
    const env = { ...process.env, ...person };
    const starts = [1, 2, 3].map(() => spawn(program("lanyard-companion"), [], { stdio: "ignore", env }));
    const codes = starts.map((child) => once(child, "exit").then(([code]) => code));
    const served = new Promise<void>((resolve) => {
      let over = 0;
      for (const code of codes) code.then(() => ++over === 2 && resolve());
    });
    await within(30_000, "two of three to be over", served);
    const [one, ...none] = starts.filter((child) => child.exitCode === null && child.signalCode === null);
    assert.ok(one && none.length === 0, "exactly one to serve");
    await vaultIsThere(person);
    const ended = codes.filter((_, index) => starts[index] !== one);
    assert.deepEqual(await Promise.all(ended), [0, 0], "each other start to have shown it");
    assert.equal((await windowsOf({ pid: one.pid as number })).length, 1);
    one.kill("SIGTERM");
    await once(one, "exit");
  });

  test("without a window the second says that one runs", async () => {
    await run();
    const { code, stderr } = await lanyard(["run"], { env: person });
    assert.notEqual(code, 0);
    assert.match(stderr, /^error: .*runs?.*\nhint: ./);
    await status(person);
  });
});

describe("a keychain that is replaced under a running companion", () => {
  test("opens nothing and is given no new key, and the right one opens the vault again", async () => {
    await run();
    await signInAtTerminal(provider, [], person);
    assert.equal((await add("Payroll 2004")).code, 0);
    const files = () =>
      readdirSync(join(person.XDG_DATA_HOME as string, "lanyard")).filter((name) => /db$/.test(name));
    const keyrings = join(person.XDG_DATA_HOME as string, "keyrings");
    const kept = join(person.HOME as string, "kept-keyrings");
    assert.equal((await lanyard(["lock"], { env: person })).code, 0);
    const before = files();

    await replaceKeyring(() => {
      cpSync(keyrings, kept, { recursive: true });
      rmSync(keyrings, { recursive: true });
    });
    const { code, stderr } = await lanyard(["unlock"], { env: person });
    assert.equal(code, EXIT.keychain_or_vault, stderr);
    assert.match(stderr, /^error: .*\nhint: ./);
    assert.deepEqual(files(), before, "no vault to be put aside, and none to be begun");
    assert.ok("unavailable" in (await status(person)).vault, "the vault to be said to be unavailable");

    await replaceKeyring(() => {
      rmSync(keyrings, { recursive: true, force: true });
      cpSync(kept, keyrings, { recursive: true });
    });
    const alone = await lanyard(["unlock"], { env: person });
    assert.equal(alone.code, EXIT.unavailable, "a command alone to open nothing where nobody can be asked");
    assert.match(alone.stderr, /^error: .*\nhint: ./);
    assert.equal((await status(person)).account?.name, "Alice Meyer", "nobody to have been signed out by it");
    assert.equal((await lanyard(["sign-out"], { env: person })).code, 0);
    await signInAtTerminal(provider, [], person);
    assert.deepEqual(await apps(), ["Payroll 2004"]);
  });
});

describe("a folder that cannot be written", () => {
  test("of a browser is said by name, and the other browsers are told all the same", async () => {
    const profile = join(person.XDG_CONFIG_HOME as string, "chromium");
    mkdirSync(profile);
    chmodSync(profile, 0o500);
    const companion = await run();
    const { code, stdout, stderr } = await lanyard(["browsers", "install"], { env: person });
    assert.equal(code, EXIT.failed, stdout);
    assert.match(`${stdout}${stderr}`, /cannot write .*chromium/);
    assert.match(stderr, /hint: .*can be written to/);
    const firefox = join(person.HOME as string, ".mozilla/native-messaging-hosts/lanyard.native_host.json");
    assert.equal(JSON.parse(readFileSync(firefox, "utf8")).name, "lanyard.native_host");
    const { found } = (await lanyardJson(["browsers", "list"], { env: person })) as {
      found: { name: string; state: string }[];
    };
    assert.equal(found.find(({ name }) => name === "Chromium")?.state, "missing");
    assert.equal(companion.process.exitCode, null);
    chmodSync(profile, 0o700);
    assert.equal((await lanyard(["browsers", "install"], { env: person })).code, 0);
  });

  test("of the settings keeps them as they were, and says so", async () => {
    await run();
    const folder = join(person.XDG_CONFIG_HOME as string, "lanyard");
    chmodSync(folder, 0o500);
    const { code, stderr } = await lanyard(["settings", "set", "theme", "dark"], { env: person });
    chmodSync(folder, 0o700);
    assert.equal(code, EXIT.failed);
    assert.match(stderr, /^error: the settings could not be saved\nhint: ./);
    const { theme } = (await lanyardJson(["settings"], { env: person })) as { theme: string };
    assert.equal(theme, "system");
  });
});

describe("an extension of another version", () => {
  test("that is newer is answered in the newest that both know", async () => {
    await run();
    const host = new Host(undefined, person);
    assert.equal(await host.call(await newProfile(), "Chromium", [5, 4]), "waits");
    await host.close();
  });

  for (const [which, versions] of [
    ["newer", [6, 5]],
    ["of before there was a channel", [3, 2]],
  ] as const) {
    test(`that is ${which} is told to update, and hangs nowhere`, async () => {
      await run();
      const host = new Host(undefined, person);
      await assert.rejects(host.call(await newProfile(), "Chromium", [...versions]));
      const [told] = host.news as { unavailable: { message: string; hint: string } }[];
      assert.match(told?.unavailable.message ?? "", /versions/);
      assert.match(told?.unavailable.hint ?? "", /update/);
      await host.close().catch(() => undefined);
      await status(person);
    });
  }
});

/** Starts a companion without tray and window. */
async function run(): Promise<Started> {
  const started = await start("laptop-companion", program("lanyard"), ["run"], person);
  running.push(started);
  await vaultIsThere(person);
  return started;
}

/** A shell in a mount namespace of its own, where a folder is a disk of 4 MB. It does what is written to it. */
async function mountDisk(folder: string): Promise<Started> {
  const mount = `mount -t tmpfs -o size=4m,mode=700 none ${folder} && echo ready && exec sh`;
  const options = ["--user", "--map-current-user", "--keep-caps", "--mount"];
  const disk = await start("disk", "unshare", [...options, "sh", "-c", mount], person);
  running.push(disk);
  return disk;
}

async function runOn(disk: Started): Promise<number> {
  const said = once(disk.process.stdout as never, "data");
  disk.process.stdin?.write(`${program("lanyard")} run </dev/null >/dev/null & echo $!\n`);
  const [pid] = await within(5000, "the shell to answer", said);
  await within(20_000, "a companion that answers", answers());
  return Number(pid);
}

/** Ends the companion on a disk, and waits until nobody answers. */
async function stop(disk: Started, companion: number): Promise<void> {
  disk.process.stdin?.write(`kill ${companion}\n`);
  const gone = async () => {
    while ((await lanyard(["status"], { env: person })).code === 0);
  };
  await within(10_000, "the companion ends", gone());
}

async function answers(): Promise<void> {
  while ((await lanyard(["status"], { env: person })).code !== 0);
}

/** Writes until nothing fits any longer. */
function fill(file: string): void {
  for (const size of [65_536, 4096, 512])
    for (;;) {
      try {
        appendFileSync(file, Buffer.alloc(size, 1));
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, "ENOSPC");
        break;
      }
    }
}

/** There may be room left in the files that are there already. */
async function addUntilRefused() {
  for (let turn = 0; turn < 500; turn++) {
    const added = await add(`App ${turn}`);
    if (added.code !== 0) return added;
  }
  throw new Error("a full disk took 500 credentials");
}

function add(name: string) {
  const args = [
    "credentials",
    "add",
    "--name",
    name,
    "--url",
    "https://payroll.example/login",
    "--user",
    name,
  ];
  return lanyard(args, { input: "rabbit-hole\n", env: person });
}

async function apps(): Promise<string[]> {
  const { apps } = (await lanyardJson(["credentials", "list"], { env: person })) as {
    apps: { name: string }[];
  };
  return apps.map(({ name }) => name).sort();
}

/** The keyring ends, its files are changed, and it starts again. */
async function replaceKeyring(change: () => void): Promise<void> {
  const at = running.findIndex(({ log }) => log.endsWith("person-keyring.log"));
  await end(running[at]);
  change();
  const keyring = await startSecrets(person);
  running[at] = keyring;
}
