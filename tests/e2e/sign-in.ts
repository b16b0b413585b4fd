// A sign-in without a window: the code from `lanyard sign-in --json`, the approval by the provider's own forms.

import { createInterface } from "node:readline";
import { startLanyard } from "./lanyard.ts";
import { within } from "./process.ts";
import type { Provider } from "./provider.ts";

export interface TerminalSignIn {
  user_code: string;
  verification_uri: string;
  /** Exit code and everything printed, a parsed line each. */
  ended: Promise<{ code: number; lines: unknown[]; stderr: string }>;
}

/** Begins to sign in and returns when the code is known. */
export async function beginSignIn(
  options: string[] = [],
  env: Record<string, string> = {},
): Promise<TerminalSignIn> {
  const child = startLanyard(["sign-in", "--json", ...options], env);
  child.stdin.end();
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const lines: unknown[] = [];
  const code = new Promise<{ user_code: string; verification_uri: string }>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const value = JSON.parse(line);
      lines.push(value);
      const found = /"user_code":/.test(line) ? findCode(value) : undefined;
      if (found) resolve(found);
    });
    child.on("close", (code) =>
      reject(new Error(`sign-in ended with ${code}: ${JSON.stringify(lines)} ${stderr}`)),
    );
  });
  const ended = new Promise<{ code: number; lines: unknown[]; stderr: string }>((resolve) => {
    child.on("close", (code) => resolve({ code: code ?? -1, lines, stderr }));
  });
  return { ...(await within(15_000, "the user code", code)), ended };
}

/** Signs Alice in. */
export async function signInAtTerminal(
  provider: Provider,
  options: string[] = [],
  env: Record<string, string> = {},
): Promise<void> {
  const { user_code, ended } = await beginSignIn(options, env);
  await decide(provider, user_code, "approve");
  const { code, lines, stderr } = await within(20_000, "the sign-in to be over", ended);
  if (code !== 0) throw new Error(`sign-in ended with ${code}: ${JSON.stringify(lines)} ${stderr}`);
}

/** Goes through the provider's forms as a browser would, and says yes or no. */
export async function decide(
  provider: Provider,
  user_code: string,
  decision: "approve" | "deny",
): Promise<void> {
  const jar = new Map<string, string>();
  let page = await visit(jar, `${provider.issuer}/device`);
  for (let steps = 0; steps < 8; steps++) {
    const heading = /<h1>([^<]*)<\/h1>/.exec(page.html)?.[1] ?? "";
    if (heading === "You are signed in" || /cancel|not work/i.test(heading)) return;
    const [form, fields] = formFor(page.html, heading, user_code, decision);
    page = await visit(jar, new URL(form, page.url).href, fields);
    if (decision === "deny" && heading !== "Connect a device") return;
  }
  throw new Error(`the provider's pages did not end; the last was ${page.url}`);
}

interface Visited {
  url: string;
  html: string;
}

function formFor(
  html: string,
  heading: string,
  user_code: string,
  decision: string,
): [string, Record<string, string>] {
  const action = (which = "") => new RegExp(`<form[^>]*action="([^"]*${which})"`).exec(html)?.[1] ?? "";
  const xsrf = { xsrf: /name="xsrf" value="([^"]*)"/.exec(html)?.[1] ?? "" };
  switch (heading) {
    case "Connect a device":
      return [action(), { ...xsrf, user_code }];
    case "Is this your device?":
      return [
        action(),
        { ...xsrf, user_code, ...(decision === "deny" ? { abort: "yes" } : { confirm: "yes" }) },
      ];
    case "Sign in to Acme":
      return [action("/login"), { login: "alice", password: "wonderland" }];
    case "Allow Lanyard?":
      return [action("/consent"), {}];
    default:
      throw new Error(`the provider asks something unexpected: ${heading}`);
  }
}

async function visit(
  jar: Map<string, string>,
  url: string,
  fields?: Record<string, string>,
): Promise<Visited> {
  let body = fields && new URLSearchParams(fields);
  for (let hops = 0; hops < 10; hops++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, {
      method: body ? "POST" : "GET",
      body: body ?? null,
      redirect: "manual",
      headers: { cookie },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    if (!location) return { url, html: await answer.text() };
    url = new URL(location, url).href;
    body = undefined;
  }
  throw new Error(`too many redirects, the last to ${url}`);
}

function findCode(value: unknown): { user_code: string; verification_uri: string } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("user_code" in value) return value as { user_code: string; verification_uri: string };
  return Object.values(value)
    .map(findCode)
    .find((found) => found !== undefined);
}
