// Who is signed in where, what protects the vault, and which browsers are connected.

import { useState } from "preact/hooks";
import { Address } from "../parts/address.tsx";
import { Heading } from "../parts/heading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { strings } from "../strings.ts";
import { useRequest } from "../use-request.ts";
import type { PairedBrowser, State } from "../wire.ts";

const words = strings.settingsPage;

export function Settings({ state, version }: { state: State; version: string }) {
  return (
    <>
      <header class="row">
        <Heading>{strings.settings}</Heading>
      </header>
      <div class="scroll">
        <section aria-labelledby="account">
          <h2 id="account">{words.account}</h2>
          <Account state={state} />
        </section>
        <section aria-labelledby="protection">
          <h2 id="protection">{words.protection}</h2>
          <p class="panel">{words.protectionBody}</p>
        </section>
        <section aria-labelledby="browsers">
          <h2 id="browsers">{words.browsers}</h2>
          <Browsers browsers={state.browsers} />
        </section>
        <p class="small dim">{words.version(version)}</p>
      </div>
    </>
  );
}

function Account({ state: { account, provider } }: { state: State }) {
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
  const { send, busy, problem } = useRequest();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" class="button" onClick={() => setAsking(true)}>
        {words.signOut}
      </button>
    );
  }
  return (
    <div class="ask" role="group" aria-label={words.signOutAsk}>
      <p>
        <b>{words.signOutAsk}</b> {words.signOutBody}
      </p>
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="button" class="button" ref={focus} disabled={busy} onClick={() => setAsking(false)}>
          {words.stay}
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={() => send({ sign_out: {} })}>
          {words.signOut}
        </button>
      </div>
    </div>
  );
}

/** What was pressed is gone: its place is taken by the button that changes nothing. */
function focus(button: HTMLButtonElement | null) {
  button?.focus();
}

function Browsers({ browsers }: { browsers: PairedBrowser[] }) {
  if (browsers.length === 0) return <p class="panel dim">{words.noBrowsers}</p>;
  return (
    <ul class="panel list">
      {browsers.map(({ name, profile, connected }) => (
        <li class="row" key={`${name} ${profile}`}>
          <span class={connected ? "dot on" : "dot"} aria-hidden="true" />
          <span class="grow">
            <b>{name}</b> <span class="dim small">{words.profile(profile)}</span>
          </span>
          <span class="dim small">{connected ? words.running : words.notRunning}</span>
        </li>
      ))}
    </ul>
  );
}
