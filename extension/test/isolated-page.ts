// Chromium, and a world of our own in each of its pages.

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, type CDPSession, chromium, type Page } from "playwright-core";
import { CHROMIUM, SANDBOX } from "./extension-browser.ts";

type Dom = typeof globalThis.dom_for_tests;

export type IsolatedPage = {
  page: Page;
  call<Name extends keyof Dom>(
    name: Name,
    ...args: Parameters<Dom[Name]>
  ): Promise<Awaited<ReturnType<Dom[Name]>>>;
};

export type IsolatedPages = {
  /** Another document in the same tab. */
  open(html: string): Promise<IsolatedPage>;
  close(): Promise<void>;
};

export async function start_isolated_pages(): Promise<IsolatedPages> {
  const [browser, script] = await Promise.all([start_browser(), bundle_dom()]);
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  let body = "";
  await page.route("http://app.test/**", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body }),
  );
  const open = async (html: string): Promise<IsolatedPage> => {
    body = `<!doctype html>${html}`;
    await page.goto("http://app.test/login");
    const { frameTree } = await session.send("Page.getFrameTree");
    const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
    const evaluate = (expression: string) => run(session, expression, world.executionContextId);
    await evaluate(script);
    return { page, call: (name, ...args) => evaluate(`dom_for_tests.${name}(...${JSON.stringify(args)})`) };
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

async function bundle_dom(): Promise<string> {
  const entryPoints = [fileURLToPath(new URL("dom-entry.ts", import.meta.url))];
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    write: false,
    format: "iife",
    target: "chrome116",
    // A world of a test's making has no extension's API.
    banner: { js: "globalThis.chrome = { dom: { openOrClosedShadowRoot: (host) => host.shadowRoot } };" },
  });
  return outputFiles[0]?.text ?? "";
}
