// Every screen in every state: which world shows it, and what a person does to get there. Accessible names are those of
// the language that is shown, so that a missing word is found.

import type { Page } from "playwright-core";
import { words as de } from "../locales/de.ts";
import { words as en, type Words } from "../locales/en.ts";
import type { World } from "./scripted-companion.ts";
import { cautioned, everyWay, many, NOW, problems, question, security, signedOut, world } from "./worlds.ts";

export const WORDS: Record<"en" | "de", Words> = { en, de };

export interface Shot {
  name: string;
  world: World;
  /** Leads to the screen, and waits until it is there. */
  go?: (page: Page, words: Words) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const waiting = {
  waiting: {
    user_code: "WDJB-MJHT",
    verification_uri: "https://acme.okta.com/activate",
    verification_uri_complete: "https://acme.okta.com/activate?user_code=WDJB-MJHT",
    expires_at: NOW + 372_000,
  },
};

async function details(page: Page, words: Words): Promise<void> {
  await button(page, words.list.details("Payroll 2004")).click();
  await button(page, words.credential.edit).waitFor();
}

async function place(page: Page, name: string): Promise<void> {
  await button(page, name).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

async function recoveryWords(page: Page, words: Words): Promise<void> {
  await place(page, words.places.security);
  await button(page, words.waysIn.codeMake).click();
  await button(page, words.recovery.show).click();
  await button(page, words.recovery.written).waitFor();
}

export const SHOTS: Shot[] = [
  { name: "sign-in", world: world(signedOut) },
  { name: "sign-in-address", world: world({ ...signedOut, provider: null }) },
  {
    name: "sign-in-address-missing",
    world: world({ ...signedOut, provider: null }),
    go: async (page, words) => {
      await button(page, words.signIn.begin).click();
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "sign-in-contacting", world: world({ ...signedOut, sign_in: { contacting: {} } }) },
  { name: "sign-in-code", world: world({ ...signedOut, sign_in: waiting }) },
  {
    name: "sign-in-offline",
    world: world({ ...signedOut, sign_in: waiting }),
    go: async (page, words) => {
      await page.context().setOffline(true);
      await page.getByText(words.signIn.offline).waitFor();
    },
  },
  {
    name: "sign-in-failed",
    world: world({ ...signedOut, sign_in: { failed: { problem: problems.unreachable } } }),
  },
  { name: "apps", world: world() },
  {
    name: "apps-list",
    world: world(),
    go: async (page, words) => button(page, words.list.list).click(),
  },
  {
    name: "apps-search",
    world: world(),
    go: async (page) => {
      await page.getByRole("searchbox").fill("me");
      await page.locator("#group-found").waitFor();
    },
  },
  {
    name: "apps-nothing",
    world: world(),
    go: async (page, words) => {
      await page.getByRole("searchbox").fill("zebra");
      await page.getByText(words.list.nothing("zebra")).waitFor();
    },
  },
  {
    name: "apps-many",
    world: world({}, { apps: many, recent: 8, total: 100_000 }),
    go: async (page, words) => {
      await button(page, words.list.list).click();
      await page.getByText(words.list.more(200, 100_000)).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "apps-loading",
    world: world({}, { fails: { apps: "never" } }),
    go: (page) => page.getByRole("progressbar").waitFor(),
  },
  {
    name: "first-run",
    world: world(
      {
        browsers: [],
        organisation: null,
        settings: { ...signedOut.settings, offer_to_save: null },
      },
      { apps: [], recent: 0 },
    ),
    go: (page, words) => page.getByText(words.firstRun.heading).waitFor(),
  },
  {
    name: "add",
    world: world(),
    go: async (page, words) => button(page, words.list.add).click(),
  },
  {
    name: "generate",
    world: world(),
    go: async (page, words) => {
      await button(page, words.list.add).click();
      await button(page, words.form.generate).click();
      await page.getByRole("group", { name: words.generator.heading }).scrollIntoViewIfNeeded();
    },
  },
  { name: "credential", world: world(), go: details },
  {
    name: "credential-shown",
    world: world(),
    go: async (page, words) => {
      await details(page, words);
      const { password, code, notes, former } = words.credential;
      for (const part of [password, code, notes, former]) {
        await button(page, words.credential.showPart(part)).click();
        await button(page, words.credential.hidePart(part)).waitFor();
      }
    },
  },
  {
    name: "credential-copied",
    world: world(),
    go: async (page, words) => {
      await details(page, words);
      await button(page, words.credential.copyPart(words.credential.password)).click();
      await page.getByText(words.credential.clears(30)).waitFor();
    },
  },
  {
    name: "credential-remove",
    world: world(),
    go: async (page, words) => {
      await details(page, words);
      await button(page, words.credential.remove).click();
      await button(page, words.credential.removeNow).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "edit",
    world: world(),
    go: async (page, words) => {
      await details(page, words);
      await button(page, words.credential.edit).click();
      await page.getByRole("heading", { name: words.form.edit("Payroll 2004") }).waitFor();
    },
  },
  {
    name: "activity",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.activity);
      await page.getByRole("img").waitFor();
    },
  },
  {
    name: "activity-filtered",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.activity);
      await page.getByRole("searchbox").fill("firefox");
      await page.getByRole("img").waitFor({ state: "detached" });
    },
  },
  {
    name: "activity-exported",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.activity);
      await button(page, words.activity.export).click();
      await page.getByText("lanyard-activity").waitFor();
    },
  },
  {
    name: "activity-empty",
    world: world({}, { activity: [], hours: [] }),
    go: async (page, words) => {
      await place(page, words.places.activity);
      await page.getByText(words.activity.none).waitFor();
    },
  },
  {
    name: "activity-damaged",
    world: world({}, { fails: { activity: problems.log, activity_hours: problems.log } }),
    go: async (page, words) => {
      await place(page, words.places.activity);
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "browsers",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.browsers);
      await page.getByText("Vivaldi", { exact: true }).waitFor();
    },
  },
  {
    name: "browsers-rename",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.browsers);
      await button(page, words.browsers.renameOne("Firefox")).click();
      await page.getByRole("textbox", { name: words.browsers.newName }).waitFor();
    },
  },
  {
    name: "browsers-disconnect",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.browsers);
      await button(page, words.browsers.revokeOne("Chromium · Work")).click();
      await button(page, words.browsers.revokeKeep).waitFor();
    },
  },
  {
    name: "browsers-cautions",
    world: world({ browsers: cautioned }),
    go: async (page, words) => {
      await place(page, words.places.browsers);
      await page.getByText(words.browsers.caution.copied).waitFor();
    },
  },
  {
    name: "browsers-none",
    world: world({ browsers: [] }, { browsers: [] }),
    go: async (page, words) => {
      await place(page, words.places.browsers);
      await page.getByText(words.browsers.noneHere).waitFor();
    },
  },
  {
    name: "security",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.security);
      await page.getByText(words.security.whole).waitFor();
    },
  },
  {
    name: "security-trouble",
    world: world(
      {},
      {
        security: {
          slots: security.slots,
          escrow_waits: null,
          vault_path: "/home/alice/.local/share/lanyard/vault.db",
          read_only: "the file is older than the last change that was saved",
          credentials: 10,
          activity_whole: false,
        },
      },
    ),
    go: async (page, words) => {
      await place(page, words.places.security);
      await page.getByText(words.security.notWhole).waitFor();
    },
  },
  {
    name: "security-every-way",
    world: world(
      { ways_in: { kinds: ["pin", "security_key", "recovery_code", "escrow"], pin_waits_until: null } },
      { security: { ...security, slots: everyWay, escrow_waits: "90ac 4471 0b2f 7d16 e3c8 5a90 12fe b7d4" } },
    ),
    go: async (page, words) => {
      await place(page, words.places.security);
      await button(page, words.waysIn.escrowLook).click();
      await button(page, words.waysIn.escrowKeep).waitFor();
    },
  },
  {
    name: "security-pin",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.security);
      await button(page, words.waysIn.pinChoose).click();
      await page.getByLabel(words.waysIn.pinNew).fill("123");
      await button(page, words.waysIn.pinSave).click();
      await page.getByText(words.waysIn.pinShort).waitFor();
    },
  },
  {
    name: "security-always-ask",
    world: world(
      { ways_in: { kinds: ["device", "pin", "recovery_code"], pin_waits_until: null } },
      {
        security: {
          ...security,
          slots: [
            ...security.slots,
            ...everyWay.filter(({ kind }) => kind === "pin" || kind === "recovery_code"),
          ],
        },
      },
    ),
    go: async (page, words) => {
      await place(page, words.places.security);
      await button(page, words.waysIn.alwaysStart).click();
      await page.getByLabel(words.waysIn.present).waitFor();
    },
  },
  {
    name: "recovery-begin",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.security);
      await button(page, words.waysIn.codeMake).click();
      await button(page, words.recovery.show).waitFor();
    },
  },
  { name: "recovery-words", world: world(), go: recoveryWords },
  {
    name: "recovery-save",
    world: world(),
    go: async (page, words) => {
      await recoveryWords(page, words);
      await button(page, words.recovery.save).click();
      await button(page, words.save).click();
      await page.getByText(words.recovery.saved("/home/alice/Downloads/lanyard-recovery-code.txt")).waitFor();
    },
  },
  {
    name: "recovery-check",
    world: world({}, { fails: { change_slots: problems.otherWords } }),
    go: async (page, words) => {
      await recoveryWords(page, words);
      await button(page, words.recovery.written).click();
      await page.getByLabel(words.recovery.word(3)).fill("thank");
      await page.getByLabel(words.recovery.word(9)).fill("winner");
      await button(page, words.recovery.confirm).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "recovery-done",
    world: world(),
    go: async (page, words) => {
      await recoveryWords(page, words);
      await button(page, words.recovery.written).click();
      await page.getByLabel(words.recovery.word(3)).fill("thank");
      await page.getByLabel(words.recovery.word(9)).fill("legal");
      await button(page, words.recovery.confirm).click();
      await button(page, words.waysIn.codeAnother).waitFor();
    },
  },
  {
    name: "keys",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.security);
      await page.getByText(words.keys.confirm).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "keys-none",
    world: world(
      {},
      {
        keys: {
          keys: [],
          confirm: false,
          confirm_forced: false,
          remember: "five_minutes",
          domain: "acme.example",
          browser: false,
        },
      },
    ),
    go: async (page, words) => {
      await place(page, words.places.security);
      await page.getByText(words.keys.confirm).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "keys-open",
    world: world(
      { ways_in: { kinds: ["device", "pin", "security_key"], pin_waits_until: null } },
      {
        security: {
          ...security,
          slots: [
            ...security.slots,
            ...everyWay.filter(({ kind }) => kind === "pin" || kind === "security_key"),
          ],
        },
        keys: {
          keys: [
            {
              key: "3fd0",
              name: "Blue key",
              added_at: NOW - 86_400_000,
              usable: true,
              can_open: true,
              opens: true,
            },
            {
              key: "a91c",
              name: "Spare key",
              added_at: NOW - 86_400_000,
              usable: true,
              can_open: true,
              opens: false,
            },
            {
              key: "b2c3",
              name: "Old key",
              added_at: NOW - 86_400_000,
              usable: true,
              can_open: false,
              opens: false,
            },
          ],
          confirm: false,
          confirm_forced: false,
          remember: "five_minutes",
          domain: "acme.example",
          browser: true,
        },
      },
    ),
    go: async (page, words) => {
      await place(page, words.places.security);
      await button(page, words.keys.letOpenOne("Spare key")).click();
      await page.getByLabel(words.waysIn.present).waitFor();
    },
  },
  {
    name: "keys-add",
    world: world({ key_asked_in: "Chromium · Work" }),
    go: async (page, words) => {
      await place(page, words.places.security);
      await button(page, words.keys.add).click();
      await page.getByRole("textbox", { name: words.keys.name }).fill("Green key");
    },
  },
  {
    name: "keys-remove",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.security);
      await button(page, words.keys.removeOne("Spare key")).click();
      await button(page, words.keys.keep).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "settings",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.settings);
      await page.getByText("bank.example").waitFor();
    },
  },
  {
    name: "settings-forbidden",
    world: world(
      {
        settings: { ...signedOut.settings, saving_forbidden: true, offer_to_save: null, lock_after_most: 60 },
      },
      { sites: [] },
    ),
    go: async (page, words) => {
      await place(page, words.places.settings);
      await page.getByText(words.settings.noNever).waitFor();
    },
  },
  {
    name: "settings-sign-out",
    world: world(),
    go: async (page, words) => {
      await place(page, words.places.settings);
      await button(page, words.settings.signOut).click();
      await button(page, words.settings.stay).scrollIntoViewIfNeeded();
    },
  },
  { name: "locked", world: world({ vault: { locked: {} } }) },
  {
    name: "locked-pin",
    world: world({
      vault: { locked: {} },
      ways_in: { kinds: ["pin", "recovery_code"], pin_waits_until: null },
    }),
  },
  {
    name: "locked-key",
    world: world({
      vault: { locked: {} },
      ways_in: { kinds: ["security_key", "recovery_code"], pin_waits_until: null },
      key_asked_in: "Chromium · Work",
    }),
  },
  {
    name: "locked-pin-waits",
    world: world({
      vault: { locked: {} },
      ways_in: { kinds: ["pin", "recovery_code"], pin_waits_until: NOW + 97_000 },
    }),
  },
  {
    name: "locked-code",
    world: world(
      { vault: { locked: {} }, ways_in: { kinds: ["pin", "recovery_code"], pin_waits_until: null } },
      { fails: { unlock_with: problems.otherWord } },
    ),
    go: async (page, words) => {
      await button(page, words.locked.paper).click();
      await page.getByLabel(words.openWithCode.label).fill("legal winner thank");
      await button(page, words.openWithCode.open).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "key-lost",
    world: world({
      ...signedOut,
      vault: { unavailable: { problem: problems.keyLost, may_begin_new: true } },
      ways_in: { kinds: ["recovery_code"], pin_waits_until: null },
    }),
  },
  {
    name: "key-lost-code",
    world: world({
      ...signedOut,
      vault: { unavailable: { problem: problems.keyLost, may_begin_new: true } },
      ways_in: { kinds: ["recovery_code"], pin_waits_until: null },
    }),
    go: async (page, words) => {
      await button(page, words.openWithCode.heading).click();
      await page.getByLabel(words.openWithCode.label).waitFor();
    },
  },
  {
    name: "key-recovered",
    world: world({
      ...signedOut,
      vault: { unavailable: { problem: problems.keyLost, may_begin_new: true } },
      ways_in: { kinds: ["recovery_code"], pin_waits_until: null },
    }),
    go: async (page, words) => {
      await button(page, words.openWithCode.heading).click();
      await page.getByLabel(words.openWithCode.label).fill("legal winner thank year");
      await button(page, words.openWithCode.open).click();
      await page.getByText(words.openWithCode.recoveredLost("PIN")).waitFor();
    },
  },
  {
    name: "keyring",
    world: world({
      ...signedOut,
      vault: { unavailable: { problem: problems.keyring, may_begin_new: false } },
    }),
  },
  {
    name: "vault-damaged",
    world: world({
      ...signedOut,
      vault: { unavailable: { problem: problems.damaged, may_begin_new: true } },
    }),
  },
  {
    name: "vault-begin",
    world: world({
      ...signedOut,
      vault: { unavailable: { problem: problems.damaged, may_begin_new: true } },
    }),
    go: async (page, words) => {
      await button(page, words.unavailable.begin).click();
      await button(page, words.unavailable.keep).waitFor();
    },
  },
  {
    name: "question-connect",
    world: question({ pair: { browser: "Chromium", profile: "3f2a91", code: "7QK-M2D" } }),
  },
  {
    name: "question-fill",
    world: question({ fill: { browser: "Chromium", app: "Payroll 2004", user_name: "alice" } }, true),
    go: (page, words) => page.getByLabel(words.locked.pin).waitFor(),
  },
  { name: "question-stop-asking", world: question({ stop_asking: { app: "Payroll 2004" } }, true) },
  { name: "question-first-key", world: question({ first_key: { name: "Blue key" } }, true) },
  {
    name: "question-show",
    world: question({ reveal: { app: "Payroll 2004", user_name: "alice", part: "password" } }),
  },
  { name: "question-hand-out", world: question({ export: { credentials: 214 } }) },
  {
    name: "question-export-vault",
    world: question({
      export_vault: {
        credentials: 214,
        left_out: 12,
        path: "/home/alice/Documents/lanyard-2026-03.age",
        keys: ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"],
      },
    }),
  },
  { name: "question-restore", world: question({ restore: { credentials: 214, older: true } }) },
  { name: "question-unlock", world: question({ unlock: {} }) },
  { name: "question-new-keys", world: question({ rekey: {} }) },
  { name: "question-slots", world: question({ slots: { wish: { remove: { kind: "pin" } } } }) },
  { name: "question-add-key", world: question({ add_key: { name: "Blue key" } }) },
  { name: "question-remove-key", world: question({ remove_key: { name: "Blue key" } }) },
  { name: "question-disconnect", world: question({ revoke: { browser: "Firefox", profile: "b7c04e" } }) },
  {
    name: "palette",
    world: world(),
    go: async (page, words) => {
      await page.getByRole("searchbox").waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: words.palette.label }).fill("t");
      await page.getByRole("option", { name: "Time sheets" }).waitFor();
    },
  },
];
