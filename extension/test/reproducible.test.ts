// The same sources give the same extension, wherever and whenever it is built.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the extension is made from. */
const SOURCES = [
  "extension",
  "ui/shared",
  "ui/locales",
  "ui/src",
  "crates/protocol/bindings",
  "Cargo.toml",
  "package.json",
  "tsconfig.json",
];

const tops: string[] = [];
let one: string;
let other: string;
before(async () => {
  one = await build("a", "UTC");
  other = await build("another/folder/further/down", "Asia/Tokyo");
});
after(() => Promise.all(tops.map((top) => rm(top, { recursive: true, force: true }))));

test("two builds in different folders, of another age and in another time zone, are the same bytes", async () => {
  const hashes = await hashes_of(one);
  assert.ok(Object.keys(hashes).length > 20, `${Object.keys(hashes).length} files`);
  assert.deepEqual(await hashes_of(other), hashes);
});

test("no file of it names the folder that it was built in", async () => {
  for (const { name, bytes } of await files_of(one))
    for (const folder of [one, root]) assert.ok(!bytes.includes(folder), name);
});

/** The hash of each file of the extension that was built in a folder. */
async function hashes_of(place: string): Promise<Record<string, string>> {
  const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  return Object.fromEntries((await files_of(place)).map(({ name, bytes }) => [name, hash(bytes)]));
}

async function files_of(place: string): Promise<{ name: string; bytes: Buffer }[]> {
  const dist = join(place, "extension/dist");
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    paths.map(async (path) => ({ name: path.slice(dist.length), bytes: await readFile(path) })),
  );
}

/** Copies the sources, which gives each file the time of the copy, and builds there. */
async function build(name: string, zone: string): Promise<string> {
  const top = await mkdtemp(join(tmpdir(), "lanyard-build-"));
  tops.push(top);
  const place = join(top, name);
  for (const source of SOURCES)
    await cp(join(root, source), join(place, source), {
      recursive: true,
      filter: (path) => !path.endsWith("/dist"),
    });
  await mkdir(place, { recursive: true });
  await symlink(join(root, "node_modules"), join(place, "node_modules"));
  const environment = { ...process.env, TZ: zone };
  await promisify(execFile)(process.execPath, ["extension/build.ts"], { cwd: place, env: environment });
  return place;
}
