// Signs that stand beside words.

import type { ComponentChildren } from "preact";

export function Icon({ children, kind = "" }: { children: ComponentChildren; kind?: string }) {
  return (
    <svg class={`icon ${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      {children}
    </svg>
  );
}

export const Done = () => (
  <Icon kind="ok">
    <path d="m3.5 8.5 3 3 6-7" />
  </Icon>
);

export const Refused = () => (
  <Icon kind="danger">
    <path d="m4.5 4.5 7 7m0-7-7 7" />
  </Icon>
);

export const Failed = () => (
  <Icon kind="warn">
    <path d="M8 3.5v5.2M8 11.9v.1" />
  </Icon>
);
