// Language and theme of the page itself.

import { useLayoutEffect } from "preact/hooks";
import type { Theme } from "./wire.ts";

export function usePageLook(language: string, theme: Theme | undefined): void {
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useLayoutEffect(() => {
    if (theme === undefined || theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
