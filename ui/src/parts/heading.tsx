// The heading of a screen. It takes the focus when the screen appears, so that a reader begins there, unless the screen
// has a better place for it.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export function Heading({ children }: { children: ComponentChildren }) {
  const element = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const better = element.current?.closest("main")?.querySelector<HTMLElement>("[data-first]");
    (better ?? element.current)?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={element} tabIndex={-1}>
      {children}
    </h1>
  );
}
