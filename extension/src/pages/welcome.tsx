// Opened once, when the extension was installed: what it is, and the one step that is left.

import { word } from "../words.ts";
import { act } from "./act.ts";
import { NO_TAB, use_status } from "./ask.ts";
import { draw, Mark, MessageView } from "./parts.tsx";
import { type Action, in_the_way, show } from "./screen.ts";

draw(<Welcome />, "brand");

function Welcome() {
  const [status, again] = use_status(NO_TAB);
  const do_it = async (action: Action) => {
    await act(action);
    again();
  };
  const connected = (browser: string) =>
    show("ok", word("connected", browser), word("connected_text"), "open");
  const screen = status && (in_the_way(status) ?? connected(status.browser));
  return (
    <main class="card">
      <Mark />
      <div>
        <h1>{word("welcome")}</h1>
        <p class="dim">{word("welcome_lead")}</p>
      </div>
      {screen && <MessageView message={screen.message} act={do_it} />}
    </main>
  );
}
