// What the person, or an administrator, chose, and who is signed in where.

import { useState } from "preact/hooks";
import { Address } from "../parts/address.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { Heading } from "../parts/heading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { LANGUAGES, useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import type { State, Theme } from "../wire.ts";
import { offers } from "./first-steps.tsx";
import { NeverSites } from "./never-sites.tsx";

const LOCK_TIMES = [5, 15, 60, 240, 0];

/** What can be chosen: nothing longer than the organisation wants, and what was chosen elsewhere too. 0 is never. */
function times(chosen: number, most: number | null): number[] {
  const allowed = LOCK_TIMES.filter((minutes) => most === null || (minutes > 0 && minutes <= most));
  const offered = new Set([...allowed, chosen, ...(most === null ? [] : [most])]);
  return [...offered].sort((a, b) => (a || Number.POSITIVE_INFINITY) - (b || Number.POSITIVE_INFINITY));
}

const THEMES: Theme[] = ["system", "light", "dark"];

export function Settings({ state, version }: { state: State; version: string }) {
  const all = useWords();
  const words = all.settings;
  const { send, busy, problem } = useRequest();
  const { language, theme, start_at_login } = state.settings;
  return (
    <>
      <header class="row">
        <Heading>{all.places.settings}</Heading>
      </header>
      <ProblemNote problem={problem} />
      <div class="scroll">
        <section aria-labelledby="look">
          <h2 id="look">{words.look}</h2>
          <div class="panel">
            <div class="pair">
              <label for="language">{words.language}</label>
              <select
                id="language"
                disabled={busy}
                value={language ?? ""}
                onChange={(event) => send({ change_settings: { language: event.currentTarget.value } })}
              >
                <option value="">{words.systemLanguage}</option>
                {LANGUAGES.map(([tag, name]) => (
                  <option value={tag} key={tag} lang={tag}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <div class="pair">
              <span id="theme">{words.theme}</span>
              <div class="segments" role="radiogroup" aria-labelledby="theme">
                {THEMES.map((one) => (
                  <label key={one}>
                    <input
                      type="radio"
                      name="theme"
                      value={one}
                      checked={theme === one}
                      onChange={() => send({ change_settings: { theme: one } })}
                    />
                    <span>{words.themes[one]}</span>
                  </label>
                ))}
              </div>
            </div>
          </div>
        </section>
        <section aria-labelledby="start">
          <h2 id="start">{words.start}</h2>
          <div class="panel">
            <label class="check">
              <input
                type="checkbox"
                checked={start_at_login}
                disabled={busy}
                onChange={() => send({ change_settings: { start_at_login: !start_at_login } })}
              />
              <span>{words.startAtLogin}</span>
            </label>
          </div>
        </section>
        <Locking settings={state.settings} organisation={state.organisation} />
        <Saving state={state} />
        <section aria-labelledby="account">
          <h2 id="account">{words.account}</h2>
          <Account state={state} />
        </section>
        <p class="small dim">{words.version(version)}</p>
      </div>
    </>
  );
}

function Locking({ settings, organisation }: Pick<State, "settings" | "organisation">) {
  const words = useWords().settings;
  const { send, busy, problem } = useRequest();
  const most = settings.lock_after_most;
  const say = (minutes: number) => (minutes % 60 === 0 ? words.hours(minutes / 60) : words.minutes(minutes));
  return (
    <section aria-labelledby="locking">
      <h2 id="locking">{words.locking}</h2>
      <div class="panel">
        <div class="pair">
          <label for="lock-after">{words.lockAfter}</label>
          <select
            id="lock-after"
            disabled={busy}
            value={settings.lock_after}
            aria-describedby="locks-too"
            onChange={(event) => send({ change_settings: { lock_after: Number(event.currentTarget.value) } })}
          >
            {times(settings.lock_after, most).map((minutes) => (
              <option value={minutes} key={minutes}>
                {minutes === 0 ? words.lockNever : say(minutes)}
              </option>
            ))}
          </select>
        </div>
        <p class="small dim" id="locks-too">
          {most === null
            ? words.locksToo
            : words.lockAtMost(organisation ?? words.forbiddenNoName, say(most))}
        </p>
        <ProblemNote problem={problem} />
      </div>
    </section>
  );
}

function Saving({ state }: { state: State }) {
  const words = useWords().settings;
  const { send, busy, problem } = useRequest();
  const { settings, organisation } = state;
  const on = offers(state);
  return (
    <section aria-labelledby="saving">
      <h2 id="saving">{words.saving}</h2>
      <div class="panel">
        <label class="check">
          <input
            type="checkbox"
            checked={on}
            disabled={busy || settings.saving_forbidden}
            aria-describedby={settings.saving_forbidden ? "forbidden" : undefined}
            onChange={() => send({ change_settings: { offer_to_save: !on } })}
          />
          <span>{organisation ? words.offerElsewhere(organisation) : words.offer}</span>
        </label>
        {settings.saving_forbidden && (
          <p class="small dim under" id="forbidden">
            {words.forbidden(organisation ?? words.forbiddenNoName)}
          </p>
        )}
        <ProblemNote problem={problem} />
        {!("locked" in state.vault) && <NeverSites />}
      </div>
    </section>
  );
}

function Account({ state: { account, provider } }: { state: State }) {
  const words = useWords().settings;
  return (
    <div class="panel">
      <dl>
        <dt>{words.name}</dt>
        <dd>{account?.name}</dd>
        {account?.email && (
          <>
            <dt>{words.email}</dt>
            <dd>{account.email}</dd>
          </>
        )}
        {provider && (
          <>
            <dt>{words.provider}</dt>
            <dd>
              <Address>{provider.issuer}</Address>
            </dd>
            <dt>{words.clientId}</dt>
            <dd>{provider.client_id}</dd>
          </>
        )}
      </dl>
      <SignOut />
    </div>
  );
}

/** Asks once, and names what is lost. */
function SignOut() {
  const words = useWords().settings;
  const asking = useRequest();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <button type="button" class="button" onClick={() => setOpen(true)}>
        {words.signOut}
      </button>
    );
  }
  return (
    <Confirm
      heading={words.signOutAsk}
      yes={words.signOut}
      request={{ sign_out: {} }}
      asking={asking}
      keep={words.stay}
      stay={() => setOpen(false)}
    >
      {words.signOutBody}
    </Confirm>
  );
}
