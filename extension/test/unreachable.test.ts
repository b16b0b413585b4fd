// What is said when the browser cannot start the native messaging host, in the browser's own words for it.

import { test } from "node:test";
import { start_extension_browser } from "./extension-browser.ts";

const CASES = {
  missing: "Lanyard is not installed on this computer",
  forbidden: "This extension is not the one that came with Lanyard",
} as const;

for (const [host, says] of Object.entries(CASES)) {
  test(`a host that is ${host} is said with what to do`, async () => {
    const browser = await start_extension_browser({ host: host as keyof typeof CASES });
    try {
      const page = await browser.open("welcome.html");
      await page.getByRole("heading", { name: says }).waitFor();
      await page.getByText("nstall").last().waitFor();
      await page.getByRole("button", { name: "Try again" }).waitFor();
    } finally {
      await browser.close();
    }
  });
}
