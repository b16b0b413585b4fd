// What page of which site it is about, and whether all is well.

import type { Status } from "../messages.ts";
import { word } from "../words.ts";
import { Mark, Origin } from "./parts.tsx";
import type { Screen } from "./screen.ts";

export function Header({ status, screen }: { status: Status | null; screen: Screen }) {
  const tone = "message" in screen ? screen.message.tone : "ok";
  return (
    <header>
      <Mark />
      {status?.page ? <Origin origin={status.page.origin} /> : <b>{word("brand")}</b>}
      <span class={`dot ${tone}`} aria-hidden="true" />
    </header>
  );
}
