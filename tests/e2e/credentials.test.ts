// Credentials from the terminal: what leaves the vault is asked for in the window, what comes in is told line by line.

import assert from "node:assert/strict";
import * as child_process from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { type Ended, lanyard, lanyardJson, vaultIsThere } from "./lanyard.ts";
import { end, start, within } from "./process.ts";
import { answer } from "./question.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { home, program } from "./stage.ts";
import { closeWindow, windowsOf } from "./window.ts";
import { addPayroll, Office } from "./world.ts";

const execFile = promisify(child_process.execFile);
const EXIT = { failed: 1, unavailable: 3, declined: 6, not_found: 7 };
const SECRET = 'rabbit "hole", café';

let office: Office;

before(async () => {
  office = await Office.open();
  await signInAtTerminal(office.provider);
  await addPayroll("https://payroll.example/login", { user: "alice", password: SECRET });
});

after(() => office.close());

describe("`lanyard credentials show`", () => {
  test("prints the password once the person has agreed in the window", async () => {
    const showing = lanyard(["credentials", "show", "Payroll 2004", "--only"]);
    await answer(office.desktop, "Show the password of Payroll 2004?", "Show");
    const { code, stdout } = await over(showing);
    assert.deepEqual([code, stdout], [0, `${SECRET}\n`]);
  });

  test("prints nothing secret when the person says no, or closes the window", async () => {
    for (const say_no of [
      () => answer(office.desktop, "Show the password of Payroll 2004?", "No"),
      async () => {
        await office.desktop.find({ role: "heading", name: "Show the password of Payroll 2004?" }, 20_000);
        await closeWindow(office.desktop, office.companion, "SIGKILL");
      },
    ]) {
      const showing = lanyard(["credentials", "show", "Payroll 2004"]);
      await say_no();
      const { code, stdout, stderr } = await over(showing);
      assert.equal(code, EXIT.declined, stderr);
      assert.ok(!stdout.includes(SECRET));
      assert.match(stderr, /error: .*\nhint: ./);
    }
  });

  test("asks nobody for what is no secret", async () => {
    const { code, stdout } = await lanyard(["credentials", "show", "Payroll 2004", "--part", "none"]);
    assert.equal(code, 0);
    assert.match(stdout, /Payroll 2004 {2}alice/);
    assert.equal((await lanyard(["credentials", "show", "Nothing 2004"])).code, EXIT.not_found);
  });
});

describe("an export", () => {
  test("is a file for its person alone, after a yes, and is read again as it was", async () => {
    const file = join(home, "export.csv");
    const exporting = lanyard(["credentials", "export", file]);
    await answer(office.desktop, "Hand out 1 login unprotected?", "Hand out");
    assert.equal((await over(exporting)).code, 0);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(readFileSync(file, "utf8").includes('"rabbit ""hole"", café"'));
    assert.deepEqual(counts(await lanyardJson(["credentials", "import", file, "--yes"])), { same: 1 });

    assert.equal((await lanyard(["credentials", "remove", "Payroll 2004", "--yes"])).code, 0);
    assert.deepEqual(counts(await lanyardJson(["credentials", "import", file, "--yes"])), { added: 1 });
    const showing = lanyard(["credentials", "show", "Payroll 2004", "--only"]);
    await answer(office.desktop, "Show the password of Payroll 2004?", "Show");
    assert.equal((await over(showing)).stdout, `${SECRET}\n`);
  });

  test("leaves no file after a no, and does not write over another one", async () => {
    const file = join(home, "refused.csv");
    const exporting = lanyard(["credentials", "export", file]);
    await answer(office.desktop, "Hand out 1 login unprotected?", "No");
    assert.equal((await over(exporting)).code, EXIT.declined);
    assert.equal(existsSync(file), false);
    writeFileSync(file, "my notes");
    const again = lanyard(["credentials", "export", file]);
    await answer(office.desktop, "Hand out 1 login unprotected?", "Hand out");
    const { code, stderr } = await over(again);
    assert.equal(code, EXIT.failed);
    assert.match(stderr, /error: .*refused\.csv.*\nhint: ./);
    assert.equal(readFileSync(file, "utf8"), "my notes");
  });
});

describe("`lanyard vault export`", () => {
  const asked = "Write 1 login into an encrypted file?";

  test("is a file that age opens with the key, and is imported again as it was", async () => {
    const [file, key] = [join(home, "keys.age"), join(home, "age-key.txt")];
    const { stderr } = await execFile("age-keygen", ["--output", key]);
    const recipient = /age1\w+/.exec(stderr)?.[0] ?? "";
    const exporting = lanyard(["vault", "export", file, "--recipient", recipient]);
    await answer(office.desktop, asked, "Write");
    const { code, stdout } = await over(exporting);
    assert.equal(code, 0);
    assert.match(stdout, /^1 login in .*keys\.age/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(!readFileSync(file).includes("alice"));
    const { stdout: plain } = await execFile("age", ["--decrypt", "--identity", key, file]);
    const { version, accounts } = JSON.parse(plain);
    assert.deepEqual(version, { major: 1, minor: 0 });
    assert.equal(accounts[0].items[0].credentials[0].password.value, SECRET);
    const again = await lanyardJson(["credentials", "import", "-", "--yes"], { input: plain });
    assert.deepEqual(counts(again), { same: 1 });
  });

  test("is a file that age opens with the passphrase", async () => {
    const [file, opened] = [join(home, "passphrase.age"), join(home, "opened.json")];
    const exporting = lanyard(["vault", "export", file], { input: "correct horse battery\n" });
    await answer(office.desktop, asked, "Write");
    assert.equal((await over(exporting)).code, 0);
    // age asks for it at a terminal.
    const command = `age --decrypt --output ${opened} ${file}`;
    const typing = execFile("script", ["--quiet", "--return", "--command", command, "/dev/null"]);
    typing.child.stdin?.end("correct horse battery\n");
    await within(60_000, "age to open it", typing);
    assert.equal(JSON.parse(readFileSync(opened, "utf8")).exporterDisplayName, "Lanyard");
  });

  test("leaves no file after a no, and takes no other's place", async () => {
    const file = join(home, "refused.age");
    const exporting = lanyard(["vault", "export", file], { input: "correct horse battery\n" });
    await answer(office.desktop, asked, "No");
    assert.equal((await over(exporting)).code, EXIT.declined);
    assert.equal(existsSync(file), false);
    writeFileSync(file, "my notes");
    const again = await lanyard(["vault", "export", file], { input: "correct horse battery\n" });
    assert.equal(again.code, EXIT.failed);
    assert.equal(readFileSync(file, "utf8"), "my notes");
    const short = await lanyard(["vault", "export", join(home, "short.age")], { input: "short\n" });
    assert.match(short.stderr, /error: the passphrase has fewer than 12 characters\nhint: ./);
  });
});

describe("an import", () => {
  test("reads another encoding, quotes and line breaks, and names each line that it cannot take", async () => {
    const file = join(home, "chrome.csv");
    const lines = [
      "name,url,username,password,note",
      'Müller,https://mueller.example/login,jörg,"say ""no"", twice","two\r\nlines"',
      "Nowhere,not an address,alice,secret,",
      "No password,https://empty.example/login,alice,,",
      "Intranet,https://intranet.example/login,bob,secret,",
    ];
    const text = `${lines.join("\r\n")}\r\n`;
    writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]));
    const planned = await lanyardJson(["credentials", "import", file, "--dry-run"]);
    assert.deepEqual(refusedLines(planned), [4, 5]);
    assert.ok(!(await names()).includes("Müller"), "a dry run to change nothing");
    const report = await lanyardJson(["credentials", "import", file, "--yes"]);
    assert.deepEqual(counts(report), { added: 2 });
    assert.deepEqual(refusedLines(report), [4, 5]);
    assert.ok((await names()).includes("Müller"));
    const showing = lanyard(["credentials", "show", "Müller", "--only"]);
    await answer(office.desktop, "Show the password of Müller?", "Show");
    assert.equal((await over(showing)).stdout, 'say "no", twice\n');
  });

  test("of what is no export takes nothing and says what would be", async () => {
    const file = join(home, "notes.csv");
    writeFileSync(file, "day,weather\nMonday,rain\n");
    const { code, stderr } = await lanyard(["credentials", "import", file, "--yes"]);
    assert.equal(code, EXIT.failed);
    assert.match(stderr, /^error: .*export.*\nhint: .*CSV/);
  });

  test("of 100,000 lines is over within four minutes, also on a busy laptop", async () => {
    const file = join(home, "large.csv");
    const line = (_: unknown, n: number) =>
      `App ${n},https://app-${n}.corp.example/login,alice,password-${n}`;
    writeFileSync(file, `name,url,username,password\n${Array.from({ length: 100_000 }, line).join("\n")}\n`);
    const from = performance.now();
    const report = await lanyardJson(["credentials", "import", file, "--yes"]);
    const seconds = Math.round((performance.now() - from) / 1000);
    console.log(`100,000 lines were taken in ${seconds} s`);
    assert.deepEqual(counts(report), { added: 100_000 });
    assert.ok(seconds < 240, `${seconds} s`);
    const { apps } = (await lanyardJson(["status"])) as { apps: number };
    assert.ok(apps >= 100_000, `${apps}`);
  });
});

describe("settings", () => {
  test("are set from the terminal, and wrong ones are refused with what to say", async () => {
    assert.equal((await lanyard(["settings", "set", "theme", "dark"])).code, 0);
    assert.equal((await lanyard(["settings", "set", "language", "de"])).code, 0);
    const settings = (await lanyardJson(["settings"])) as { theme: string; language: string };
    assert.deepEqual([settings.theme, settings.language], ["dark", "de"]);
    const { code, stderr } = await lanyard(["settings", "set", "theme", "pink"]);
    assert.equal(code, EXIT.failed);
    assert.match(stderr, /^error: .*\nhint: say light, dark or system/);
    for (const name of ["theme", "language"])
      assert.equal((await lanyard(["settings", "set", name, "system"])).code, 0);
  });
});

describe("where there is no screen", () => {
  test("nothing is shown and nothing handed out", async () => {
    await closeAll();
    await end(office.companion);
    const without = ["--unset", "DISPLAY", "--unset", "WAYLAND_DISPLAY"];
    const background = [program("lanyard-companion"), "--background"];
    office.companion = await start("no-screen", "env", [...without, ...background]);
    await vaultIsThere();
    for (const command of [
      ["credentials", "show", "Payroll 2004"],
      ["credentials", "export", "-"],
      ["vault", "export", join(home, "no-screen.age")],
    ]) {
      const { code, stdout, stderr } = await lanyard(command, { input: "correct horse battery\n" });
      assert.equal(code, EXIT.unavailable, stderr);
      assert.ok(!stdout.includes(SECRET));
      assert.match(stderr, /error: .*screen.*\nhint: ./);
    }
  });
});

async function closeAll(): Promise<void> {
  if ((await windowsOf(office.companion)).length > 0) await closeWindow(office.desktop, office.companion);
}

function over(command: Promise<Ended>): Promise<Ended> {
  return within(20_000, "the command to be over", command);
}

/** What became of the lines, without what happened to none. */
function counts(report: unknown): Record<string, number> {
  const numbers = Object.entries(report as Record<string, unknown>).filter(
    ([, value]) => typeof value === "number" && value > 0,
  );
  return Object.fromEntries(numbers) as Record<string, number>;
}

function refusedLines(report: unknown): number[] {
  return (report as { refused: { line: number }[] }).refused.map(({ line }) => line);
}

async function names(): Promise<string[]> {
  const { apps } = (await lanyardJson(["credentials", "list"])) as { apps: { name: string }[] };
  return apps.map(({ name }) => name);
}
