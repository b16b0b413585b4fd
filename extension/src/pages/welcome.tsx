// Opened once, when the extension was installed: what it is, and the one step that is left.

import { render } from "preact";
import { strings } from "../strings.ts";
import { ask, use_status } from "./ask.ts";
import { Mark, MessageView } from "./parts.tsx";
import { type Action, in_the_way, type Screen } from "./screen.ts";

/** No tab is asked about. */
const NO_TAB = -1;

render(<Welcome />, document.body);

function Welcome() {
  const [status, again] = use_status(NO_TAB);
  const act = async (action: Action) => {
    if (action === "pair") await ask.pair();
    if (action === "open") await ask.open_lanyard();
    again();
  };
  const screen = status ? (in_the_way(status) ?? connected(status.browser)) : null;
  return (
    <main class="card">
      <Mark />
      <div>
        <h1>{strings.welcome.heading}</h1>
        <p class="dim">{strings.welcome.lead}</p>
      </div>
      {screen && "message" in screen && <MessageView message={screen.message} act={act} />}
    </main>
  );
}

function connected(browser: string): Screen {
  const { welcome } = strings;
  return {
    message: {
      tone: "ok",
      heading: welcome.connected(browser),
      text: welcome.next,
      action: "open",
      busy: false,
    },
  };
}
