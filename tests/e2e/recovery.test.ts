// The keyring is lost, or the whole laptop: twelve words on paper, and a backup, bring every credential back.

import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { lanyard, lanyardJson, status, vaultIsThere } from "./lanyard.ts";
import { gdbus } from "./person.ts";
import { end, within } from "./process.ts";
import { agreed, answer } from "./question.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { data, home } from "./stage.ts";
import { closeWindow } from "./window.ts";
import { configure, forgetEverything, Office } from "./world.ts";

const APPS = [
  ["Payroll 2004", "https://payroll.example/login", "alice", 'rabbit "hole", café'],
  ["Intranet", "https://intranet.example/login", "a.meyer", "correct horse"],
  ["Printers", "https://printers.example/login", "admin", "battery staple"],
] as const;

const REFUSED = 10;
const VAULT = 9;

let office: Office;
let words: string;
const backup = join(home, "stick.db");

before(async () => {
  office = await Office.open();
});

after(() => office.close());

beforeEach(async () => {
  await end(office.companion);
  forgetEverything();
  rmSync(backup, { force: true });
  configure(office.provider);
  await office.startCompanion();
  await vaultIsThere();
  await signInAtTerminal(office.provider);
  for (const [name, url, user, password] of APPS) {
    const add = ["credentials", "add", "--name", name, "--url", url, "--user", user];
    const { code, stderr } = await lanyard(add, { input: `${password}\n` });
    assert.equal(code, 0, stderr);
  }
  words = await makeCode();
});

describe("a recovery code", () => {
  test("and a backup restore every credential where home and keyring are lost", async () => {
    assert.equal((await lanyard(["vault", "backup", "--to", backup])).code, 0);
    await end(office.companion);
    forgetEverything();
    await loseKeyring();
    configure(office.provider);
    await office.startCompanion();
    await vaultIsThere();

    const restore = ["vault", "restore", backup, "--other-vault"];
    assert.equal((await lanyard(restore)).code, VAULT, "the keyring alone opens nothing");
    const wrong = await lanyard([...restore, "--recovery-code"], { input: `${"zoo ".repeat(11)}wrong\n` });
    assert.equal(wrong.code, REFUSED, wrong.stderr);
    assert.ok(!/zoo/.test(wrong.stdout + wrong.stderr), "nothing that was typed is repeated");
    const restoring = lanyard([...restore, "--recovery-code"], { input: `${words.toUpperCase()}\n` });
    await answer(office.desktop, "Restore a backup with 3 logins?", "Restore");
    const restored = await over(restoring);
    assert.equal(restored.code, 0, restored.stderr);

    await signInAtTerminal(office.provider);
    await everythingIsThere();
    assert.deepEqual(((await lanyardJson(["vault", "verify"])) as { damage: string[] }).damage, []);
  });

  test("leads back into a vault whose keyring was reset, in the window", async () => {
    await end(office.companion);
    await loseKeyring();
    await office.startCompanion();
    const lost = (await lanyard(["unlock"])).code;
    assert.equal(lost, VAULT);

    const { desktop } = office;
    await desktop.choose("Open Lanyard");
    await desktop.press({ role: "button", name: "Use the recovery code" }, 20_000);
    const typed = shortened(words);
    await desktop.type({ role: "entry", name: "Recovery code" }, typed);
    await desktop.find({ role: "entry", name: "Recovery code", says: typed }, 20_000);
    await desktop.press({ role: "button", name: "Open the vault" });
    await desktop.find({ name: "Sign in" }, 20_000);
    await closeWindow(desktop, office.companion);

    await signInAtTerminal(office.provider);
    await everythingIsThere();
    await office.restartCompanion();
    await everythingIsThere();
  });
});

describe("a PIN that is always asked for", () => {
  test("opens the vault, and nothing else does but the paper", async () => {
    await agreed(office.desktop, ["slots", "add", "pin"], "Set a PIN from a terminal?", "2468\n");
    const always = "Have the vault ask for a PIN or security key every time?";
    await agreed(office.desktop, ["slots", "always-ask", "on"], always, "2468\n");
    await office.restartCompanion();
    assert.ok("locked" in (await status()).vault, "it does not open by itself");

    const wrong = await lanyard(["unlock"], { input: "1357\n" });
    assert.deepEqual([wrong.code, /PIN/.test(wrong.stderr)], [REFUSED, true], wrong.stderr);
    assert.equal((await lanyard(["unlock"], { input: "2468\n" })).code, 0);
    await everythingIsThere();

    for (let guess = 0; guess < 3; guess++) {
      await lanyard(["lock"]);
      assert.equal((await lanyard(["unlock"], { input: "1357\n" })).code, REFUSED);
    }
    await office.restartCompanion();
    const waits = await lanyard(["unlock"], { input: "2468\n" });
    assert.match(waits.stderr, /too many wrong PINs/, "the right one waits too, after a restart as well");
    assert.equal((await lanyard(["unlock", "--recovery-code"], { input: `${words}\n` })).code, 0);
    await everythingIsThere();
  });
});

/** As a script: the words are on standard output, and nowhere else. */
async function makeCode(): Promise<string> {
  const heading = "Make a recovery code and show it in a terminal?";
  const { stdout } = await agreed(office.desktop, ["slots", "add", "recovery-code"], heading);
  const made = stdout.trim();
  assert.equal(made.split(" ").length, 12, made);
  for (const file of ["lanyard/vault.db", "lanyard/vault.db-wal", "lanyard/activity.db"]) {
    const path = join(data, file);
    if (!existsSync(path) || statSync(path).size === 0) continue;
    assert.ok(!readFileSync(path).includes(made.slice(0, 40)), `${file} to hold no word`);
  }
  return made;
}

/** Each with its password, as an export has them. */
async function everythingIsThere(): Promise<void> {
  const file = join(home, "everything.csv");
  rmSync(file, { force: true });
  const exporting = lanyard(["credentials", "export", file]);
  await answer(office.desktop, "Hand out 3 logins unprotected?", "Hand out");
  const { code, stderr } = await over(exporting);
  assert.equal(code, 0, stderr);
  const text = readFileSync(file, "utf8");
  rmSync(file);
  for (const [name, url, user, password] of APPS) {
    const line = text.split("\n").find((one) => one.startsWith(name)) ?? "";
    for (const part of [url, user, password.replaceAll('"', '""')]) assert.ok(line.includes(part), line);
  }
}

/** What a reset of the login keyring does to Lanyard. */
async function loseKeyring(): Promise<void> {
  const service = ["call", "--session", "--dest", "org.freedesktop.secrets", "--object-path"];
  const search = ["/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.SearchItems"];
  const found = await gdbus([...service, ...search, "{'service': 'Lanyard'}"]);
  const items = [...found.matchAll(/'(\/org\/freedesktop\/secrets\/[^']+)'/g)].map(([, path]) => path ?? "");
  assert.ok(items.length > 0, found);
  for (const item of items) await gdbus([...service, item, "--method", "org.freedesktop.Secret.Item.Delete"]);
}

/** Four letters of each word are enough. */
function shortened(words: string): string {
  return words
    .split(" ")
    .map((word) => word.slice(0, 4))
    .join(" ");
}

function over<T>(ended: Promise<T>): Promise<T> {
  return within(20_000, "the command to end", ended);
}
