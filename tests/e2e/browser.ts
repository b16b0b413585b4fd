// A person's browser and its pages, one shape for every kind: elements are found as a person finds them.

/**
 * An element by its role and whole name, a field by its label, whatever says something, or what a selector means: it sees
 * through open shadow roots, and into the frame whose address ends like this.
 */
export type Look =
  | { role: string; name?: string }
  | { label: string }
  | { says: string | RegExp }
  | { css: string; frame?: string };

/** A page in a tab or in a window of its own. */
export interface Page {
  url(): Promise<string>;
  goto(url: string): Promise<void>;
  bringToFront(): Promise<void>;
  close(): Promise<void>;

  /** Everything it says. */
  text(): Promise<string>;
  html(): Promise<string>;
  waitFor(look: Look, timeout?: number): Promise<void>;
  waitUntilGone(look: Look, timeout?: number): Promise<void>;
  /** Whether it is there at this moment. */
  has(look: Look): Promise<boolean>;
  /** What a field has in it. */
  valueOf(look: Look): Promise<string>;
  click(look: Look): Promise<void>;
  check(look: Look): Promise<void>;
  /** Writes something in place of what was in a field. */
  fill(look: Look, text: string): Promise<void>;
  /** Types, letter by letter, into what has the focus. */
  type(text: string): Promise<void>;
  press(key: "Tab" | "Enter" | "Space"): Promise<void>;
}

/** How long it took from the form in a page to the password in it, as the page itself saw it. */
export interface FillTime {
  url: string;
  milliseconds: number;
}

export interface Browser {
  /** As Lanyard calls it. */
  readonly name: string;
  readonly fills: FillTime[];
  /** The address of a page of the extension. */
  own(path: string): string;
  /** Opens a tab. */
  open(url: string): Promise<Page>;
  /** Waits for a page whose address begins like this, in whatever tab or window. */
  pageAt(begins: string, timeout?: number): Promise<Page>;
  pages(): Promise<Page[]>;
  /** The popup, as the toolbar shows it above this page. */
  popupAbove(page: Page): Promise<Page>;
  /** Ends and starts it, as a restart of the laptop does: what lives as long as a session of the browser is gone. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** How long a page may take. */
export const PATIENCE = 10_000;

/** Runs in every page: from the password field's coming to the value in it. */
export function watchForms(): void {
  if (!location.protocol.startsWith("http")) return;
  let formAt: number | undefined;
  const look = () => {
    if (formAt !== undefined || !document.querySelector("input[type=password]")) return;
    formAt = performance.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener(
    "input",
    (event) => {
      const field = event.target as HTMLInputElement;
      if (field.type !== "password" || formAt === undefined) return;
      const report = (globalThis as unknown as { lanyardTestFilled(time: FillTime): void }).lanyardTestFilled;
      report({ url: location.href, milliseconds: performance.now() - formAt });
    },
    true,
  );
}

/** The tab of a page, as the browser numbers it: asked by a page of the extension, which runs this. */
export async function tabAt(url: string): Promise<number | undefined> {
  const api = (
    globalThis as unknown as {
      chrome: { tabs: { query(q: object): Promise<{ id: number; url?: string }[]> } };
    }
  ).chrome;
  const tabs = await api.tabs.query({});
  return tabs.find((tab) => tab.url === url)?.id;
}
