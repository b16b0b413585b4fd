// The pages of a corpus, one after the other in real Chromium: scripts and network off, and a world of our own in each, as the
// browser gives content scripts one.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type BrowserContext, type CDPSession, chromium } from "playwright-core";
import { CHROMIUM, SANDBOX } from "../../extension/test/extension-browser.ts";

export type LabelledField = {
  /** Among all <input> of the document. */
  index: number | null;
  label: "username" | "email" | "current-password" | "new-password" | "otp" | "other";
  /** Named by the labeller, not only by a rule. */
  explicit: boolean;
  raw: string | null;
};

export type LabelledPage = {
  file: string;
  kind: "login" | "signup" | "change-password" | "bait";
  set: string;
  /** Where it came from, where that is known. */
  url: string | null;
  fields: LabelledField[];
  submits: { tag: string; tag_index: number }[];
};

/**
 * One renderer for all sites. The finder then runs as in a browser that is in use: its script is compiled once, and everything
 * else is new on every page.
 */
const ONE_RENDERER = [
  "--renderer-process-limit=1",
  "--disable-site-isolation-trials",
  "--disable-features=IsolateOrigins,site-per-process,ProcessPerSiteUpToMainFrameThreshold",
];

/** Where a page is said to be from that nobody knows the address of. Says nothing that a finder could use. */
const NOWHERE = "https://page.example/";

export async function read_labels(folder: string): Promise<LabelledPage[]> {
  const lines = (await readFile(join(folder, "labels.jsonl"), "utf8")).split("\n");
  return lines.filter((line) => line.trim()).map((line) => JSON.parse(line));
}

/** Opens every page of a corpus and evaluates an expression in it, after a script. Answers are in the order of the pages. */
export async function look_at_pages<Answer>(
  folder: string,
  pages: LabelledPage[],
  script: string,
  expression: string,
): Promise<Answer[]> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...SANDBOX, ...ONE_RENDERER] });
  const answers: Answer[] = [];
  try {
    // One after the other: what another tab does meanwhile would be timed as well.
    const tab = await open_tab(
      await browser.newContext({ javaScriptEnabled: false, serviceWorkers: "block" }),
    );
    for (const page of pages)
      answers.push(await tab.look<Answer>(join(folder, page.file), page.url, `${script}\n${expression}`));
  } finally {
    await browser.close();
  }
  return answers;
}

async function open_tab(context: BrowserContext) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let body: Buffer = Buffer.of();
  await context.route("**", (route) => {
    const request = route.request();
    const is_page = request.isNavigationRequest() && request.frame() === page.mainFrame();
    return is_page ? route.fulfill({ contentType: "text/html; charset=utf-8", body }) : route.abort();
  });
  const look = async <Answer>(file: string, url: string | null, expression: string): Promise<Answer> => {
    body = await readFile(file);
    // Playwright leaves whatever ends like this unanswered.
    await page.goto(url?.replace(/\?.*\/favicon\.ico$/, "") ?? NOWHERE, { waitUntil: "load" });
    return evaluate_apart(session, expression, file);
  };
  return { look };
}

/** In a world of its own of the main frame. */
async function evaluate_apart<Answer>(
  session: CDPSession,
  expression: string,
  file: string,
): Promise<Answer> {
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
  });
  const answer = await session.send("Runtime.evaluate", {
    expression,
    contextId: executionContextId,
    returnByValue: true,
  });
  if (answer.exceptionDetails)
    throw new Error(
      `${file}: ${answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text}`,
    );
  return answer.result.value;
}

/** What runs in the page, as one script. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    target: "chrome116",
    minify: true,
  });
  return outputFiles[0]?.text ?? "";
}
