// Programs that want what is not theirs: another user, a squatter, a fake companion, a fake host, a flood, a reader that does not
// read, and the genuine command in another program's hands. Each is a program of its own.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { extensionId } from "./chromium.ts";
import { frame } from "./frame.ts";
import { digitsOf, Host, newProfile, type Outcome, type Profile } from "./host.ts";
import { lanyard, status } from "./lanyard.ts";
import { end, start, within } from "./process.ts";
import { answer, pairHost } from "./question.ts";
import { asNobody, knockAsRoot } from "./root.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { data, home, program } from "./stage.ts";
import { closeWindow, windowsOf } from "./window.ts";
import { addPayroll, Office } from "./world.ts";

const EXIT = { failed: 1, unavailable: 3, declined: 6 };
const SECRET = "s3cret of the adversaries";
const ATTACH = { terminal: { versions: [4] } };
const ATTACH_AS_BROWSER = { browser: { extension: `chrome-extension://${extensionId()}/` } };
const STATUS = { id: 1, request: { status: {} } };

let office: Office;

before(async () => {
  office = await Office.open();
  await signInAtTerminal(office.provider);
  await addPayroll("https://payroll.example/login", { user: "alice", password: SECRET });
});

after(() => office.close());

describe("another user", () => {
  test("does not reach the socket, and root that does is sent away unheard", async (t) => {
    const refused = await asNobody("ls", socketPath());
    if (!refused) return t.skip("only root can be another user");
    assert.match(refused.said, /Permission denied/);
    const greeting = Buffer.concat([frame(ATTACH), frame(STATUS)]);
    assert.equal(await knockAsRoot(socketPath(), greeting), 0);
    await status();
  });

  test("who made the folder of the socket first gets neither companion nor host", async (t) => {
    // A runtime folder that everybody may write to, as a badly set up system has it.
    const runtime = mkdtempSync("/tmp/lanyard-shared-");
    chmodSync(runtime, 0o1777);
    const env = { XDG_RUNTIME_DIR: runtime };
    const folder = join(runtime, folderName());
    const squatted = await asNobody("mkdir", "--mode=777", folder);
    if (!squatted) return t.skip("only root can be another user");
    assert.equal(squatted.code, 0, squatted.said);

    const host = new Host(undefined, env);
    assert.equal(await within(5000, "the host ends", host.ended), 1);
    assert.match(reason(host).message, /not private/);
    const companion = await promisify(execFile)(program("lanyard"), ["run"], {
      env: { ...process.env, ...env },
    }).catch((error: { code: number; stderr: string }) => error);
    assert.match(companion.stderr, /^error: the folder .* is not private to you\n/);
    assert.equal((await lanyard(["status"], { env })).code, EXIT.unavailable);
    assert.deepEqual(readdirSync(folder), []);
    await asNobody("rmdir", folder);
    rmdirSync(runtime);
  });
});

describe("a second companion", () => {
  test("does not take the socket away from the first", async () => {
    const before = statSync(socketPath()).ino;
    const second = await promisify(execFile)(program("lanyard"), ["run"]).catch(
      (error: { stderr: string }) => error,
    );
    assert.match(second.stderr, /^error: lanyard is already running\n/);
    assert.equal(statSync(socketPath()).ino, before);
    assert.ok((await status()).account);
  });
});

describe("a fake companion", () => {
  for (const [who, speak] of [
    ["host", () => new Host(undefined, { XDG_RUNTIME_DIR: join(home, "fake-run") }).ended],
    [
      "command",
      async () =>
        (await lanyard(["credentials", "list"], { env: { XDG_RUNTIME_DIR: join(home, "fake-run") } })).code,
    ],
  ] as const)
    test(`that listens in the companion's place hears not a byte from the ${who}`, async () => {
      const runtime = join(home, "fake-run");
      mkdirSync(join(runtime, folderName()), { recursive: true, mode: 0o700 });
      const heard: Buffer[] = [];
      const fake = createServer((socket) => socket.on("data", (bytes) => heard.push(Buffer.from(bytes))));
      fake.listen(join(runtime, folderName(), "companion.sock"));
      await once(fake, "listening");
      const called = once(fake, "connection");
      const code = await within(10_000, "it to end", speak());
      await within(5000, "the fake to have been called", called);
      assert.deepEqual([code !== 0, heard.length], [true, 0]);
      fake.close();
      rmSync(runtime, { recursive: true });
    });
});

describe("a fake host", () => {
  test("that says it is a browser is refused, told so, and written down", async () => {
    const heard = await speak([
      ATTACH_AS_BROWSER,
      { begin: { versions: [4], browser: "Chromium", message: "" } },
    ]);
    assert.match(
      heard,
      /"unavailable":\{"code":"refused","message":"the program that asks was not installed/,
    );
    assert.ok(!heard.includes("channel"));
    const { stdout } = await lanyard(["activity", "--json"]);
    const lines: { event: string; reason: string }[] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const line = lines.findLast(({ event }) => event === "program_refused");
    assert.match(line?.reason ?? "", /node/);
  });

  test("that says it is the command is refused too", async () => {
    const heard = await speak([ATTACH, STATUS]);
    assert.match(heard, /"problem":\{"code":"refused"/);
    assert.ok(!heard.includes("vault"));
  });

  test("that starts the genuine host for a foreign extension gets one refusal", async () => {
    const foreign = new Host([`chrome-extension://${extensionId().replace(/./, "p")}/`]);
    assert.equal(await within(5000, "the host ends", foreign.ended), 1);
    assert.equal(reason(foreign).code, "refused");
  });
});

describe("beside browsers that are connected", () => {
  let one: Profile;
  let another: Profile;

  before(async () => {
    [one, another] = [await paired(), await paired()];
  });

  test("a flood of a thousand connections leaves them served, and lets a new one come", async () => {
    const host = await opened(one);
    const flood: Socket[] = [];
    for (let count = 0; count < 1000; count++) {
      const socket = connect(socketPath());
      socket.on("error", () => {});
      // Every second one begins to say something and does not end.
      if (count % 2 === 0) socket.write(Buffer.from([100, 0]));
      flood.push(socket);
      if (count % 100 === 0) await served(host);
    }
    await served(host);
    const fresh = new Host();
    assert.equal(await fresh.call(await newProfile()), "waits");
    await fresh.close();
    assert.ok((await status()).account);
    await served(host);
    for (const socket of flood) socket.destroy();
    await host.close();
  });

  test("a flood of requests is slowed down, and nothing of it is lost", async () => {
    const [host, quiet] = [await opened(one), await opened(another)];
    const from = performance.now();
    const answers = Array.from({ length: 1200 }, () => host.ask(suggest(), 30_000));
    await Promise.all(answers.slice(0, 100));
    await served(quiet);
    for (const answer of await Promise.all(answers)) ok(answer);
    // A thousand may come at once, a hundred more a second.
    assert.ok(performance.now() - from > 1500, `${performance.now() - from} ms`);
    await Promise.all([host.close(), quiet.close()]);
  });

  test("a reader that does not read is not waited for", async () => {
    const deaf = await opened(one);
    deaf.process.stdout?.pause();
    const request = { id: 2, request: suggest() };
    const flood = setInterval(() => {
      for (let count = 0; count < 50 && (deaf.process.stdin?.writableLength ?? 0) < 1e6; count++)
        void deaf.seal(request);
    }, 5);
    const host = await opened(another);
    for (let count = 0; count < 50; count++) await served(host);
    clearInterval(flood);
    deaf.process.stdout?.resume();
    deaf.process.kill();
    await within(5000, "the deaf host to end", deaf.ended);
    await host.close();
    await status();
  });
});

describe("the genuine command in another program's hands", () => {
  for (const [what, args] of [
    ["a password", ["credentials", "show", "Payroll 2004", "--only"]],
    ["every login", ["credentials", "export", "-"]],
    ["other keys for the vault", ["vault", "rekey"]],
  ] as const)
    test(`gets nobody to give it ${what} without the person at the window`, async () => {
      const asking = lanyard([...args]);
      await office.desktop.find({ role: "frame", name: "Lanyard" }, 20_000);
      await closeWindow(office.desktop, office.companion, "SIGKILL");
      const { code, stdout, stderr } = await within(20_000, "the command to be over", asking);
      assert.equal(code, EXIT.declined, stderr);
      assert.ok(!stdout.includes(SECRET) && !stderr.includes(SECRET));
    });

  test("unlocks nothing without the person at the window", async () => {
    assert.equal((await lanyard(["lock"])).code, 0);
    const asking = lanyard(["unlock"]);
    await office.desktop.find({ role: "heading", name: "Unlock Lanyard?" }, 20_000);
    await closeWindow(office.desktop, office.companion, "SIGKILL");
    assert.equal((await within(20_000, "the command to be over", asking)).code, EXIT.declined);
    assert.deepEqual((await status()).vault, { locked: {} });
    const again = lanyard(["unlock"]);
    await answer(office.desktop, "Unlock Lanyard?", "Unlock");
    assert.equal((await within(20_000, "the vault to be unlocked", again)).code, 0);
    await closeWindow(office.desktop, office.companion);
  });

  test("pairs no browser of its own without the person at the window", async () => {
    const [host, profile] = [new Host(), await newProfile()];
    assert.equal(await host.call(profile), "waits");
    const asking = lanyard(["browsers", "pair", digitsOf(profile)]);
    await office.desktop.find({ role: "frame", name: "Lanyard" }, 20_000);
    await closeWindow(office.desktop, office.companion, "SIGKILL");
    assert.equal((await within(20_000, "the command to be over", asking)).code, EXIT.declined);
    await host.close();
    const { stdout } = await lanyard(["browsers", "list"]);
    assert.ok(!stdout.includes(digitsOf(profile)), stdout);
  });

  test("shows no secret for what needs no window", async () => {
    for (const args of [
      ["status"],
      ["credentials", "list"],
      ["credentials", "show", "Payroll 2004", "--part", "none"],
      ["activity"],
      ["vault", "verify"],
    ]) {
      const { code, stdout } = await lanyard([...args, "--json"]);
      assert.equal(code, 0, args.join(" "));
      assert.ok(!stdout.includes(SECRET), args.join(" "));
    }
  });
});

describe("the window's socket", () => {
  before(async () => {
    await end(office.companion);
    office.companion = await start("companion", program("lanyard-companion"), [], {
      WEBKIT_INSPECTOR_SERVER: "127.0.0.1:9",
      LD_BIND_NOW: "1",
      LANYARD_CANARY: "1",
    });
    office.desktop.pid = office.companion.pid;
    await office.desktop.find({ role: "frame", name: "Lanyard" }, 20_000);
  });

  test("is in that one process, and in none that it or the companion started", async () => {
    const [window = 0] = await windowsOf(office.companion);
    const socket = readlinkSync(`/proc/${window}/fd/3`);
    assert.match(socket, /^socket:\[\d+\]$/);
    assert.deepEqual(processesWith(socket), [window]);
    const flags = /^flags:\s+0?(\d+)$/m.exec(readFileSync(`/proc/${window}/fdinfo/3`, "utf8"))?.[1] ?? "0";
    assert.ok(Number.parseInt(flags, 8) & 0o2000000, "it to be closed to children");
    assert.ok(childrenOf(window).length > 0, "the web engine's processes to be there");
  });

  test("is given to a program by its absolute path, with none of the environment that is not on the list", async () => {
    const [window = 0] = await windowsOf(office.companion);
    const [path = ""] = readFileSync(`/proc/${window}/cmdline`, "utf8").split("\0");
    assert.equal(path, program("lanyard-window"));
    const environment = readFileSync(`/proc/${window}/environ`, "utf8");
    for (const name of ["WEBKIT_INSPECTOR_SERVER", "LD_BIND_NOW", "LANYARD_CANARY"])
      assert.ok(!environment.includes(name), name);
    assert.ok(environment.includes("DISPLAY="));
  });

  test("is nowhere that another program could connect to", async () => {
    const [window = 0] = await windowsOf(office.companion);
    const inode = /\d+/.exec(readlinkSync(`/proc/${window}/fd/3`))?.[0] ?? "";
    const line = readFileSync("/proc/net/unix", "utf8")
      .split("\n")
      .find((line) => line.split(/\s+/)[6] === inode);
    assert.ok(line, "the socket to be there");
    assert.equal(line.trim().split(/\s+/).length, 7, "it to have no name");
  });
});

/** A program of the same user that is not one of Lanyard's says this, and hears that. */
async function speak(messages: object[]): Promise<string> {
  const socket = connect(socketPath());
  let heard = "";
  socket.on("data", (bytes) => {
    heard += bytes;
  });
  socket.write(Buffer.concat(messages.map(frame)));
  await within(10_000, "the companion to hang up", once(socket, "close"));
  return heard;
}

/** A browser that the person connected. */
async function paired(): Promise<Profile> {
  const [host, profile] = [new Host(), await newProfile()];
  ok(await pairHost(office.desktop, host, profile));
  await host.close();
  return profile;
}

async function opened(profile: Profile): Promise<Host> {
  const host = new Host();
  assert.equal(await host.call(profile), "open");
  ok(await host.hello());
  return host;
}

function suggest() {
  const origin = "https://payroll.example";
  const asked = { tab: 1, frame: 0, document: "0", frame_origin: origin, top_origin: origin };
  return { suggest: { frame: asked } };
}

/** It is answered, and soon. */
async function served(host: Host): Promise<void> {
  ok(await host.ask(suggest(), 2000));
}

function ok(outcome: Outcome): void {
  assert.ok("ok" in outcome, JSON.stringify(outcome));
}

function reason(host: Host): { code: string; message: string } {
  const [first] = host.news as { unavailable: { code: string; message: string } }[];
  assert.ok(first?.unavailable, `the host to say why: ${host.stderr}`);
  return first.unavailable;
}

function socketPath(): string {
  return join(required("XDG_RUNTIME_DIR"), folderName(), "companion.sock");
}

/** The name of the folder says whose data it is for, as crates/protocol/src/paths.rs has it. */
function folderName(): string {
  const fingerprint = Buffer.from(join(data, "lanyard")).reduce(
    (hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x0000_0100_0000_01b3n),
    0xcbf2_9ce4_8422_2325n,
  );
  return `lanyard-${fingerprint.toString(16).padStart(16, "0")}`;
}

function required(name: string): string {
  const value = process.env[name];
  assert.ok(value, name);
  return value;
}

/** Processes of this user that have a file open. */
function processesWith(file: string): number[] {
  const has = (pid: string) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === file);
    } catch {
      return false;
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && has(name))
    .map(Number);
}

function childrenOf(parent: number): number[] {
  const ppid = (pid: string) => {
    const path = `/proc/${pid}/stat`;
    return existsSync(path)
      ? Number(
          readFileSync(path, "utf8")
            .replace(/^.*\) /, "")
            .split(" ")[1],
        )
      : 0;
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && ppid(name) === parent)
    .map(Number);
}
