// What can be seen and changed of Lanyard in this browser.

import { useEffect, useState } from "preact/hooks";
import { ext, open_shortcut_settings } from "../ext.ts";
import type { Sites, Status } from "../messages.ts";
import { problem_text } from "../strings.ts";
import { word } from "../words.ts";
import { act } from "./act.ts";
import { ask, NO_TAB, use_status } from "./ask.ts";
import { FieldIcon } from "./field-icon.tsx";
import { draw, host_of, Mark, MessageView, Note, Origin } from "./parts.tsx";
import { type Action, in_the_way, show } from "./screen.ts";

draw(<Options />, "options");

function Options() {
  const [status, again] = use_status(NO_TAB);
  return (
    <main class="card">
      <Mark />
      <h1>{word("options")}</h1>
      {status && <Connection status={status} again={again} />}
      <Shortcut />
      <FieldIcon status={status} />
      {status && <NeverSites status={status} />}
    </main>
  );
}

function Connection({ status, again }: { status: Status; again: () => void }) {
  const do_it = async (action: Action) => {
    await act(action);
    again();
  };
  const ready = show("ok", word("ready"), word("ready_text", status.state?.signed_in ?? ""), "open");
  const { message } = in_the_way(status) ?? ready;
  return (
    <section aria-labelledby="connection">
      <h2 id="connection">{word("options_connection")}</h2>
      <MessageView message={message} act={do_it} />
      <p class="dim small">
        {word("options_browser", status.browser, status.profile)} ·{" "}
        {word("options_versions", ext.runtime.getManifest().version)}
      </p>
      {status.unsaved && <Note>{word("unsaved")}</Note>}
    </section>
  );
}

function Shortcut() {
  const [keys, set_keys] = useState<string | null>(null);
  useEffect(() => {
    void ext.commands
      .getAll()
      .then((all) => set_keys(all.find(({ name }) => name === "fill")?.shortcut ?? ""));
  }, []);
  return (
    <section aria-labelledby="shortcut">
      <h2 id="shortcut">{word("options_shortcut")}</h2>
      {keys !== null && <p>{keys ? word("options_shortcut_text", keys) : word("options_no_shortcut")}</p>}
      <div class="buttons">
        <button type="button" class="button" onClick={() => open_shortcut_settings()}>
          {word("options_change_shortcut")}
        </button>
      </div>
    </section>
  );
}

function NeverSites({ status }: { status: Status }) {
  const [sites, set_sites] = useState<Sites | null>(null);
  const [said, say] = useState<{ text: string; calm: boolean } | null>(null);
  const is_ready = in_the_way(status) === null;
  useEffect(() => {
    if (is_ready) void ask.never_sites().then(set_sites);
  }, [is_ready]);
  const allow = async (origin: string) => {
    const problem = await ask.allow_site(origin);
    const text = problem ? problem_text(problem) : word("allow_done", host_of(origin));
    say({ text, calm: problem === null });
    set_sites(await ask.never_sites());
  };
  return (
    <section aria-labelledby="sites">
      <h2 id="sites">{word("options_sites")}</h2>
      {!is_ready && <p class="dim">{word("options_sites_locked")}</p>}
      {is_ready && sites && "problem" in sites && <p class="dim">{problem_text(sites.problem)}</p>}
      {is_ready && sites && "origins" in sites && <SiteList origins={sites.origins} allow={allow} />}
      {said && <Note calm={said.calm}>{said.text}</Note>}
    </section>
  );
}

function SiteList({ origins, allow }: { origins: string[]; allow: (origin: string) => void }) {
  if (origins.length === 0) return <p class="dim">{word("options_no_sites")}</p>;
  return (
    <ul class="sites">
      {origins.map((origin) => (
        <li key={origin}>
          <Origin origin={origin} />
          <button
            type="button"
            class="button small"
            aria-label={word("options_allow", host_of(origin))}
            onClick={() => allow(origin)}
          >
            {word("offer_again")}
          </button>
        </li>
      ))}
    </ul>
  );
}
