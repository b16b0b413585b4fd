// The package on a clean laptop, as an employee and an administrator use it: installed, started by the login, used for the
// whole walk with the extension that a policy installs, upgraded while the browser is open, removed, purged.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { Chromium, extensionId } from "../e2e/chromium.ts";
import { lanyardJson } from "../e2e/lanyard.ts";
import { logins } from "../e2e/payroll.ts";
import { type Started, start } from "../e2e/process.ts";
import { screenshot } from "../e2e/screenshot.ts";
import { data } from "../e2e/stage.ts";
import { launchPayroll, nothingYet, play, signedOutPayroll, steps } from "../e2e/walk.ts";
import { type Kind, World } from "../e2e/world.ts";

const BROUGHT = "/opt/brought";
const INSTALLED = "/usr/share/lanyard/extension";
const AUTOSTART = "/etc/xdg/autostart/lanyard.desktop";
const VAULT = join(data, "lanyard/vault.db");

/** The browser of the laptop, with the extension that the administrator's policy has it install. */
const Managed: Kind = { start: () => Chromium.start({ installed: true }), opener: Chromium.opener };

let world: World | undefined;
let version = "";
after(() => world?.end());

test("the package installs, and every file is as it was packed", () => {
  install("this.deb");
  version = installedVersion();
  assert.equal(run("dpkg", "--verify", "lanyard"), "");
  assert.match(run("lanyard", "--version"), /^lanyard \d+\.\d+\.\d+/);
  const pages = run("dpkg", "--listfiles", "lanyard");
  for (const file of [
    "/usr/bin/lanyard",
    "/usr/lib/lanyard/lanyard-native-host",
    "/usr/share/man/man1/lanyard-credentials-import.1.gz",
    "/usr/share/bash-completion/completions/lanyard",
    "/usr/share/icons/hicolor/scalable/apps/lanyard.svg",
    "/usr/share/doc/lanyard/copyright",
  ])
    assert.ok(pages.split("\n").includes(file), `${file} is in the package`);
});

test("Chromium finds Lanyard without anything written for the person", async () => {
  const { found } = (await lanyardJson(["browsers", "list"])) as { found: { name: string; state: string }[] };
  assert.deepEqual(
    found.map(({ name, state }) => [name, state]),
    [["Chromium", "installed_for_all"]],
  );
});

test("the login starts it, and the walk begins with the extension that a policy installs", async (walk) => {
  administer("/etc/chromium/policies/managed/lanyard.json", {
    ExtensionInstallForcelist: [`${extensionId()};file://${INSTALLED}/updates.xml`],
    // Lets the driver see the extension's pages.
    DeveloperToolsAvailability: 1,
  });
  world = await World.start(Managed, logIn);
  await walkOn(walk, world, steps.slice(0, 4));
});

test("an upgrade keeps the vault and serves the extension that is open", async (walk) => {
  const there = running();
  install("next.deb");
  assert.notEqual(installedVersion(), version);
  // The companion that runs goes on; what is started from here on is the new one.
  await walkOn(walk, there, steps.slice(4, 5));
  const manifest = await there.browser.open(there.browser.own("manifest.json"));
  assert.match(await manifest.text(), new RegExp(`"version": "${version.replaceAll(".", "\\.")}"`));
  await manifest.close();
  const before = (await logins(there.payroll)).length;
  await (await signedOutPayroll(there)).close();
  await launchPayroll(there);
  const seen = (await logins(there.payroll)).slice(before);
  assert.deepEqual(
    seen.map(({ ok }) => ok),
    [true],
  );
  await walkOn(walk, there, steps.slice(5));
});

test("removed, the programs are gone and the vault stays", async () => {
  await running().end();
  world = undefined;
  packages("remove", "--yes", "lanyard");
  for (const gone of ["/usr/lib/lanyard", "/usr/bin/lanyard", INSTALLED]) assert.ok(!existsSync(gone), gone);
  assert.ok(existsSync(VAULT));
});

test("purged, nothing of it is left but what is the person's", () => {
  packages("purge", "--yes", "lanyard");
  const left = run(
    "sudo",
    "find",
    "/etc",
    "/usr",
    "/var/lib",
    "-iname",
    "*lanyard*",
    "-not",
    "-path",
    "*/policies/*",
  );
  assert.equal(left, "");
  assert.ok(existsSync(VAULT));
});

/** Starts what the desktop starts at login (freedesktop.org, "Desktop Application Autostart Specification"). */
function logIn(environment: Record<string, string> = {}): Promise<Started> {
  const entry = new Map(
    readFileSync(AUTOSTART, "utf8")
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  assert.notEqual(entry.get("Hidden"), "true");
  assert.ok(existsSync(entry.get("TryExec") ?? "/"), "TryExec is there");
  const [program = "", ...args] = (entry.get("Exec") ?? "").split(" ");
  return start("companion", program, args, environment);
}

async function walkOn(
  walk: { test(name: string, run: () => Promise<void>): Promise<void> },
  there: World,
  some: typeof steps,
): Promise<void> {
  let failed = false;
  for (const step of some) {
    if (failed) return;
    await walk.test(step.title, async () => {
      try {
        await play(step, there, nothingYet());
      } catch (error) {
        failed = true;
        const picture = await screenshot(`package-failed-${steps.indexOf(step) + 1}`);
        throw new Error(`${(error as Error).message} · picture: ${picture}`);
      }
    });
  }
}

function running(): World {
  assert.ok(world, "the walk began");
  return world;
}

function install(deb: string): void {
  packages("install", "--yes", "--no-install-recommends", join(BROUGHT, deb));
}

function packages(...words: string[]): void {
  run("sudo", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...words);
}

function installedVersion(): string {
  return run("dpkg-query", "--show", "lanyard").split("\t")[1] ?? "";
}

function administer(path: string, policy: object): void {
  run("sudo", "mkdir", "--parents", join(path, ".."));
  execFileSync("sudo", ["tee", path], {
    input: JSON.stringify(policy),
    stdio: ["pipe", "ignore", "inherit"],
  });
}

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}
