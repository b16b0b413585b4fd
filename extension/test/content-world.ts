// The world of the extension's content scripts in a page of Chromium: what runs there has the interfaces that they have.

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";

export type ContentWorld = {
  /** The value of an expression, awaited. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** What it listens for on the window and the document. */
  listeners(): Promise<string[]>;
};

/** Of the page's top frame, once the stub is in it. */
export async function content_world(page: Page): Promise<ContentWorld> {
  const session = await page.context().newCDPSession(page);
  const found = new Promise<number>((resolve) => {
    session.on("Runtime.executionContextCreated", ({ context }) => {
      if (context.name === "Lanyard") resolve(context.id);
    });
  });
  await session.send("Runtime.enable");
  const contextId = await found;
  return {
    async evaluate<Value>(expression: string) {
      const answer = await session.send("Runtime.evaluate", {
        expression,
        contextId,
        awaitPromise: true,
        returnByValue: true,
      });
      if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description);
      return answer.result.value as Value;
    },
    async listeners() {
      const found: string[] = [];
      for (const expression of ["window", "document"]) {
        const { result } = await session.send("Runtime.evaluate", { expression, contextId });
        const { listeners } = await session.send("DOMDebugger.getEventListeners", {
          objectId: result.objectId ?? "",
        });
        for (const { type, passive } of listeners) found.push(passive ? `${type} passive` : type);
      }
      return found;
    },
  };
}

/** A module of the content scripts as one script, which leaves its exports under a name. */
export async function bundle_of(module: string, name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/content/${module}`, import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: name,
    target: "chrome123",
  });
  return (outputFiles[0]?.text ?? "").replace(`var ${name} =`, `globalThis.${name} =`);
}
