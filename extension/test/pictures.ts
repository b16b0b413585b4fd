// Takes a picture of every page in every state, light and dark, for somebody to look at: `node test/pictures.ts FOLDER`.

import { mkdir } from "node:fs/promises";
import type { State } from "../../crates/protocol/bindings/browser.ts";
import { start_extension_browser } from "./extension-browser.ts";
import { LOCKED, problem, READY, SIGNED_OUT, UNPAIRED } from "./scripted-companion.ts";

const folder = process.argv[2] ?? "pictures";
await mkdir(folder, { recursive: true });

const browser = await start_extension_browser();
const { companion, app } = browser;
await companion.next("hello");

const keyring = problem(
  "keychain",
  "the keyring is locked",
  "unlock your keyring, then open Lanyard",
).problem;
const STATES: Record<string, State> = {
  unpaired: UNPAIRED,
  signed_out: SIGNED_OUT,
  locked: LOCKED,
  unavailable: { ...READY, vault: { unavailable: { problem: keyring, may_begin_new: false } } },
  empty: READY,
  accounts: READY,
};

const login = await browser.context.newPage();
await login.goto(`${app.origin}/`);
const popup = `popup.html?tab=${await browser.tab_of(login)}`;

for (const [name, state] of Object.entries(STATES)) {
  companion.change_state(state);
  const accounts = [
    { app: "a", name: "Payroll 2004", user_name: "alice" },
    { app: "b", name: "Payroll 2004", user_name: "payroll-admin@finance.corp.example" },
  ];
  companion.answers.suggest = () => ({
    ok: { suggestions: { accounts: name === "accounts" ? accounts : [] } },
  });
  await picture(popup, `popup-${name}`, 360, 260);
}
companion.answers.fill = () =>
  problem(
    "refused",
    "this page is not at the address the account was saved for",
    "compare the address with the one in Lanyard",
  );
await picture(popup, "popup-refused", 360, 280, "Fill");
companion.change_state(UNPAIRED);
companion.answers.pair = () => new Promise(() => undefined);
await picture("welcome.html", "welcome", 720, 480);
await picture("welcome.html", "welcome-asking", 720, 480, "Connect this browser");
companion.change_state(READY);
await picture("welcome.html", "welcome-connected", 720, 480);
for (const kind of ["save", "update"] as const) {
  const offer = {
    capture: "c",
    kind,
    name: "Payroll 2004",
    user_name: "alice",
    origin: "https://payroll.corp.example:8443",
    auto_submit: true,
  };
  companion.answers.offer = () => ({ ok: { offer } });
  await picture("offer.html?capture=c", `offer-${kind}`, 420, 380);
}
companion.stop();
await picture(popup, "popup-trouble", 360, 260);
await browser.close();

async function picture(
  path: string,
  name: string,
  width: number,
  height: number,
  press?: string,
): Promise<void> {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width, height });
  await page.goto(`chrome-extension://${browser.id}/${path}`);
  await page.getByRole("heading").or(page.getByRole("list")).first().waitFor();
  if (press) await page.getByRole("button", { name: press, exact: true }).first().click();
  await page.waitForTimeout(400);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
  await page.close();
}
