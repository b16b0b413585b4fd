// A person of their own: home, session bus and keyring, apart from the desktop's.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Started, start } from "./process.ts";
import { home } from "./stage.ts";

export type Environment = Record<string, string>;

export function makePerson(): Environment {
  const at = mkdtempSync(join(home, "person-"));
  for (const folder of ["config", "data", "state", "cache", "run"])
    mkdirSync(join(at, folder), { mode: 0o700 });
  return {
    HOME: at,
    XDG_CONFIG_HOME: join(at, "config"),
    XDG_DATA_HOME: join(at, "data"),
    XDG_STATE_HOME: join(at, "state"),
    XDG_CACHE_HOME: join(at, "cache"),
    XDG_RUNTIME_DIR: join(at, "run"),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(at, "run/bus")}`,
  };
}

/** Starts their bus, which starts no services by itself, and their keyring, unlocked; returns both, in this order. */
export async function startKeyring(person: Environment): Promise<Started[]> {
  const config = join(person.HOME as string, "bus.conf");
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>${person.DBUS_SESSION_BUS_ADDRESS}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`,
  );
  const bus = await start(
    "person-bus",
    "dbus-daemon",
    ["--config-file", config, "--nofork", "--print-address=1"],
    person,
  );
  return [bus, await startSecrets(person)];
}

/** Starts their keyring alone, on a bus that runs. */
export async function startSecrets(person: Environment): Promise<Started> {
  const password = join(person.HOME as string, "password");
  writeFileSync(password, "test");
  const unlock = `echo starting; exec gnome-keyring-daemon --unlock --components=secrets --foreground < ${password}`;
  const keyring = await start("person-keyring", "sh", ["-c", unlock], person);
  await gdbus(["wait", "--session", "--timeout", "20", "org.freedesktop.secrets"], person);
  return keyring;
}

/** Runs it to its end, which has to be a good one, and returns what it printed. */
export async function gdbus(args: string[], person: Environment = {}): Promise<string> {
  return (await promisify(execFile)("gdbus", args, { env: { ...process.env, ...person } })).stdout;
}
