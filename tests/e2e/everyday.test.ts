// What happens on ordinary days beside the main job: started twice, signed out on a train, watched, shared by two homes,
// run where no tray is, asked by a browser that goes away. The exit codes of `lanyard` that scripts react to.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { Host, newProfile } from "./host.ts";
import { lanyard, lanyardJson, status, vaultIsThere } from "./lanyard.ts";
import { type Environment, gdbus, makePerson, startKeyring } from "./person.ts";
import { end, type Started, start, within } from "./process.ts";
import { events, type Provider, startProvider } from "./provider.ts";
import { answer } from "./question.ts";
import { beginSignIn, decide, signInAtTerminal } from "./sign-in.ts";
import { program, stage } from "./stage.ts";
import { closeWindow, windowsOf } from "./window.ts";
import { configure, Office, startCompanion } from "./world.ts";

const EXIT = { usage: 2, locked: 4, signed_out: 5, not_found: 7, provider: 8, busy: 11 };

let office: Office;

before(async () => {
  office = await Office.open();
});

after(() => office.close());

describe("a second start", () => {
  after(() => closeWindow(office.desktop, office.companion));

  // Whoever starts it a second time is answered once the first has started its window, so nothing has to be waited for.
  test("in the background ends, and shows no window", async () => {
    assert.equal(await startAgain(["--background"]), 0);
    assert.deepEqual(await windowsOf(office.companion), []);
  });

  test("shows the window of the first, and ends", async () => {
    assert.equal(await startAgain(), 0);
    assert.equal((await windowsOf(office.companion)).length, 1);
    await office.desktop.find({ role: "frame", name: "Lanyard" }, 20_000);
  });

  test("shows the window that is open already", async () => {
    const open = await windowsOf(office.companion);
    assert.equal(await startAgain(), 0);
    assert.deepEqual(await windowsOf(office.companion), open);
  });
});

describe("a pairing question", () => {
  after(() => closeWindow(office.desktop, office.companion));

  test("whose browser goes away disappears from the window", async () => {
    const host = new Host();
    await host.call(await newProfile());
    await host.connect();
    await office.desktop.find({ role: "heading", name: "Connect Chromium?" }, 20_000);
    host.process.kill("SIGKILL");
    await office.desktop.gone({ role: "heading", name: "Connect Chromium?" });
    await office.desktop.find({ role: "heading", name_begins: "Sign in to " });
    assert.equal(
      (await windowsOf(office.companion)).length,
      1,
      "the window to be there without the question",
    );
    assert.deepEqual(await pairedBrowsers(), []);
  });
});

describe("exit codes", () => {
  test("of arguments that make no sense", async () => {
    assert.equal((await lanyard(["signin"])).code, EXIT.usage);
  });

  test("of a vault that nobody signed in to", async () => {
    await expectProblem(["unlock"], EXIT.signed_out, "signed_out");
  });

  test("of a sign-in while another waits", async () => {
    const { user_code, ended } = await beginSignIn();
    await expectProblem(["sign-in"], EXIT.busy, "busy");
    await decide(office.provider, user_code, "approve");
    assert.equal((await within(20_000, "the first sign-in to be over", ended)).code, 0);
  });

  test("of an app that is not there", async () => {
    await expectProblem(["launch", "Nothing 2004"], EXIT.not_found, "not_found");
  });

  test("of a locked vault", async () => {
    assert.equal((await lanyard(["lock"])).code, 0);
    await expectProblem(["credentials", "list"], EXIT.locked, "locked");
    assert.equal((await lanyard(["sign-out"])).code, 0);
  });
});

describe("a provider whose certificate nobody vouches for", () => {
  test("is told from one that is down, and is sent nothing", async () => {
    const pem = readFileSync(join(stage, "tests/e2e/test-only-certificate.pem"));
    const asked: string[] = [];
    const server = createServer({ key: pem, cert: pem }, (request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const signIn = ["sign-in", "--issuer", issuer, "--client-id", "lanyard-demo"];

    const { message, hint } = await expectProblem(signIn, EXIT.provider, "provider");
    assert.match(message, /certificate/);
    assert.match(hint, /certificate/);
    const { code, stderr } = await lanyard(signIn);
    assert.equal(code, EXIT.provider);
    assert.equal(stderr, `error: ${message}\nhint: ${hint}\n`);
    assert.deepEqual(asked, [], "no request over that connection");
    server.close();
  });
});

describe("a person who goes away", () => {
  test("leaves a locked vault behind, and unlocks it again", async () => {
    await signInAtTerminal(office.provider);
    const args = ["activity", "--follow", "--json", "--lines", "1"];
    const following = await start("activity", program("lanyard"), args);
    const next = nextLine(following);
    const saver = ["--object-path", "/org/freedesktop/ScreenSaver"];
    const says = ["--signal", "org.freedesktop.ScreenSaver.ActiveChanged"];
    for (const isLocked of ["false", "true"]) await gdbus(["emit", "--session", ...saver, ...says, isLocked]);
    const line = JSON.parse(await within(5000, "a line about the lock", next)) as ActivityLine;
    assert.deepEqual([line.event, line.reason], ["locked", "the screen was locked"]);
    await end(following);
    await expectProblem(["credentials", "list"], EXIT.locked, "locked");
    const unlocking = lanyard(["unlock"]);
    await answer(office.desktop, "Unlock Lanyard?", "Unlock");
    assert.equal((await within(20_000, "the vault to be unlocked", unlocking)).code, 0);
    assert.deepEqual((await status()).vault, { unlocked: {} });
    assert.equal((await lanyard(["sign-out"])).code, 0);
  });
});

describe("activity", () => {
  test("that is followed shows a line as it happens", async () => {
    await signInAtTerminal(office.provider);
    const args = ["activity", "--follow", "--json", "--lines", "1"];
    const following = await start("activity", program("lanyard"), args);
    const before = JSON.parse(following.ready) as ActivityLine;
    const next = nextLine(following);
    assert.equal((await lanyard(["lock"])).code, 0);
    const line = JSON.parse(await within(5000, "a line about the lock", next)) as ActivityLine;
    assert.deepEqual([line.event, line.outcome, line.account], ["locked", "done", "Alice Meyer"]);
    assert.equal(line.sequence, before.sequence + 1);
    await end(following);
    assert.equal((await lanyard(["sign-out"])).code, 0);
  });
});

describe("a sign-out while the provider is down", () => {
  test("locks at once, and is told to the provider when it is back, after restarts too", async () => {
    await signInAtTerminal(office.provider);
    await end(office.provider);
    assert.deepEqual(await lanyardJson(["sign-out"]), { revocation_queued: true });
    assert.deepEqual(await signOutState(), { account: null, vault: { locked: {} }, revocation_queued: true });

    await office.restartCompanion();
    assert.equal((await status()).revocation_queued, true, "the revocation to outlast a restart");

    office.provider = await startProvider(["--port", new URL(office.provider.issuer).port]);
    await office.restartCompanion();
    await until("the provider to have been told", async () => !(await status()).revocation_queued);
    // A provider that keeps everything in memory began anew and does not know the token: what can be seen here is that
    // both tokens of the sign-in were handed to its revocation endpoint, once each, and accepted (RFC 7009, 2.2).
    const told = (await events(office.provider)).filter(({ type }) => type === "revocation");
    assert.deepEqual(
      told.map(({ token, known }) => ({ token, known })),
      [
        { token: "refresh_token", known: false },
        { token: "access_token", known: false },
      ],
    );
  });
});

describe("two homes that share a runtime directory", () => {
  test("have a companion each, and these do not meet", async () => {
    const [alice, bob] = [makeHome(), makeHome()];
    const running = [await runCompanion(alice), await runCompanion(bob)];
    await signInAtTerminal(office.provider, at(office.provider), alice);
    assert.equal((await status(alice)).account?.name, "Alice Meyer");
    assert.equal((await status(bob)).account, null);

    await signInAtTerminal(office.provider, at(office.provider), bob);
    assert.equal((await lanyard(["lock"], { env: alice })).code, 0);
    assert.deepEqual((await status(alice)).vault, { locked: {} });
    assert.deepEqual((await status(bob)).vault, { unlocked: {} });
    await Promise.all(running.map(end));
  });
});

describe("a desktop without a tray", () => {
  test("opens Lanyard by starting it again, and signs in there", async () => {
    const person: Environment = { ...makePerson(), AT_SPI_BUS_ADDRESS: await accessibilityBus() };
    const parts = await startKeyring(person);
    assert.equal(await hasWatcher(person), false, "no watcher of tray icons on this bus");
    assert.equal(await hasWatcher(), true, "the watcher to be found where there is one");
    configure(office.provider, person.XDG_CONFIG_HOME);
    const trayless = await startCompanion(person);
    await vaultIsThere(person);

    assert.equal(await startAgain([], person), 0);
    const { host } = new URL(office.provider.issuer);
    await office.desktop.find({ role: "heading", name: `Sign in to ${host}` }, 20_000);
    await office.desktop.press({ name: "Sign in" });
    await office.desktop.find({ role: "button", name: "Open in browser" });
    await decide(office.provider, await shownCode(), "approve");
    await office.desktop.find({ says: "Alice Meyer" }, 20_000);
    const { account, vault } = await status(person);
    assert.deepEqual([account?.name, vault], ["Alice Meyer", { unlocked: {} }]);

    await closeWindow(office.desktop, trayless);
    for (const started of [trayless, ...parts.reverse()]) await end(started);
  });
});

interface ActivityLine {
  sequence: number;
  event: string;
  outcome: string;
  account: string | null;
  reason?: string;
}

/** Starts the companion where one runs; returns its exit code. */
async function startAgain(args: string[] = [], env: Environment = {}): Promise<number> {
  const second = spawn(program("lanyard-companion"), args, {
    stdio: "ignore",
    env: { ...process.env, ...env },
  });
  const [code] = await within(20_000, "the second start to end", once(second, "exit"));
  return code;
}

async function expectProblem(
  args: string[],
  code: number,
  problem: string,
): Promise<{ message: string; hint: string }> {
  const ended = await within(20_000, `lanyard ${args.join(" ")} to end`, lanyard([...args, "--json"]));
  const seen = JSON.parse(ended.stdout).problem;
  assert.deepEqual([ended.code, seen?.code], [code, problem], ended.stdout);
  assert.ok(seen.message && seen.hint, "a sentence, and what to do");
  return seen;
}

async function pairedBrowsers(): Promise<unknown[]> {
  return ((await lanyardJson(["browsers", "list"])) as { paired: unknown[] }).paired;
}

async function signOutState() {
  const { account, vault, revocation_queued } = await status();
  return { account, vault, revocation_queued };
}

/** Looks again and again until it is so. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) if (Date.now() > deadline) throw new Error(`${what}: not within 20 s`);
}

function nextLine(started: Started): Promise<string> {
  const lines = createInterface({ input: started.process.stdout as NodeJS.ReadableStream });
  return once(lines, "line").then(([line]) => line);
}

/** A home of its own on the bus and in the runtime directory of this desktop: nothing else tells two of them apart. */
function makeHome(): Environment {
  const { HOME = "" } = makePerson();
  return { HOME, XDG_CONFIG_HOME: "", XDG_DATA_HOME: "", XDG_STATE_HOME: "", XDG_CACHE_HOME: "" };
}

async function runCompanion(env: Environment): Promise<Started> {
  const started = await start("home-companion", program("lanyard"), ["run"], env);
  await vaultIsThere(env);
  return started;
}

function at({ issuer, client_id }: Provider): string[] {
  return ["--issuer", issuer, "--client-id", client_id];
}

/** The accessibility bus of this desktop, for programs on another session bus. */
async function accessibilityBus(): Promise<string> {
  const service = ["--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus"];
  const answer = await gdbus(["call", "--session", ...service, "--method", "org.a11y.Bus.GetAddress"]);
  return /'([^']+)'/.exec(answer)?.[1] ?? assert.fail(answer);
}

async function hasWatcher(person: Environment = {}): Promise<boolean> {
  const bus = ["--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus"];
  const method = ["--method", "org.freedesktop.DBus.NameHasOwner", "org.kde.StatusNotifierWatcher"];
  return /true/.test(await gdbus(["call", "--session", ...bus, ...method], person));
}

async function shownCode(): Promise<string> {
  const words = (await office.desktop.elements()).map(({ name, text }) => `${name}\n${text}`).join("\n");
  return /\b[A-Z]{4}-[A-Z]{4}\b/.exec(words)?.[0] ?? assert.fail(words);
}
