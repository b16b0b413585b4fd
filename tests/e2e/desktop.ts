// The person at the desktop: chooses from the tray menu, reads and presses what Lanyard's window shows.

import { createInterface, type Interface } from "node:readline";
import { end, type Started, start } from "./process.ts";
import { program } from "./stage.ts";

export interface Tray {
  title: string;
  status: string;
  icon_name: string;
  icons: [number, number][];
  tooltip: string;
  menu: MenuItem[];
}

export interface MenuItem {
  label: string;
  enabled: boolean;
  separator: boolean;
  children: MenuItem[];
}

export interface Element {
  role: string;
  name: string;
  text: string;
  enabled: boolean;
  showing: boolean;
  depth: number;
}

export interface Look {
  role?: string;
  name?: string;
  name_begins?: string;
  says?: string;
}

export type Rectangle = [left: number, top: number, width: number, height: number];

/** The window's program, as the accessibility bus names it. */
const WINDOW = "lanyard-window";
const PATIENCE = 10_000;

export class Desktop {
  #driver: Started;
  #lines: Interface;
  #asked = 0;
  #answers = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  /** The tray that is meant: that of the companion running. */
  pid = 0;

  private constructor(driver: Started) {
    this.#driver = driver;
    this.#lines = createInterface({ input: driver.process.stdout as NodeJS.ReadableStream });
    this.#lines.on("line", (line) => this.#answered(line));
    driver.process.once("exit", () => this.#giveUp());
  }

  static async start(): Promise<Desktop> {
    return new Desktop(await start("desktop-driver", program("desktop-driver"), []));
  }

  tray(): Promise<Tray> {
    return this.#ask({ tray: { pid: this.pid } }) as Promise<Tray>;
  }

  /** Waits until the tray looks like this. */
  trayShows(until: { has?: string; has_not?: string; enabled?: boolean; says?: string }): Promise<Tray> {
    return this.#ask({ tray_wait: { pid: this.pid, until, timeout_ms: PATIENCE } }) as Promise<Tray>;
  }

  async choose(label: string): Promise<void> {
    await this.#ask({ tray_click: { pid: this.pid, label, timeout_ms: PATIENCE } });
  }

  /** Everything that the window shows. */
  elements(): Promise<Element[]> {
    return this.#ask({ elements: { app: WINDOW } }) as Promise<Element[]>;
  }

  find(look: Look, timeout_ms = PATIENCE): Promise<Element> {
    return this.#ask({ find: { element: { app: WINDOW, ...look }, timeout_ms } }) as Promise<Element>;
  }

  /** Where on the screen it is: left, top, width, height. */
  where(look: Look, timeout_ms = PATIENCE): Promise<Rectangle> {
    return this.#ask({ where: { element: { app: WINDOW, ...look }, timeout_ms } }) as Promise<Rectangle>;
  }

  async gone(look: Look, timeout_ms = PATIENCE): Promise<void> {
    await this.#ask({ gone: { element: { app: WINDOW, ...look }, timeout_ms } });
  }

  async press(look: Look, timeout_ms = PATIENCE): Promise<void> {
    await this.#ask({ press: { element: { app: WINDOW, role: "button", ...look }, timeout_ms } });
  }

  async type(look: Look, text: string, timeout_ms = PATIENCE): Promise<void> {
    await this.#ask({ type: { element: { app: WINDOW, role: "entry", ...look }, text, timeout_ms } });
  }

  end(): Promise<void> {
    return end(this.#driver);
  }

  #ask(request: object): Promise<unknown> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      this.#driver.process.stdin?.write(`${JSON.stringify({ id, request })}\n`);
    });
  }

  #answered(line: string): void {
    const { id, ok, error } = JSON.parse(line) as { id: number; ok?: unknown; error?: string };
    const waiting = this.#answers.get(id);
    this.#answers.delete(id);
    if (error === undefined) waiting?.resolve(ok);
    else waiting?.reject(new Error(error));
  }

  #giveUp(): void {
    for (const { reject } of this.#answers.values()) reject(new Error("desktop-driver ended"));
    this.#answers.clear();
  }
}
