// A page of Firefox, over WebDriver BiDi: by the id of its context, so that looking at it brings nothing to the front.

import { setTimeout } from "node:timers/promises";
import type { Bidi, Context } from "./bidi.ts";
import { type Look, PATIENCE, type Page } from "./browser.ts";
import { within } from "./process.ts";

/** An element, as BiDi names it. */
interface Node {
  sharedId: string;
}

type Value = { type: string; value?: unknown; sharedId?: string };

type Tree = Context & { children?: Tree[] | null };

/** As WebDriver numbers keys. */
const KEYS = { Tab: "\uE004", Enter: "\uE007", Space: " " };

/** Between two looks: no event tells that an element has come. */
const AGAIN = 30;
const GLANCE = 1500;

export class FirefoxPage implements Page {
  readonly #bidi: Bidi;
  readonly #context: string;

  constructor(bidi: Bidi, context: string) {
    this.#bidi = bidi;
    this.#context = context;
  }

  async url(): Promise<string> {
    const found = (await this.#bidi.contexts()).find(({ context }) => context === this.#context);
    return found?.url ?? "";
  }

  async goto(url: string): Promise<void> {
    await this.#bidi.send("browsingContext.navigate", { context: this.#context, url, wait: "complete" });
  }

  async bringToFront(): Promise<void> {
    await this.#bidi.send("browsingContext.activate", { context: this.#context });
  }

  async close(): Promise<void> {
    await this.#bidi.send("browsingContext.close", { context: this.#context });
  }

  async text(): Promise<string> {
    return (await this.evaluate(readAll)) as string;
  }

  async html(): Promise<string> {
    return (await this.evaluate(() => document.documentElement.outerHTML)) as string;
  }

  async waitFor(look: Look, timeout = PATIENCE): Promise<void> {
    await this.#until(look, timeout, (found) => found !== undefined, "not there");
  }

  async waitUntilGone(look: Look, timeout = PATIENCE): Promise<void> {
    await this.#until(look, timeout, (found) => found === undefined, "still there");
  }

  async has(look: Look): Promise<boolean> {
    return (await this.#find(look)) !== undefined;
  }

  async valueOf(look: Look): Promise<string> {
    const value = (element: Element) => (element as HTMLInputElement).value;
    return (await this.evaluate(value, await this.#get(look))) as string;
  }

  async click(look: Look): Promise<void> {
    if ("css" in look && look.frame) return (await this.#frame(look.frame)).click({ css: look.css });
    const element = await this.#get(look);
    await this.evaluate((found: Element) => found.scrollIntoView({ block: "center" }), element);
    const origin = { type: "element", element };
    await this.#perform({
      type: "pointer",
      id: "mouse",
      actions: [
        { type: "pointerMove", x: 0, y: 0, origin },
        { type: "pointerDown", button: 0 },
        { type: "pointerUp", button: 0 },
      ],
    });
  }

  async check(look: Look): Promise<void> {
    const checked = (element: Element) => (element as HTMLInputElement).checked;
    if (!(await this.evaluate(checked, await this.#get(look)))) await this.click(look);
  }

  async fill(look: Look, text: string): Promise<void> {
    await this.click(look);
    await this.evaluate((field: Element) => (field as HTMLInputElement).select(), await this.#get(look));
    await this.type(text);
  }

  async type(text: string): Promise<void> {
    await this.#perform(keyboard([...text]));
  }

  async press(key: "Tab" | "Enter" | "Space"): Promise<void> {
    await this.#perform(keyboard([KEYS[key]]));
  }

  /** Runs a function in the page. */
  async evaluate<Given>(run: (given: Given) => unknown, given?: Given | Node): Promise<unknown> {
    return (await this.#call(run, given)).value;
  }

  async #call<Given>(run: (given: Given) => unknown, given?: Given | Node): Promise<Value> {
    const answer = await this.#bidi.send<{ result: Value; exceptionDetails?: { text: string } }>(
      "script.callFunction",
      {
        functionDeclaration: `async (given) => { const found = await (${run})(given); return found; }`,
        arguments: given === undefined ? [] : [toValue(given)],
        awaitPromise: true,
        target: { context: this.#context },
      },
    );
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
    return answer.result;
  }

  /** The frame in this page whose address ends like this. */
  async #frame(ends: string): Promise<FirefoxPage> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const tree = { root: this.#context, maxDepth: 1 };
      const { contexts } = await this.#bidi.send<{ contexts: Tree[] }>("browsingContext.getTree", tree);
      const found = contexts[0]?.children?.find(({ url }) => url.endsWith(ends));
      if (found) return new FirefoxPage(this.#bidi, found.context);
      if (Date.now() > deadline) throw new Error(`no frame at ${ends} in ${await this.url()}`);
      await setTimeout(AGAIN);
    }
  }

  async #pierce(css: string): Promise<Node | undefined> {
    const { sharedId } = await this.#call(findDeep, css);
    return sharedId === undefined ? undefined : { sharedId };
  }

  async #get(look: Look): Promise<Node> {
    const found = await this.#until(look, PATIENCE, (node) => node !== undefined, "not there");
    return found as Node;
  }

  async #until(
    look: Look,
    timeout: number,
    isRight: (found: Node | undefined) => boolean,
    otherwise: string,
  ): Promise<Node | undefined> {
    const deadline = Date.now() + timeout;
    for (;;) {
      // A page that is on its way to another has no elements to look at, and who asks in that moment gets no answer.
      const found = await within(GLANCE, "an answer", this.#find(look)).catch((error: Error) => error);
      if (!(found instanceof Error) && isRight(found)) return found;
      if (Date.now() > deadline) {
        const why = found instanceof Error ? found.message : otherwise;
        const shown = await this.text().catch(() => "");
        throw new Error(`${words(look)}: ${why} within ${timeout} ms; ${await this.url()} shows: ${shown}`);
      }
      await setTimeout(AGAIN);
    }
  }

  async #find(look: Look): Promise<Node | undefined> {
    if ("role" in look) return this.#locate({ type: "accessibility", value: look });
    if ("css" in look) return this.#pierce(look.css);
    if ("label" in look) {
      const field = `label[contains(normalize-space(.), '${look.label}')]`;
      const byLabel = `//*[@id = //${field}/@for] | //${field}//input | //*[@aria-label = '${look.label}']`;
      return this.#locate({ type: "xpath", value: byLabel });
    }
    const said = await this.text();
    const says = typeof look.says === "string" ? said.includes(look.says) : look.says.test(said);
    return says ? { sharedId: "" } : undefined;
  }

  async #locate(locator: object): Promise<Node | undefined> {
    const { nodes } = await this.#bidi.send<{ nodes: Node[] }>("browsingContext.locateNodes", {
      context: this.#context,
      locator,
      maxNodeCount: 1,
    });
    return nodes[0] && { sharedId: nodes[0].sharedId };
  }

  async #perform(source: object): Promise<void> {
    await this.#bidi.send("input.performActions", { context: this.#context, actions: [source] });
  }
}

function keyboard(keys: string[]): object {
  const actions = keys.flatMap((value) => [
    { type: "keyDown", value },
    { type: "keyUp", value },
  ]);
  return { type: "key", id: "keyboard", actions };
}

function toValue(given: unknown): object {
  return typeof given === "string" ? { type: "string", value: given } : (given as object);
}

/** The first element of a selector, in the document or in its open shadow roots; runs in the page. */
function findDeep(css: string): Element | null {
  const roots: ParentNode[] = [document];
  for (const root of roots) {
    const found = root.querySelector(css);
    if (found) return found;
    for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) roots.push(shadowRoot);
  }
  return null;
}

/** What the page says, in its open shadow roots too; runs in the page. */
function readAll(): string {
  const said: string[] = [];
  const roots: ParentNode[] = document.body ? [document.body] : [];
  for (const root of roots) {
    said.push((root as unknown as Element).textContent ?? "");
    for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) roots.push(shadowRoot);
  }
  return said.join("\n");
}

function words(look: Look): string {
  if ("css" in look) return look.css;
  if ("says" in look) return `“${look.says}”`;
  return "label" in look ? `the field ${look.label}` : `the ${look.role} ${look.name ?? ""}`;
}
