// Nothing is here, and what would be.

import type { ComponentChildren } from "preact";

export function Empty({ heading, children }: { heading: string; children?: ComponentChildren }) {
  return (
    <div class="nothing">
      <p>
        <b>{heading}</b>
      </p>
      {children && <p class="dim">{children}</p>}
    </div>
  );
}
