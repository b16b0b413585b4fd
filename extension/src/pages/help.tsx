// What to do when the browser does not find the companion.

import { useEffect, useState } from "preact/hooks";
import { ext } from "../ext.ts";
import { type Key, word } from "../words.ts";
import { NO_TAB, use_status } from "./ask.ts";
import { draw, Mark } from "./parts.tsx";

/** What to do on each system. One that is not here is another Linux or BSD. */
const STEPS: Record<string, Key[]> = {
  linux: ["help_install_linux", "help_open_linux", "help_restart"],
  mac: ["help_install_mac", "help_open_mac", "help_restart"],
  win: ["help_install_win", "help_open_win", "help_restart"],
};

draw(<Help />, "help");

function Help() {
  const [status, again] = use_status(NO_TAB);
  const [os, set_os] = useState<string | null>(null);
  useEffect(() => void ext.runtime.getPlatformInfo().then((info) => set_os(info.os)), []);
  const is_there = status !== null && status.trouble === null && status.state !== null;
  const steps = STEPS[os ?? "linux"] ?? STEPS.linux ?? [];
  return (
    <main class="card">
      <Mark />
      <div role="status">
        <h1>{word(is_there ? "help_there" : "help")}</h1>
        <p class="dim">{word(is_there ? "help_there_text" : "help_lead")}</p>
      </div>
      {!is_there && (
        <>
          <ol class="steps">
            {steps.map((step) => (
              <li key={step}>{word(step)}</li>
            ))}
          </ol>
          {steps === STEPS.linux && <p class="dim small">{word("help_sandbox")}</p>}
          <div class="buttons">
            <button type="button" class="button primary" onClick={again}>
              {word("try_again")}
            </button>
          </div>
        </>
      )}
    </main>
  );
}
