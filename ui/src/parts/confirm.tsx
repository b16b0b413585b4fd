// Asks once before something is gone, in the place of what was pressed. The button that changes nothing has the focus.

import type { ComponentChildren } from "preact";
import type { Asking } from "../use-request.ts";
import type { Request } from "../wire.ts";
import { ProblemNote } from "./problem-note.tsx";

interface Props {
  heading: string;
  children: ComponentChildren;
  /** What the button says that does it, and what it asks for. */
  yes: string;
  request: Request;
  asking: Asking;
  keep: string;
  stay: () => void;
  done?: () => void;
}

export function Confirm({ heading, children, yes, request, asking, keep, stay, done }: Props) {
  const confirm = async () => {
    if (await asking.send(request)) done?.();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    stay();
  };
  return (
    <div class="ask" role="group" aria-label={heading} onKeyDown={onKey}>
      <p>
        <b>{heading}</b> {children}
      </p>
      <ProblemNote problem={asking.problem} />
      <div class="row">
        <button type="button" class="button" ref={focus} disabled={asking.busy} onClick={stay}>
          {keep}
        </button>
        <button type="button" class="button danger" disabled={asking.busy} onClick={confirm}>
          {yes}
        </button>
      </div>
    </div>
  );
}

function focus(button: HTMLButtonElement | null) {
  button?.focus();
}
