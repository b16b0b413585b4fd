// WebDriver BiDi (W3C): commands with an answer, and events.

import { PATIENCE } from "./browser.ts";
import { within } from "./process.ts";

/** A top-level browsing context: a tab, or a window that has one page. */
export interface Context {
  context: string;
  url: string;
}

/** What selenium has of a connection. */
interface Connection {
  send(command: object): Promise<{ result?: unknown; error?: string; message?: string }>;
  socket: { on(event: "message", listener: (data: { toString(): string }) => void): void };
}

/** After each of these another page may be at another address. */
const CHANGES = [
  "browsingContext.contextCreated",
  "browsingContext.navigationCommitted",
  "browsingContext.fragmentNavigated",
  "browsingContext.load",
];

export class Bidi {
  readonly #connection: Connection;
  readonly #listeners = new Map<string, ((params: never) => void)[]>();

  private constructor(connection: Connection) {
    this.#connection = connection;
    connection.socket.on("message", (data) => {
      const { method, params } = JSON.parse(data.toString()) as { method?: string; params?: unknown };
      for (const listener of this.#listeners.get(method ?? "") ?? []) listener(params as never);
    });
  }

  static async of(driver: { getBidi(): Promise<unknown> }): Promise<Bidi> {
    const bidi = new Bidi((await driver.getBidi()) as Connection);
    await bidi.subscribe(CHANGES);
    return bidi;
  }

  async send<Result>(method: string, params: object): Promise<Result> {
    const command = this.#connection.send({ method, params });
    const answer = await within(3 * PATIENCE, `an answer to ${method}`, command);
    if (answer.error) throw new Error(`${method}: ${answer.error}: ${answer.message}`);
    return answer.result as Result;
  }

  async subscribe(events: string[]): Promise<void> {
    await this.send("session.subscribe", { events });
  }

  on<Params>(event: string, listener: (params: Params) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  async contexts(): Promise<Context[]> {
    return (await this.send<{ contexts: Context[] }>("browsingContext.getTree", { maxDepth: 0 })).contexts;
  }

  /** Resolves when the next page has changed its address. */
  nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const listener = () => {
        for (const event of CHANGES) {
          const others = this.#listeners.get(event)?.filter((other) => other !== listener);
          this.#listeners.set(event, others ?? []);
        }
        resolve();
      };
      for (const event of CHANGES) this.on(event, listener);
    });
  }
}
