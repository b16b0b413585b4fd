// The OpenID provider: its programs' words, the person's answers on its pages, what it has seen.

import type { Page } from "playwright-core";
import { type Started, start } from "./process.ts";
import { program, stage } from "./stage.ts";

export interface Provider extends Started {
  issuer: string;
  client_id: string;
  admin: string;
}

export async function startProvider(options: string[] = []): Promise<Provider> {
  const started = await start("provider", program("node"), [
    `${stage}/tests/idp/server.ts`,
    "--port",
    "0",
    ...options,
  ]);
  return { ...started, ...JSON.parse(started.ready) };
}

export interface ProviderEvent {
  type: string;
  time: string;
  [detail: string]: unknown;
}

export async function events(provider: Provider): Promise<ProviderEvent[]> {
  const answer = (await (await fetch(`${provider.admin}/events`)).json()) as { events: ProviderEvent[] };
  return answer.events;
}

/** Goes through the provider's pages, step by step as they come, and approves. */
export async function approve(page: Page, code: string): Promise<void> {
  for (let steps = 0; steps < 8; steps++) {
    const heading = ((await page.getByRole("heading", { level: 1 }).textContent()) ?? "").trim();
    if (heading === "You are signed in") return;
    await answer(page, heading, code);
    await page.getByRole("heading", { level: 1 }).filter({ hasNotText: heading }).waitFor();
  }
  throw new Error(`the provider's pages did not end; the last was ${page.url()}`);
}

async function answer(page: Page, heading: string, code: string): Promise<void> {
  switch (heading) {
    case "Connect a device":
      await page.getByRole("textbox").fill(code);
      return page.getByRole("button", { name: "Continue" }).click();
    case "Is this your device?": {
      const shown = ((await page.locator("code").textContent()) ?? "").trim();
      if (shown !== code) throw new Error(`the provider shows the code ${shown}, Lanyard's window ${code}`);
      return page.getByRole("button", { name: "Yes, continue" }).click();
    }
    case "Sign in to Acme":
      await page.getByLabel("User name").fill("alice");
      await page.getByLabel("Password").fill("wonderland");
      return page.getByRole("button", { name: "Sign in" }).click();
    case "Allow Lanyard?":
      return page.getByRole("button", { name: "Allow" }).click();
    default:
      throw new Error(`the provider asks something unexpected: ${heading}`);
  }
}
