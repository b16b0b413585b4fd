// A companion in the page itself: it takes the window's two commands, answers with the real message types from a world
// that a test describes, and remembers what it was asked.

import type {
  ActivityHour,
  ActivityLine,
  AppView,
  BrowserHere,
  CredentialView,
  Event,
  KeysView,
  NewRecoveryCode,
  Page,
  Problem,
  Request,
  Response,
  Revealed,
  SecretPart,
  SecurityView,
  SlotChange,
  SlotKind,
  State,
} from "../src/wire.ts";
import { carried } from "../src/wire.ts";

export interface World {
  /** What the clock says, in milliseconds of the Unix epoch. */
  now: number;
  state: State;
  page: Page;
  apps: AppView[];
  recent: number;
  /** How many apps there are, where it is more than `apps`. */
  total?: number;
  credential: Omit<CredentialView, "app">;
  secrets: Partial<Record<SecretPart, Revealed>>;
  activity: ActivityLine[];
  hours: ActivityHour[];
  browsers: BrowserHere[];
  sites: string[];
  security: SecurityView;
  recovery_code: NewRecoveryCode;
  keys: KeysView;
  /** Requests that are answered with a problem, or not at all. */
  fails: Partial<Record<string, Problem | "never">>;
}

type Id = number;
type Tauri = {
  transformCallback: (callback: (message: unknown) => void) => Id;
  unregisterCallback: (id: Id) => void;
  invoke: (command: string, arguments_: never) => Promise<void>;
};

declare global {
  interface Window {
    world: World;
    /** What the window asked for, oldest first. */
    asked: Request[];
    /** Has the companion tell the window something. */
    tell: (event: Event) => void;
    __TAURI_INTERNALS__: Tauri;
  }
}

const callbacks = new Map<Id, (message: unknown) => void>();
let index = 0;
let channel: Id | undefined;

window.asked = [];
window.tell = (event) => send({ event });
window.__TAURI_INTERNALS__ = {
  transformCallback(callback) {
    callbacks.set(callbacks.size + 1, callback);
    return callbacks.size;
  },
  unregisterCallback: (id) => callbacks.delete(id),
  async invoke(command, arguments_) {
    if (command === "subscribe") {
      channel = (arguments_ as { messages: { id: Id } }).messages.id;
      return;
    }
    const { id, request } = (arguments_ as { envelope: { id: Id; request: Request } }).envelope;
    window.asked.push(request);
    const [tag] = Object.keys(request);
    const failure = window.world.fails[tag ?? ""];
    if (failure === "never") return;
    const result = failure ? { problem: failure } : { ok: answer(request) };
    queueMicrotask(() => send({ reply: { id, result } }));
  },
};

function send(message: unknown): void {
  if (channel !== undefined) callbacks.get(channel)?.({ index: index++, message });
}

function answer(request: Request): Response {
  const { world } = window;
  if ("hello" in request)
    return { welcome: { state: world.state, page: world.page, companion_version: "0.1.0" } };
  const change = carried(request, "change_settings");
  if (change) {
    const language = change.language === undefined ? world.state.settings.language : change.language || null;
    return changed({ settings: { ...world.state.settings, ...change, language } });
  }
  const slots = carried(request, "change_slots");
  if (slots) return changeSlots(slots);
  if ("unlock_with" in request) {
    if ("unavailable" in world.state.vault) {
      changed({ vault: { locked: {} } });
      return { recovered: { lost: ["pin"] } };
    }
    return changed({ vault: { unlocked: {} } });
  }
  if ("make_recovery_code" in request) return { new_recovery_code: world.recovery_code };
  if ("lock" in request) return changed({ vault: { locked: {} } });
  if ("unlock" in request) return changed({ vault: { unlocked: {} } });
  if ("answer" in request || "answer_with_pin" in request) return changed({ questions: [] });
  const revoke = carried(request, "revoke");
  if (revoke) {
    return changed({ browsers: world.state.browsers.filter(({ profile }) => profile !== revoke.profile) });
  }
  const rename = carried(request, "rename_browser");
  if (rename) {
    const named = world.state.browsers.map((one) =>
      one.profile === rename.profile ? { ...one, name: rename.name } : one,
    );
    return changed({ browsers: named });
  }
  const removed = carried(request, "remove_security_key");
  if (removed) world.keys.keys = world.keys.keys.filter(({ key }) => key !== removed.key);
  const added = carried(request, "add_security_key");
  if (added)
    world.keys.keys.push({
      key: "new",
      name: added.name,
      added_at: world.now,
      usable: true,
      can_open: false,
      opens: false,
    });
  const rules = carried(request, "change_key_rules");
  if (rules) Object.assign(world.keys, rules);
  const allow = carried(request, "allow_site");
  if (allow) world.sites = world.sites.filter((site) => site !== allow.origin);
  const install = carried(request, "install_host");
  if (install) reach(install.browser, "found");
  const uninstall = carried(request, "uninstall_host");
  if (uninstall) reach(uninstall.browser, "not_told");
  return read(request) ?? { done: {} };
}

/** Requests that change nothing. */
function read(request: Request): Response | undefined {
  const { world } = window;
  const apps = carried(request, "apps");
  if (apps) {
    const found = world.apps.filter((app) => contains(apps.query, app.name, app.user_name, app.origin));
    const total = apps.query === "" ? (world.total ?? found.length) : found.length;
    return {
      apps: { apps: found.slice(0, apps.limit), recent: apps.query === "" ? world.recent : 0, total },
    };
  }
  const activity = carried(request, "activity");
  if (activity) {
    const { before, query, limit } = activity;
    const lines = world.activity.filter(
      (line) => line.sequence < (before ?? Number.POSITIVE_INFINITY) && contains(query, JSON.stringify(line)),
    );
    return { activity: { lines: lines.slice(0, limit), more: lines.length > limit } };
  }
  const credential = carried(request, "credential");
  const app = world.apps.find((one) => one.app === credential?.app);
  if (app) return { credential: { app, ...world.credential } };
  const reveal = carried(request, "reveal");
  const revealed = reveal && world.secrets[reveal.part];
  if (revealed) return { revealed };
  if ("copy" in request) return { copied: { until: Date.now() + 30_000 } };
  if ("launch" in request) return { launched: { browser: world.state.browsers[0]?.name ?? null } };
  if ("add_app" in request) return { added: { app: "new" } };
  if ("activity_hours" in request) return { activity_hours: { hours: world.hours } };
  if ("export_activity" in request) {
    const path = "/home/alice/Downloads/lanyard-activity-2026-03-12.csv";
    return { exported: { path, lines: world.activity.length } };
  }
  if ("browsers_here" in request) return { browsers_here: { browsers: world.browsers } };
  if ("never_sites" in request) return { sites: { origins: world.sites } };
  if ("security" in request) return { security: world.security };
  if ("security_keys" in request) return { security_keys: world.keys };
  if ("begin_new_vault" in request)
    return { new_vault: { kept: "/home/alice/.local/share/lanyard/vault.db.old" } };
  return undefined;
}

/** As far as the screens can tell. */
function changeSlots(change: SlotChange): Response {
  const { world } = window;
  const { slots } = world.security;
  const without = (kind: SlotKind) => slots.filter((slot) => slot.kind !== kind);
  const made = (kind: SlotKind) => ({ slot: kind, kind, label: "", made_at: world.now, fingerprint: null });
  const remove = carried(change, "remove");
  const always = carried(change, "always_ask");
  let next = slots;
  if ("confirm_recovery_code" in change) next = [...without("recovery_code"), made("recovery_code")];
  if ("set_pin" in change) next = [...without("pin"), made("pin")];
  if (remove) next = slots.filter(({ slot }) => slot !== remove.slot);
  if (always) next = always.on ? without("device") : [made("device"), ...without("device")];
  world.security = { ...world.security, slots: next };
  return changed({ ways_in: { kinds: next.map(({ kind }) => kind), pin_waits_until: null } });
}

function changed(change: Partial<State>): Response {
  window.world.state = { ...window.world.state, ...change };
  window.tell({ state: window.world.state });
  return { done: {} };
}

function reach(name: string, reach: BrowserHere["reach"]): void {
  window.world.browsers = window.world.browsers.map((one) => (one.name === name ? { ...one, reach } : one));
}

function contains(query: string, ...texts: string[]): boolean {
  return texts.some((text) => text.toLowerCase().includes(query.toLowerCase()));
}
