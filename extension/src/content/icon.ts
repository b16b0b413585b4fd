// A small icon in the user name or password field that has the focus, in pages that an account is known for. A click on it
// opens a window of ours, where an account is chosen: nothing is filled by the click, and nothing of ours but the icon is
// ever in a page.
//
// It is not in the page's tab order: an element that joins it changes how the page is walked through, for everybody and in
// every form. The keyboard's ways are the shortcut and the popup, which lead to the same list of accounts.

import { ext } from "../ext.ts";
import type { FromPage, IconSaid } from "../messages.ts";
import type { Purpose } from "./finder/found.ts";
import { is_foreign_frame } from "./foreign.ts";
import { Icon } from "./icon-host.ts";

declare global {
  // In the isolated world of content scripts: pages do not see it.
  var lanyard_icon: AbortController | undefined;
}

const SIGN_IN: Purpose[] = ["login", "username-step", "password-step"];

if (!globalThis.lanyard_icon && !is_foreign_frame()) {
  globalThis.lanyard_icon = new AbortController();
  init(globalThis.lanyard_icon);
}

function init(leaving: AbortController): void {
  const { signal } = leaving;
  const options = { capture: true, passive: true, signal };
  const roots = new WeakSet<Node>([document]);
  let icon: Icon | null = null;
  const hide = () => {
    icon?.remove();
    icon = null;
  };
  // What moves the focus inside a shadow root is not told outside of it.
  const listen = (root: Node) => {
    if (roots.has(root)) return;
    roots.add(root);
    root.addEventListener("focusin", look, options);
    root.addEventListener("focusout", hide, options);
  };
  const look = () => {
    hide();
    const field = field_with_focus(listen);
    if (field) icon = new Icon(field, say);
  };
  const say = (said: IconSaid) => {
    // An extension that was updated or removed under the page has no id: its icon is nobody's.
    if (said === "fought" || !ext.runtime?.id) leaving.abort();
    if (ext.runtime?.id)
      void ext.runtime.sendMessage({ icon: said } satisfies FromPage).catch(() => undefined);
  };
  addEventListener("focusin", (event) => could_be(event.composedPath()[0]) && look(), options);
  addEventListener("focusout", hide, options);
  // What fades in has the focus before it is there to be seen.
  const look_again = () => void (!icon && could_be(document.activeElement) && look());
  for (const end of ["animationend", "transitionend"]) addEventListener(end, look_again, options);
  signal.addEventListener("abort", hide);
  ext.storage.local.onChanged.addListener(({ field_icon }) => {
    if (field_icon?.newValue === false) leaving.abort();
  });
  look();
}

/** A field, or a closed component that has one in it. */
function could_be(target: EventTarget | null | undefined): boolean {
  return target instanceof HTMLInputElement || (target instanceof Element && target.localName.includes("-"));
}

function field_with_focus(visit: (root: Node) => void): HTMLInputElement | null {
  let found: HTMLInputElement | null = null;
  for (const { purpose, username, current_password } of globalThis.lanyard?.forms() ?? []) {
    if (!SIGN_IN.includes(purpose)) continue;
    for (const field of [username, current_password]) {
      if (!field) continue;
      for (let root = field.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
        visit(root);
      if ((field.getRootNode() as Document | ShadowRoot).activeElement === field) found ??= field;
    }
  }
  // While another window is in front, no field has the focus that a person would see.
  return document.hasFocus() ? found : null;
}
