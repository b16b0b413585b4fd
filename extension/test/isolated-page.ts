// Chromium, and a world of our own in each of its pages.

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, type CDPSession, chromium, type Page } from "playwright-core";
import { CHROMIUM, SANDBOX } from "./extension-browser.ts";

/** What an entry puts into the world, by the names that are called. */
// biome-ignore lint/suspicious/noExplicitAny: any arguments and any answer is what is meant.
type Calls = Record<string, (...args: any[]) => unknown>;
type Dom = typeof globalThis.dom_for_tests;

export type IsolatedPage<Named extends Calls = Dom> = {
  page: Page;
  call<Name extends keyof Named>(
    name: Name,
    ...args: Parameters<Named[Name]>
  ): Promise<Awaited<ReturnType<Named[Name]>>>;
};

export type IsolatedPages<Named extends Calls = Dom> = {
  /** Another document in the same tab. */
  open(html: string): Promise<IsolatedPage<Named>>;
  close(): Promise<void>;
};

export async function start_isolated_pages<Named extends Calls = Dom>(
  entry = "dom-entry.ts",
  global = "dom_for_tests",
): Promise<IsolatedPages<Named>> {
  const [browser, script] = await Promise.all([start_browser(), bundle_dom(entry)]);
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  let body = "";
  await page.route("http://app.test/**", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body }),
  );
  const open = async (html: string): Promise<IsolatedPage<Named>> => {
    body = `<!doctype html>${html}`;
    await page.goto("http://app.test/login");
    const { frameTree } = await session.send("Page.getFrameTree");
    const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
    const evaluate = (expression: string) => run(session, expression, world.executionContextId);
    await evaluate(script);
    return {
      page,
      call: (name, ...args) => evaluate(`${global}.${String(name)}(...${JSON.stringify(args)})`),
    };
  };
  return { open, close: () => browser.close() };
}

async function run(session: CDPSession, expression: string, contextId: number) {
  const answer = await session.send("Runtime.evaluate", {
    expression,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  });
  if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description);
  return answer.result.value;
}

async function start_browser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: SANDBOX });
}

async function bundle_dom(entry: string): Promise<string> {
  const entryPoints = [fileURLToPath(new URL(entry, import.meta.url))];
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    write: false,
    format: "iife",
    target: "chrome116",
    // A world of a test's making has no extension's API.
    banner: {
      js: "globalThis.chrome = { runtime: { id: 'test' }, dom: { openOrClosedShadowRoot: (host) => host.shadowRoot } };",
    },
  });
  return outputFiles[0]?.text ?? "";
}
