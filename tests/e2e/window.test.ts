// Lanyard's window as WebKitGTK shows it: secrets on the clipboard, every place in the dark and in German.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { lanyard } from "./lanyard.ts";
import { drawn, screenshot } from "./screenshot.ts";
import { signInAtTerminal } from "./sign-in.ts";
import { Office } from "./world.ts";

const SECRET = "rabbit-hole";
/** How long a secret stays on the clipboard, and how much longer a busy laptop may take. */
const [LEAST, MOST] = [28_000, 40_000];

const PLACES = [
  ["apps", "Apps", "Apps"],
  ["activity", "Activity", "Aktivität"],
  ["browsers", "Browsers", "Browser"],
  ["security", "Security", "Sicherheit"],
  ["settings", "Settings", "Einstellungen"],
] as const;

let office: Office;

before(async () => {
  office = await Office.open();
  await signInAtTerminal(office.provider);
  for (const [name, host] of [
    ["Payroll 2004", "payroll"],
    ["Travel expenses", "travel"],
    ["Müller & Söhne, Bestellungen", "mueller"],
  ]) {
    const add = [
      "credentials",
      "add",
      "--name",
      name,
      "--user",
      "alice",
      "--url",
      `https://${host}.example/login`,
    ];
    assert.equal((await lanyard(add as string[], { input: `${SECRET}\n` })).code, 0);
  }
  await office.desktop.choose("Open Lanyard");
  await office.desktop.find({ role: "heading", name: "Apps" }, 20_000);
});

after(() => office.close());

describe("a copied password", () => {
  test("is on the clipboard, marked as a secret, and gone after half a minute", async () => {
    const { desktop } = office;
    await desktop.press({ name: "Details of Payroll 2004" });
    await desktop.press({ name: "Copy Password" });
    const copied = performance.now();
    await until(5000, async () => (await clipboard()) === SECRET);
    assert.match(await clipboard("TARGETS"), /^x-kde-passwordManagerHint$/m);
    assert.equal(await clipboard("x-kde-passwordManagerHint"), "secret");
    await until(MOST, async () => (await clipboard()) !== SECRET);
    const after = performance.now() - copied;
    assert.ok(after > LEAST, `gone after ${after} ms`);
    assert.equal(await clipboard(), "");
    await desktop.press({ name: "‹ Apps" });
  });
});

describe("each place", () => {
  test("is there in the light and in English", async () => {
    await setTo("light", "en");
    await lookAround("light-en", (place) => place[1]);
  });

  test("is there in the dark and in German, as soon as that is chosen", async () => {
    await setTo("dark", "de");
    await lookAround("dark-de", (place) => place[2]);
  });

  test("says that it is locked, in German too", async () => {
    await office.desktop.press({ name: "Apps" });
    assert.equal((await lanyard(["lock"])).code, 0);
    await office.desktop.find({ role: "heading", name: "Lanyard ist gesperrt" });
    await screenshot("window-dark-de-locked");
    await setTo("light", "en");
    await office.desktop.find({ role: "heading", name: "Lanyard is locked" });
    await screenshot("window-light-en-locked");
  });
});

async function setTo(theme: string, language: string): Promise<void> {
  assert.equal((await lanyard(["settings", "set", "theme", theme])).code, 0);
  assert.equal((await lanyard(["settings", "set", "language", language])).code, 0);
}

async function lookAround(how: string, name: (place: (typeof PLACES)[number]) => string): Promise<void> {
  const { desktop } = office;
  for (const place of PLACES) {
    await desktop.press({ name: name(place) });
    const heading = { role: "heading", name: name(place) };
    await desktop.find(heading);
    await drawn(await desktop.where(heading));
    await screenshot(`window-${how}-${place[0]}`);
  }
}

/** What is on the clipboard; nothing where nobody owns it. */
async function clipboard(target = "UTF8_STRING"): Promise<string> {
  const read = promisify(execFile)("xclip", ["-selection", "clipboard", "-o", "-t", target]);
  return read.then(
    ({ stdout }) => stdout,
    () => "",
  );
}

/** The clipboard tells nobody here that it changed: it is asked again and again. */
async function until(milliseconds: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!(await isSo())) {
    assert.ok(
      performance.now() < deadline,
      `not within ${milliseconds} ms: ${(await clipboard()).length} letters`,
    );
    await setTimeout(200);
  }
}
