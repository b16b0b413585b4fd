// What became of a login, as far as its requests tell: the answers to what a tab sent since. Listened to only while an
// attempt is open, only in its tab and only for its host.

import { ext } from "../ext.ts";

/** What requests tell. */
export type News =
  /** A document was sent a form in this frame. */
  | { sent: { frame: number } }
  /** What was sent to led to a page of another origin. */
  | { led_to: string }
  /** Something that was asked for was refused or did not arrive. */
  | { failed: { frame: number | null } }
  /** Everything that scripts sent was answered. */
  | { answered: Record<never, never> };

export type Watch = {
  /** Whether anything was sent. */
  has_sent(): boolean;
  /** Whether something that was sent is not answered yet. */
  is_waiting(): boolean;
  stop(): void;
};

type Details = { requestId: string; type: string; method: string; frameId: number };

const SENDS = new Set(["POST", "PUT", "PATCH"]);

/** The page has gone elsewhere before the answer was there. */
const ABORTED = /ABORT/;

export function watch_requests(tabId: number, origin: string, tell: (news: News) => void): Watch {
  const { hostname } = new URL(origin);
  const filter: chrome.webRequest.RequestFilter = {
    tabId,
    urls: [`*://${hostname}/*`],
    types: ["main_frame", "sub_frame", "xmlhttprequest"],
  };
  const waiting = new Set<string>();
  const sent = new Set<string>();
  let any = false;
  const is_script = ({ type }: Details) => type === "xmlhttprequest";

  const on_begin = (details: Details): undefined => {
    if (!SENDS.has(details.method)) return;
    any = true;
    if (is_script(details)) waiting.add(details.requestId);
    else {
      sent.add(details.requestId);
      tell({ sent: { frame: details.frameId } });
    }
  };
  const on_redirect = ({ requestId, redirectUrl }: Details & { redirectUrl: string }) => {
    if (!URL.canParse(redirectUrl)) return;
    const to = new URL(redirectUrl);
    if (sent.has(requestId)) tell({ led_to: to.origin });
    // Its end is not told to us any longer.
    if (to.hostname === hostname) return;
    sent.delete(requestId);
    waiting.delete(requestId);
  };
  const end = (details: Details, failed: boolean) => {
    const { requestId, frameId, method } = details;
    sent.delete(requestId);
    if (!is_script(details)) {
      if (failed) tell({ failed: { frame: frameId } });
      return;
    }
    // One that began before is told of only by its end.
    if (!SENDS.has(method)) return;
    any = true;
    waiting.delete(requestId);
    if (failed) tell({ failed: { frame: null } });
    else if (waiting.size === 0) tell({ answered: {} });
  };
  const on_completed = (details: Details & { statusCode: number }) => end(details, details.statusCode >= 400);
  const on_error = (details: Details & { error: string }) => {
    if (!ABORTED.test(details.error)) return end(details, true);
    waiting.delete(details.requestId);
    sent.delete(details.requestId);
  };

  const { onBeforeRequest, onBeforeRedirect, onCompleted, onErrorOccurred } = ext.webRequest;
  onBeforeRequest.addListener(on_begin, filter);
  onBeforeRedirect.addListener(on_redirect, filter);
  onCompleted.addListener(on_completed, filter);
  onErrorOccurred.addListener(on_error, filter);
  return {
    has_sent: () => any,
    is_waiting: () => waiting.size + sent.size > 0,
    stop() {
      onBeforeRequest.removeListener(on_begin);
      onBeforeRedirect.removeListener(on_redirect);
      onCompleted.removeListener(on_completed);
      onErrorOccurred.removeListener(on_error);
    },
  };
}
