// One app: what is known of it, its secrets on demand, and what can be done with it.

import { useState } from "preact/hooks";
import type { Walk } from "../app.tsx";
import { Address } from "../parts/address.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { CopiedNote } from "../parts/copied-note.tsx";
import { Heading } from "../parts/heading.tsx";
import { Loading } from "../parts/loading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Said } from "../parts/said.tsx";
import { Letter } from "../parts/tile.tsx";
import { useSpeech, useWords } from "../speech.ts";
import { type Copying, useCopy } from "../use-copy.ts";
import { useCredential } from "../use-credential.ts";
import { useLaunch } from "../use-launch.ts";
import { useRequest } from "../use-request.ts";
import type { CredentialView, State } from "../wire.ts";
import type { ListState } from "./app-list.tsx";
import { SecretRow } from "./secret-row.tsx";

interface Props {
  app: string;
  changed: number;
  state: State;
  walk: Walk;
  list: ListState;
}

export function Credential({ app, changed, state, walk, list }: Props) {
  const { view, problem } = useCredential(app, changed);
  list.last = app;
  if (!view) {
    return (
      <>
        <Back walk={walk} />
        {problem ? <ProblemNote problem={problem} /> : <Loading />}
      </>
    );
  }
  return <Shown view={view} state={state} walk={walk} />;
}

function Shown({ view, state, walk }: { view: CredentialView; state: State; walk: Walk }) {
  const { words: all, format } = useSpeech();
  const words = all.credential;
  const { app } = view;
  const launching = useLaunch(walk.say);
  const copying = useCopy();
  const [removing, setRemoving] = useState(false);
  const organisation = state.organisation ?? state.account?.provider_host ?? "";
  return (
    <>
      <Back walk={walk} />
      <header class="row title">
        <Letter name={app.name} />
        <Heading>{app.name}</Heading>
        <span class="grow" />
        <button type="button" class="button" onClick={() => walk.go({ at: "edit", app: app.app })}>
          {words.edit}
        </button>
        <button
          type="button"
          class="button primary"
          data-first
          disabled={launching.busy}
          onClick={() => launching.launch(app)}
        >
          {words.open}
        </button>
      </header>
      <ProblemNote problem={launching.problem ?? copying.problem} />
      <Said>{walk.said}</Said>
      <CopiedNote copied={copying.copied} />
      <div class="scroll">
        <div class="facts">
          <UserName view={view} copying={copying} />
          <SecretRow app={app.app} part="password" label={words.password} copying={copying} />
          {view.one_time_code && (
            <SecretRow app={app.app} part="one_time_code" label={words.code} copying={copying} />
          )}
          {view.notes && <SecretRow app={app.app} part="notes" label={words.notes} copying={copying} />}
          {view.former_passwords > 0 && (
            <SecretRow
              app={app.app}
              part="former_passwords"
              label={words.former}
              veil={words.formerCount(view.former_passwords)}
            />
          )}
          <dl class="plain-facts">
            <dt>{words.page}</dt>
            <dd>
              <Address>{app.login_url}</Address>
            </dd>
            <dt>{words.group}</dt>
            <dd>{app.compartment === "organisation" ? words.organisation(organisation) : words.personal}</dd>
            <dt>{words.autoSubmit}</dt>
            <dd>{app.auto_submit ? words.yes : words.no}</dd>
          </dl>
        </div>
        <div class="row small dim">
          <span class="grow">{words.changed(format.date(view.changed_at))}</span>
          {!removing && (
            <button type="button" class="button danger" onClick={() => setRemoving(true)}>
              {words.remove}
            </button>
          )}
        </div>
        {removing && <Remove view={view} walk={walk} stay={() => setRemoving(false)} />}
      </div>
    </>
  );
}

function Back({ walk }: { walk: Walk }) {
  const words = useWords();
  return (
    <button type="button" class="link back" onClick={() => walk.go({ at: "apps" })}>
      ‹ {words.places.apps}
    </button>
  );
}

function UserName({ view: { app }, copying }: { view: CredentialView; copying: Copying }) {
  const words = useWords();
  return (
    <div class="fact">
      <span class="label">{words.credential.userName}</span>
      <span class="value">{app.user_name}</span>
      <span class="row">
        <button
          type="button"
          class="button small"
          aria-label={words.credential.copyPart(words.credential.userName)}
          onClick={() => copying.copyText(app.user_name, words.credential.userName)}
        >
          {words.copy}
        </button>
      </span>
    </div>
  );
}

/** Asks once, and names what is lost. */
function Remove({ view, walk, stay }: { view: CredentialView; walk: Walk; stay: () => void }) {
  const { words: all, format } = useSpeech();
  const words = all.credential;
  const asking = useRequest();
  const { app, one_time_code, notes, former_passwords } = view;
  const lost = [words.lostPassword];
  if (one_time_code) lost.push(words.lostCodes);
  if (notes) lost.push(words.lostNotes);
  if (former_passwords > 0) lost.push(words.lostFormer(former_passwords));
  return (
    <div class="panel">
      <Confirm
        heading={words.removeAsk(app.name)}
        yes={words.removeNow}
        request={{ remove_credential: { app: app.app } }}
        asking={asking}
        keep={words.keep}
        stay={stay}
        done={() => walk.go({ at: "apps" }, all.list.removed(app.name))}
      >
        {words.removeBody(format.list(lost))}
      </Confirm>
    </div>
  );
}
