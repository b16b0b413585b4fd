// What the scripted companion knows, for the screens that are looked at. The same world at each run.

import type {
  ActivityHour,
  ActivityLine,
  AppView,
  Problem,
  Question,
  SecurityView,
  State,
} from "../src/wire.ts";
import type { World } from "./scripted-companion.ts";

/** A Thursday afternoon in Berlin. */
export const NOW = Date.UTC(2026, 2, 12, 13, 5);
export const TIME_ZONE = "Europe/Berlin";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const signedOut: State = {
  account: null,
  provider: { issuer: "https://acme.okta.com", client_id: "0oa1lanyard" },
  sign_in: null,
  vault: { locked: {} },
  ways_in: { kinds: ["device"], pin_waits_until: null },
  browsers: [],
  questions: [],
  settings: {
    offer_to_save: true,
    saving_forbidden: false,
    lock_after: 60,
    lock_after_most: null,
    language: null,
    theme: "system",
    start_at_login: true,
  },
  organisation: "Acme",
};

export const signedIn: State = {
  ...signedOut,
  account: { name: "Alice Meyer", email: "alice@acme.example", provider_host: "acme.okta.com" },
  vault: { unlocked: {} },
  browsers: [
    { name: "Chromium · Work", profile: "3f2a91", connected: true, paired_at: NOW - 40 * DAY },
    { name: "Firefox", profile: "b7c04e", connected: false, paired_at: NOW - 3 * DAY },
  ],
};

/** What is to be known of a paired browser. */
export const cautioned: State["browsers"] = [
  { name: "Chromium", profile: "3f2a91", connected: false, paired_at: NOW - 40 * DAY, caution: "copied" },
  { name: "Firefox", profile: "b7c04e", connected: true, paired_at: NOW - 3 * DAY, caution: "unverified" },
];

const app = (
  number: number,
  name: string,
  user_name: string,
  host: string,
  compartment: AppView["compartment"] = "organisation",
): AppView => ({
  app: `0000${number}`,
  name,
  user_name,
  origin: `https://${host}`,
  login_url: `https://${host}/login`,
  auto_submit: true,
  compartment,
});

export const apps = [
  app(1, "Payroll 2004", "alice", "payroll.corp.example"),
  app(2, "Time sheets", "a.meyer", "time.corp.example"),
  app(3, "Travel desk", "alice@acme.example", "travel.example"),
  app(4, "Floor printers", "admin", "printers.corp.example"),
  app(5, "Supplier portal", "acme-4711", "supplier-portal.example"),
  app(6, "Warehouse", "a.meyer", "warehouse.corp.example:8443"),
  app(7, "Lab storage", "alice", "lab.corp.example"),
  app(8, "Ticket archive", "alice", "tickets.corp.example"),
  app(9, "Staff canteen", "meyer-a", "canteen.example", "personal"),
  app(10, "City library", "a.meyer-1983", "library.example", "personal"),
];

export const many = Array.from({ length: 200 }, (_, index) =>
  app(100 + index, `App ${index + 1}`, `user-${index + 1}`, `app-${index + 1}.corp.example`),
);

const line = (
  sequence: number,
  ago: number,
  event: string,
  what: Partial<ActivityLine> = {},
): ActivityLine => ({
  sequence,
  at: NOW - ago,
  event,
  outcome: "done",
  account: "Alice Meyer",
  app: null,
  origin: null,
  browser: null,
  reason: null,
  ...what,
});

const payroll = { app: "Payroll 2004", origin: "https://payroll.corp.example", browser: "Chromium · Work" };

export const activity: ActivityLine[] = [
  line(30, 3 * 60_000, "filled", payroll),
  line(29, 3.2 * 60_000, "launched", { ...payroll, browser: "Chromium · Work" }),
  line(28, 25 * 60_000, "updated", {
    app: "Time sheets",
    origin: "https://time.corp.example",
    browser: "Firefox",
  }),
  line(27, 2.7 * HOUR, "fill_refused", {
    origin: "https://payrol1.corp.example",
    browser: "Chromium · Work",
    outcome: "refused",
    reason: "another address than the app's",
  }),
  line(26, 4.1 * HOUR, "copied", { app: "Warehouse", origin: "https://warehouse.corp.example:8443" }),
  line(25, 5 * HOUR, "signed_in", { reason: "acme.okta.com" }),
  line(24, 5.1 * HOUR, "unlocked"),
  line(23, 22 * HOUR, "locked", { reason: "by the person" }),
  line(22, 22.5 * HOUR, "saved", {
    app: "Lab storage",
    origin: "https://lab.corp.example",
    browser: "Firefox",
  }),
  line(21, 23 * HOUR, "filled", {
    ...payroll,
    outcome: "failed",
    reason: "the form was gone",
  }),
  line(20, 26 * HOUR, "settings_changed", { reason: "language, light or dark" }),
  line(19, 26.2 * HOUR, "imported", { reason: "214" }),
  line(18, 3 * DAY, "paired", { browser: "Firefox" }),
  line(17, 3 * DAY + HOUR, "pairing_refused", {
    browser: "Firefox",
    outcome: "refused",
    reason: "the question in Lanyard's window was not answered with yes",
  }),
  ...Array.from({ length: 140 }, (_, index) => line(16 - index, (4 + index / 6) * DAY, "filled", payroll)),
];

const hours: ActivityHour[] = [
  4, 6, 3, 7, 8, 0, 1, 5, 7, 9, 6, 7, 1, 0, 6, 8, 5, 9, 7, 2, 1, 8, 6, 7, 5, 9, 3, 6,
].map((filled, index) => ({
  at: NOW - (27 - index) * DAY - 2 * HOUR,
  filled,
  refused: index === 17 ? 2 : index === 27 ? 1 : 0,
}));

export const usual: World = {
  now: NOW,
  state: signedIn,
  page: "home",
  apps,
  recent: 4,
  credential: {
    changed_at: NOW - 12 * DAY,
    one_time_code: true,
    notes: true,
    former_passwords: 2,
    verify: false,
    verify_forced: false,
  },
  secrets: {
    password: { text: "kG7#vO0l-1Ixw" },
    notes: { text: "Cost centre 4711.\nThe form wants the old staff number." },
    one_time_code: { one_time_code: { code: "492039", ends_at: NOW + 17_000, period: 30 } },
    former_passwords: {
      former_passwords: {
        passwords: [
          { password: "Summer-2025!", until: NOW - 12 * DAY },
          { password: "Winter-2024?", until: NOW - 200 * DAY },
        ],
      },
    },
  },
  activity,
  hours,
  browsers: [
    {
      name: "Chromium",
      family: "chromium",
      reach: "found",
      manifest: "/home/alice/.config/chromium/NativeMessagingHosts/lanyard.native_host.json",
    },
    {
      name: "Google Chrome",
      family: "chromium",
      reach: "not_told",
      manifest: "/home/alice/.config/google-chrome/NativeMessagingHosts/lanyard.native_host.json",
    },
    {
      name: "Vivaldi",
      family: "chromium",
      reach: "foreign",
      manifest: "/home/alice/.config/vivaldi/NativeMessagingHosts/lanyard.native_host.json",
    },
    {
      name: "Firefox (snap)",
      family: "firefox",
      reach: "sandboxed",
      manifest: "/home/alice/snap/firefox/common/.mozilla/native-messaging-hosts/lanyard.native_host.json",
    },
  ],
  sites: ["https://bank.example", "https://club.example:8443"],
  security: {
    slots: [{ slot: "0a", kind: "device", label: "", made_at: NOW - 90 * DAY, fingerprint: null }],
    escrow_waits: null,
    vault_path: "/home/alice/.local/share/lanyard/vault.db",
    read_only: null,
    credentials: 10,
    activity_whole: true,
  },
  recovery_code: {
    words: "legal winner thank year wave sausage worth useful legal winner thank yellow",
    asked: [3, 9],
    suggested_path: "/home/alice/Downloads/lanyard-recovery-code.txt",
  },
  keys: {
    keys: [
      {
        key: "3fd0",
        name: "Blue key",
        added_at: NOW - 40 * DAY,
        usable: true,
        can_open: false,
        opens: false,
      },
      {
        key: "a91c",
        name: "Spare key",
        added_at: NOW - 39 * DAY,
        usable: true,
        can_open: false,
        opens: false,
      },
    ],
    confirm: true,
    confirm_forced: false,
    remember: "hour",
    domain: null,
    browser: true,
  },
  fails: {},
};

/** Everything that can open a vault. */
export const everyWay: SecurityView["slots"] = [
  { slot: "0b", kind: "pin", label: "", made_at: NOW - 30 * DAY, fingerprint: null },
  { slot: "0c", kind: "security_key", label: "Blue key", made_at: NOW - 20 * DAY, fingerprint: null },
  { slot: "0d", kind: "recovery_code", label: "", made_at: NOW - 90 * DAY, fingerprint: null },
  {
    slot: "0e",
    kind: "escrow",
    label: "",
    made_at: NOW - 90 * DAY,
    fingerprint: "4b1e 09d2 77aa c30f 5512 e8b4 0d61 f9c8",
  },
];

export const security = usual.security;

export function world(state: Partial<State> = {}, other: Partial<World> = {}): World {
  return { ...usual, ...other, state: { ...usual.state, ...state } };
}

export function question(subject: Question["subject"], pin = false): World {
  return world(
    { questions: [{ question: 1, subject, pin, expires_at: NOW + 97_000 }] },
    { page: "question" },
  );
}

export const problems = {
  unreachable: {
    code: "provider",
    message: "acme.okta.com cannot be reached",
    hint: "check the network connection or VPN, then try again",
  },
  keyring: {
    code: "keychain",
    message: "the keychain is locked",
    hint: "unlock your login keyring, then try again; logging in to the computer with your password unlocks it",
  },
  damaged: {
    code: "vault",
    message: "the vault at /home/alice/.local/share/lanyard/vault.db is damaged",
    hint: "restore the file from a backup, or begin a new vault: the damaged file is kept beside it",
  },
  keyLost: {
    code: "vault",
    message: "the keychain has no key for the vault at /home/alice/.local/share/lanyard/vault.db",
    hint: "your keyring was created anew, or the file comes from another computer; use your recovery code, or begin a new vault: the old file is kept beside it",
  },
  otherWords: {
    code: "invalid",
    message: "these are not the words at these places of your recovery code",
    hint: "look at what you wrote down",
  },
  otherWord: {
    code: "invalid",
    message: "a recovery code has 12 words, not 3",
    hint: "enter all 12 words, in their order, with spaces between them",
  },
  log: {
    code: "internal",
    message: "the activity log at /home/alice/.local/share/lanyard/activity.db is damaged",
    hint: "tell your IT support; a new log is begun and the damaged file is kept beside it",
  },
} satisfies Record<string, Problem>;
