// Security keys in every browser: the window for one, what it tells, and the secret that a key gives for a salt. What a key
// answers is verified by crates/presence; here it is looked at.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { KeyPurpose, KeyTask } from "../../crates/protocol/bindings/security_key.ts";
import { BROWSERS, HELD, type Shown, share_browser, type TestBrowser } from "./both.ts";
import { DONE, problem, suggestions } from "./scripted-companion.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64url");

const CREATE = {
  rp: { id: "localhost", name: "Lanyard" },
  user: { id: base64("a user"), name: "Blue key", displayName: "Blue key" },
  challenge: base64("what is asked when a key is added"),
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  timeout: 5_000,
  authenticatorSelection: { userVerification: "preferred", residentKey: "discouraged" },
  attestation: "none",
};

const GET = {
  rpId: HELD.rp,
  challenge: base64("are you there?"),
  allowCredentials: [{ type: "public-key", id: HELD.id }],
  timeout: 5_000,
  userVerification: "preferred",
};

type Answer = { id: string; response: Record<string, string>; clientExtensionResults: object };

for (const [name, start] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let browser: TestBrowser;
    // Another for each test: of the windows that one leaves open the browser tells when the next has begun.
    let task = "";
    let tasks = 0;
    share_browser(start, (started) => {
      browser = started;
    });
    beforeEach(() => {
      tasks += 1;
      task = `t${tasks}`;
    });

    test("a key is added in a window that closes by itself, and then confirms", async () => {
      const { companion } = browser;
      const added = await used({ add: { name: "Blue key" } }, CREATE, "Add a security key");
      assert.equal(client_data(added).type, "webauthn.create");
      const seen = await used({ confirm: {} }, GET, "Confirm with your security key");
      assert.equal(client_data(seen).type, "webauthn.get");
      assert.deepEqual([seen.id, client_data(seen).challenge], [HELD.id, GET.challenge]);
      assert.ok(seen.response.signature);
      assert.deepEqual(
        companion.all("answer_security_key").filter(({ answer }) => "gave_up" in answer),
        [],
      );
    });

    test("a window that is closed gives up, and one whose task is over says so", async () => {
      const { companion } = browser;
      asks({ confirm: {} }, GET);
      const shown = await browser.comes_up(async () => companion.tell({ use_security_key: { task } }));
      await shown.see("Confirm with your security key");
      await shown.see("window asked for it");
      await shown.key("Escape");
      assert.deepEqual(await companion.next("answer_security_key"), { task, answer: { gave_up: {} } });

      companion.answers.security_key = () =>
        problem("expired", "the security key is not asked for any longer", "start again where you began");
      const late = await browser.comes_up(async () =>
        companion.tell({ use_security_key: { task: `${task} that is over` } }),
      );
      await late.see("The security key is not asked for any longer. Start again where you began.");
      await late.press("Close");
    });

    test("what does not count is said, and the window stays", async () => {
      const { companion } = browser;
      asks({ add: { name: "Blue key" } }, CREATE);
      companion.answers.answer_security_key = () =>
        problem("refused", "the security key counts backwards: it may have been copied", "remove it");
      const shown = await browser.comes_up(async () => companion.tell({ use_security_key: { task } }));
      await shown.see("Lanyard will know it as “Blue key”.");
      await shown.plug_in_key();
      await shown.press("Use your security key");
      await shown.see("The security key counts backwards: it may have been copied. Remove it.");
      await shown.press("Close");
    });

    test("what the browser says is told in plain words, and the person may try again", async () => {
      const { companion } = browser;
      // The browser lets no extension ask for a name that is none.
      asks({ add: { name: "Blue key" } }, { ...CREATE, rp: { id: "not allowed", name: "Lanyard" } });
      const shown = await browser.comes_up(async () => companion.tell({ use_security_key: { task } }));
      await shown.press("Use your security key");
      await shown.see("The browser does not let Lanyard use security keys here.");
      await shown.see("Use your security key");
      assert.deepEqual(companion.all("answer_security_key"), []);
    });

    test("an app that wants a key is filled after it was used, and not before", async () => {
      const { companion } = browser;
      const verified = wants_verification();
      companion.answers.verify = () => ({ ok: { key_task: { task } } });
      asks({ fill: { app: "Payroll 2004" } }, GET);
      companion.answers.answer_security_key = (answered) => {
        if (answered.task === task) verified();
        return DONE;
      };
      const [page, popup] = await offered();
      const shown = await browser.comes_up(() => popup.press("Fill"));
      assert.deepEqual(await companion.next("verify"), { app: "a1" });
      assert.equal(await page.value("[type=password]"), "");
      await shown.see("Payroll 2004 is filled as soon as you have used it.");
      await shown.plug_in_key();
      await shown.press("Use your security key");
      await companion.next("fill", 2);
      await companion.next("fill_ended");
      assert.equal(await page.value("[type=password]"), "s3cret");
    });

    test("an app that wants the PIN is filled once Lanyard's window has been shown it", async () => {
      const { companion } = browser;
      const verified = wants_verification();
      asks_in_window(() => {
        // What came of a PIN that was asked for elsewhere fills nothing here.
        companion.tell({ verified: { task: "another", problem: null } });
        verified();
        companion.tell({ verified: { task, problem: null } });
      });
      const [page, popup] = await offered();
      await popup.press("Fill");
      assert.deepEqual(await companion.next("verify"), { app: "a1" });
      await companion.next("fill", 2);
      await companion.next("fill_ended");
      assert.equal(await page.value("[type=password]"), "s3cret");
      assert.equal(companion.all("fill").length, 2);
    });

    test("a PIN that was not shown fills nothing, and the icon says why", async () => {
      const { companion } = browser;
      wants_verification();
      asks_in_window(() => {
        companion.tell({
          verified: { task, ...problem("declined", "you did not agree", "try again") },
        });
        // Over with it: of one task one thing is told.
        companion.tell({ verified: { task, problem: null } });
      });
      const [page, popup] = await offered();
      await popup.press("Fill");
      await companion.next("verify");
      const again = await browser.own(`popup.html?tab=${await page.number()}`);
      await again.see("You did not agree. Try again.");
      assert.equal(await page.value("[type=password]"), "");
      assert.equal(companion.all("fill").length, 1);
    });

    test("a key gives the same secret for the same salt, and another for another", async () => {
      const shown = await browser.own("security-key.html?task=none");
      await shown.plug_in_key();
      const given = await shown.run<{ enabled: boolean | undefined; secrets: (string | null)[] }>(SECRETS);
      const [first, again, other] = given.secrets;
      assert.equal(given.enabled, true);
      assert.equal(Buffer.from(first ?? "", "base64url").length, 32);
      assert.equal(first, again);
      assert.notEqual(first, other);
    });

    test("a key that is to open the vault is asked for its secret by options in JSON", async () => {
      const shown = await browser.own("security-key.html?task=none");
      await shown.plug_in_key();
      const given = await shown.run<{ enabled: boolean | undefined; secret: string | null }>(SECRET_BY_JSON);
      assert.equal(given.enabled, true);
      assert.equal(Buffer.from(given.secret ?? "", "base64url").length, 32);
    });

    test("the window says that the vault opens with the key", async () => {
      const { companion } = browser;
      asks({ unlock: {} }, GET);
      const shown = await browser.comes_up(async () => companion.tell({ use_security_key: { task } }));
      await shown.see("Unlock with your security key");
      await shown.plug_in_key();
      await shown.press("Use your security key");
      const { answer } = await companion.next("answer_security_key");
      // This key was asked for no secret, and so there is none to tell.
      assert.ok("credential" in answer && answer.credential.secret === undefined);
    });

    /** An account that is filled once the person was there: call what it returns for that. */
    function wants_verification(): () => void {
      const { companion } = browser;
      let verified = false;
      companion.origins = [browser.app.origin];
      companion.tell_origins();
      companion.answers.suggest = () =>
        suggestions([{ app: "a1", name: "Payroll 2004", user_name: "alice" }], "offered");
      companion.answers.fill = () =>
        verified
          ? { ok: { fill: { fill: "f1", user_name: "alice", password: "s3cret", submit: false } } }
          : problem("not_verified", "this app wants your security key or your PIN", "show it");
      return () => {
        verified = true;
      };
    }

    /** The companion asks for the PIN, and then this comes of it. */
    function asks_in_window(then: () => void): void {
      browser.companion.answers.verify = () => {
        setImmediate(then);
        return { ok: { asked_in_window: { task } } };
      };
    }

    /** Its page, and the popup that offers it there. */
    async function offered() {
      const page = await browser.go("/");
      const popup = await browser.own(`popup.html?tab=${await page.number()}`);
      await popup.see("alice");
      return [page, popup] as const;
    }

    /** The next task that the companion gives. */
    function asks(purpose: KeyPurpose, options: object): void {
      const asked: KeyTask = { purpose, options: JSON.stringify(options) };
      browser.companion.answers.security_key = () => ({ ok: { security_key: asked } });
    }

    /** What a key answers that the person uses in the window for it. */
    async function used(purpose: KeyPurpose, options: object, heading: string): Promise<Answer> {
      const { companion } = browser;
      asks(purpose, options);
      const before = companion.all("answer_security_key").length;
      const shown: Shown = await browser.comes_up(async () => companion.tell({ use_security_key: { task } }));
      await shown.see(heading);
      await shown.plug_in_key();
      await shown.press("Use your security key");
      const { task: answered, answer } = await companion.next("answer_security_key", before + 1);
      assert.equal(answered, task);
      assert.ok(await shown.gone());
      return "credential" in answer
        ? JSON.parse(answer.credential.json)
        : assert.fail(JSON.stringify(answer));
    }
  });
}

function client_data({ response }: Answer): { type: string; challenge: string; origin: string } {
  return JSON.parse(Buffer.from(response.clientDataJSON ?? "", "base64url").toString());
}

/** Registers a key for an organisation's domain, and asks it three times: for one salt, for it again, and for another. */
const SECRETS = `
  const rp = { id: "acme.example", name: "Lanyard" };
  const bytes = (value) => new Uint8Array(32).fill(value);
  const made = await navigator.credentials.create({ publicKey: {
    rp, user: { id: bytes(1), name: "a", displayName: "a" }, challenge: bytes(2),
    pubKeyCredParams: [{ type: "public-key", alg: -7 }], timeout: 5000,
    authenticatorSelection: { userVerification: "required" },
    extensions: { prf: { eval: { first: bytes(9) } } },
  } });
  const ask = async (salt) => {
    const seen = await navigator.credentials.get({ publicKey: {
      rpId: rp.id, challenge: bytes(3), timeout: 5000, userVerification: "required",
      allowCredentials: [{ type: "public-key", id: made.rawId }],
      extensions: { prf: { eval: { first: bytes(salt) } } },
    } });
    return seen.toJSON().clientExtensionResults.prf?.results?.first ?? null;
  };
  return { enabled: made.toJSON().clientExtensionResults.prf?.enabled, secrets: [await ask(9), await ask(9), await ask(8)] };
`;

/** The same as the companion has it asked: what it wants is JSON, and so is what comes back. */
const SECRET_BY_JSON = `
  const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON({
    rp: { id: "acme.example", name: "Lanyard" }, user: { id: "AQ", name: "a", displayName: "a" }, challenge: "Ag",
    pubKeyCredParams: [{ type: "public-key", alg: -7 }], timeout: 5000, extensions: { prf: {} },
  }) });
  const seen = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON({
    rpId: "acme.example", challenge: "Aw", timeout: 5000, userVerification: "required",
    allowCredentials: [{ type: "public-key", id: made.id }],
    extensions: { prf: { eval: { first: "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk" } } },
  }) });
  return {
    enabled: made.toJSON().clientExtensionResults.prf?.enabled,
    secret: seen.toJSON().clientExtensionResults.prf?.results?.first ?? null,
  };
`;
