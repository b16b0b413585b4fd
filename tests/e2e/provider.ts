// The OpenID provider: its programs' words, the person's answers on its pages, what it has seen.

import type { Page } from "./browser.ts";
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
    const heading = await headingOf(page);
    if (heading === "You are signed in") return;
    await answer(page, heading, code);
    await page.waitUntilGone({ role: "heading", name: heading });
  }
  throw new Error(`the provider's pages did not end; the last was ${await page.url()}`);
}

async function headingOf(page: Page): Promise<string> {
  await page.waitFor({ role: "heading" });
  return /<h1>([^<]*)<\/h1>/.exec(await page.html())?.[1]?.trim() ?? "";
}

async function answer(page: Page, heading: string, code: string): Promise<void> {
  switch (heading) {
    case "Connect a device":
      await page.fill({ role: "textbox" }, code);
      return page.click({ role: "button", name: "Continue" });
    case "Is this your device?": {
      if (!(await page.text()).includes(code))
        throw new Error(
          `the provider does not show the code ${code} of Lanyard's window: ${await page.text()}`,
        );
      return page.click({ role: "button", name: "Yes, continue" });
    }
    case "Sign in to Acme":
      await page.fill({ label: "User name" }, "alice");
      await page.fill({ label: "Password" }, "wonderland");
      return page.click({ role: "button", name: "Sign in" });
    case "Allow Lanyard?":
      return page.click({ role: "button", name: "Allow" });
    default:
      throw new Error(`the provider asks something unexpected: ${heading}`);
  }
}
