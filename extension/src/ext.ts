// The browser's API: the one name under which every other file uses it. Where browsers say the same in different words,
// they are made one here.

export const ext = chrome;

export type Sender = chrome.runtime.MessageSender;
export type Port = chrome.runtime.Port;
export type Tab = chrome.tabs.Tab;

/** What only Firefox and its kin have. */
type Gecko = { getBrowserInfo?(): Promise<{ name: string }> };

type GeckoPort = { error?: { message: string } | null };

const gecko: Gecko = chrome.runtime as Gecko;

/** The name that a browser of Firefox's kin gives itself; null in every other. */
export async function gecko_name(): Promise<string | null> {
  const info = await gecko.getBrowserInfo?.();
  return info?.name ?? null;
}

/** Firefox prerenders nothing and lets no document speak that is kept for the back button: it has no word for either. */
export function described(sender: Sender): Sender {
  return gecko.getBrowserInfo ? { ...sender, documentLifecycle: "active" } : sender;
}

/** Why a port ended, while its end is being told. Firefox writes it on the port, and nothing where the host just ended. */
export function said_of_end(port: Port | null): string | undefined {
  if (!gecko.getBrowserInfo) return chrome.runtime.lastError?.message;
  return (port as GeckoPort | null)?.error?.message ?? "Native host has exited.";
}

/** What pairings are bound to: Firefox's own origin is another in each profile, its add-on's id is not. */
export function own_origin(): string {
  return gecko.getBrowserInfo ? `moz-extension:${chrome.runtime.id}` : chrome.runtime.getURL("/");
}

/** A pattern for the pages of an origin. Firefox's have no port: they are for all of the host's. */
export function pattern_of(origin: string): string {
  if (!gecko.getBrowserInfo) return `${origin}/*`;
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** Where a person changes the keys of an extension. */
export async function open_shortcut_settings(): Promise<void> {
  const { openShortcutSettings } = chrome.commands as { openShortcutSettings?(): Promise<void> };
  if (openShortcutSettings) await openShortcutSettings();
  else await chrome.tabs.create({ url: "chrome://extensions/shortcuts" });
}

type GeckoElement = Element & { openOrClosedShadowRoot?: ShadowRoot | null };

/** The shadow root of an element, also a closed one. */
export function open_shadow_root(element: Element): ShadowRoot | null {
  if (!(element instanceof HTMLElement)) return null;
  if ("openOrClosedShadowRoot" in element) return (element as GeckoElement).openOrClosedShadowRoot ?? null;
  // An extension that went away has taken its interface along.
  return chrome.dom ? chrome.dom.openOrClosedShadowRoot(element) : element.shadowRoot;
}
