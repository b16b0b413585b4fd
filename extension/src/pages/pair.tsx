// The code that Lanyard's window shows too, where nobody is in between. The person says whether it does; the window closes
// once that is said there as well.

import { useEffect } from "preact/hooks";
import type { Status } from "../messages.ts";
import { word } from "../words.ts";
import { act } from "./act.ts";
import { ask, NO_TAB, use_status } from "./ask.ts";
import { draw, Mark, MessageView } from "./parts.tsx";
import { type Action, in_the_way, show } from "./screen.ts";

draw(<Pair />, "pair");

function Pair() {
  const [status, again] = use_status(NO_TAB);
  const is_paired = status?.state != null;
  useEffect(() => {
    if (is_paired) close();
  }, [is_paired]);
  const do_it = async (action: Action) => {
    await act(action);
    again();
  };
  const connected = (browser: string) => show("ok", word("connected", browser), word("connected_text"), null);
  return (
    <main class="card">
      <Mark />
      {status && "comparing" in status.pairing && (
        <Compare code={status.pairing.comparing.code} status={status} />
      )}
      {status && !("comparing" in status.pairing) && (
        <MessageView message={(in_the_way(status) ?? connected(status.browser)).message} act={do_it} />
      )}
    </main>
  );
}

function Compare({ code, status }: { code: string; status: Status }) {
  return (
    <>
      <div role="status">
        <h1>{word("pair_question")}</h1>
        <p class="dim">{word("pair_text", status.browser)}</p>
      </div>
      <output class="code" aria-label={word("pair_code", [...code].join(" "))}>
        {code}
      </output>
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => ask.compared(true)}>
          {word("pair_same")}
        </button>
        <button type="button" class="button" onClick={() => ask.compared(false).then(close)}>
          {word("pair_other")}
        </button>
      </div>
    </>
  );
}
