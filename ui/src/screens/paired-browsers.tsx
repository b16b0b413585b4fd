// Browsers that the person connected: renamed, or cut off.

import { useState } from "preact/hooks";
import { Confirm } from "../parts/confirm.tsx";
import { Empty } from "../parts/empty.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useSpeech, useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import type { PairedBrowser } from "../wire.ts";

export function PairedBrowsers({ browsers }: { browsers: PairedBrowser[] }) {
  const words = useWords().browsers;
  if (browsers.length === 0) {
    return (
      <div class="panel">
        <Empty heading={words.noneConnected}>{words.noneConnectedHint}</Empty>
      </div>
    );
  }
  return (
    <ul class="panel list">
      {browsers.map((browser) => (
        <Paired browser={browser} key={browser.profile} />
      ))}
    </ul>
  );
}

function Paired({ browser }: { browser: PairedBrowser }) {
  const words = useWords().browsers;
  const [doing, setDoing] = useState<"nothing" | "rename" | "revoke">("nothing");
  const stay = () => setDoing("nothing");
  return (
    <li class="stack tight">
      <Row browser={browser} busy={doing !== "nothing"} begin={setDoing} />
      {browser.caution && <p class="small danger">{words.caution[browser.caution]}</p>}
      {doing === "rename" && <Rename browser={browser} stay={stay} />}
      {doing === "revoke" && <Revoke browser={browser} stay={stay} />}
    </li>
  );
}

interface RowProps {
  browser: PairedBrowser;
  busy: boolean;
  begin: (what: "rename" | "revoke") => void;
}

function Row({ browser: { name, profile, connected, paired_at }, busy, begin }: RowProps) {
  const { words: all, format } = useSpeech();
  const words = all.browsers;
  const told = [words.profile(profile), words.since(format.date(paired_at))].join(" · ");
  return (
    <div class="row">
      <span class={connected ? "dot on" : "dot"} aria-hidden="true" />
      <span class="names grow">
        <b>{name}</b>
        <span>
          {connected ? words.running : words.notRunning} · {told}
        </span>
      </span>
      {!busy && (
        <>
          <button
            type="button"
            class="button small"
            aria-label={words.renameOne(name)}
            onClick={() => begin("rename")}
          >
            {words.rename}
          </button>
          <button
            type="button"
            class="button small danger"
            aria-label={words.revokeOne(name)}
            onClick={() => begin("revoke")}
          >
            {words.revoke}
          </button>
        </>
      )}
    </div>
  );
}

function Rename({ browser: { name, profile }, stay }: { browser: PairedBrowser; stay: () => void }) {
  const all = useWords();
  const words = all.browsers;
  const { send, busy, problem } = useRequest();
  const [missing, setMissing] = useState(false);
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("name")).trim();
    setMissing(typed === "");
    if (typed === "") return;
    if (typed === name || (await send({ rename_browser: { profile, name: typed } }))) stay();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") stay();
  };
  return (
    <form class="stack tight" onSubmit={submit} onKeyDown={onKey} noValidate>
      <div class="row">
        <input
          ref={select}
          class="grow"
          name="name"
          aria-label={words.newName}
          aria-invalid={missing}
          aria-describedby={missing ? `missing-${profile}` : undefined}
          defaultValue={name}
          maxLength={40}
          autocomplete="off"
          spellcheck={false}
        />
        <button type="submit" class="button" disabled={busy}>
          {all.save}
        </button>
        <button type="button" class="button" onClick={stay}>
          {all.cancel}
        </button>
      </div>
      {missing && (
        <p class="small danger" id={`missing-${profile}`} role="alert">
          {words.newNameMissing}
        </p>
      )}
      <ProblemNote problem={problem} />
    </form>
  );
}

let selected: HTMLInputElement | undefined;

/** The name is selected when its field appears, and not again when it is drawn anew. */
function select(field: HTMLInputElement | null): void {
  if (!field || field === selected) return;
  selected = field;
  field.select();
}

/** Asks once, and names what is lost. */
function Revoke({ browser: { name, profile }, stay }: { browser: PairedBrowser; stay: () => void }) {
  const words = useWords().browsers;
  const asking = useRequest();
  return (
    <Confirm
      heading={words.revokeAsk(name)}
      yes={words.revokeNow}
      request={{ revoke: { profile } }}
      asking={asking}
      keep={words.revokeKeep}
      stay={stay}
    >
      {words.revokeBody}
    </Confirm>
  );
}
