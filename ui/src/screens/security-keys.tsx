// Security keys: which there are, and what they are asked for. They are used in a browser, for there is no way to call one here.

import { useState } from "preact/hooks";
import { Confirm } from "../parts/confirm.tsx";
import { Empty } from "../parts/empty.tsx";
import { Loading } from "../parts/loading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useSpeech, useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { useView } from "../use-view.ts";
import type { KeysView, KeyView, Remember, SlotView } from "../wire.ts";
import { PinField, readPin } from "./pin-forms.tsx";

const REMEMBER: Remember[] = ["five_minutes", "hour", "until_locked"];

interface Props {
  locked: boolean;
  /** What opens the vault, to see whether there is a PIN. */
  slots: SlotView[];
  /** What opens the vault has changed. */
  again: () => void;
}

export function SecurityKeys({ locked, slots, again }: Props) {
  const words = useWords().keys;
  const [round, setRound] = useState(0);
  const { view, problem } = useView({ security_keys: {} }, "security_keys", [round, slots.length]);
  const changed = () => {
    setRound((old) => old + 1);
    again();
  };
  return (
    <section aria-labelledby="keys" aria-busy={!view}>
      <h2 id="keys">{words.heading}</h2>
      {!view && (problem ? <ProblemNote problem={problem} /> : <Loading />)}
      {view && (
        <>
          <Keys
            view={view}
            locked={locked}
            pin={slots.some(({ kind }) => kind === "pin")}
            changed={changed}
          />
          <Rules view={view} changed={changed} />
        </>
      )}
    </section>
  );
}

interface Changing {
  locked: boolean;
  pin: boolean;
  changed: () => void;
}

function Keys({ view: { keys, browser, domain }, changed, ...rest }: Changing & { view: KeysView }) {
  const words = useWords().keys;
  return (
    <>
      {keys.length === 0 ? (
        <div class="panel">
          <Empty heading={words.none}>{words.noneHint}</Empty>
        </div>
      ) : (
        <ul class="panel list">
          {keys.map((one) => (
            <Row one={one} key={one.key} changed={changed} domain={domain !== null} {...rest} />
          ))}
        </ul>
      )}
      <div class="panel">
        <Add browser={browser} changed={changed} />
        <p class="small dim">{domain === null ? words.here : words.everywhere(domain)}</p>
      </div>
    </>
  );
}

function Row({ one, domain, locked, pin, changed }: Changing & { one: KeyView; domain: boolean }) {
  const { key, name, added_at, usable, can_open, opens } = one;
  const { words: all, format } = useSpeech();
  const words = all.keys;
  const [open, setOpen] = useState(false);
  const asking = useRequest();
  const what = opens ? words.opens : domain && !can_open ? words.opensNot : "";
  return (
    <li class="stack tight">
      <div class="row">
        <span class="names grow">
          <b>{name}</b>
          <span>
            {usable
              ? [words.since(format.date(added_at)), what].filter(Boolean).join(" · ")
              : words.elsewhere}
          </span>
        </span>
        {!open && (
          <button
            type="button"
            class="button small danger"
            aria-label={words.removeOne(name)}
            onClick={() => setOpen(true)}
          >
            {words.remove}
          </button>
        )}
      </div>
      {open && (
        <Confirm
          heading={words.removeAsk(name)}
          yes={words.removeNow}
          request={{ remove_security_key: { key } }}
          asking={asking}
          keep={words.keep}
          stay={() => setOpen(false)}
          done={changed}
        >
          {opens ? words.removeBodyOpens : words.removeBody}
        </Confirm>
      )}
      {!open && usable && can_open && !opens && (
        <LetOpen one={one} locked={locked} pin={pin} changed={changed} />
      )}
    </li>
  );
}

/** Lets a key open the vault. Whoever changes what does so knows the PIN. */
function LetOpen({ one: { key, name }, locked, pin, changed }: Changing & { one: KeyView }) {
  const all = useWords();
  const words = all.keys;
  const { send, busy, problem } = useRequest();
  const [asking, setAsking] = useState(false);
  const add = async (present: string | null) => {
    if (await send({ change_slots: { add_security_key: { key, present } } })) changed();
  };
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    add(readPin(event.currentTarget, "present"));
  };
  return (
    <>
      {!asking && (
        <div class="row">
          <button
            type="button"
            class="button small"
            aria-label={words.letOpenOne(name)}
            disabled={locked || busy}
            onClick={() => (pin ? setAsking(true) : add(null))}
          >
            {words.letOpen}
          </button>
        </div>
      )}
      {asking && (
        <form class="stack tight form" onSubmit={submit} noValidate>
          <PinField name="present" label={all.waysIn.present} first />
          <div class="row">
            <button type="submit" class="button" disabled={busy}>
              {words.letOpen}
            </button>
            <button type="button" class="button" disabled={busy} onClick={() => setAsking(false)}>
              {all.cancel}
            </button>
          </div>
        </form>
      )}
      <ProblemNote problem={problem} />
    </>
  );
}

function Add({ browser, changed }: { browser: boolean; changed: () => void }) {
  const all = useWords();
  const words = all.keys;
  const [open, setOpen] = useState(false);
  const [missing, setMissing] = useState(false);
  const { send, busy, problem, forget } = useRequest();
  const stay = () => {
    forget();
    setOpen(false);
  };
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    setMissing(name === "");
    if (name === "" || !(await send({ add_security_key: { name } }))) return;
    stay();
    changed();
  };
  if (!open) {
    return (
      <div class="row">
        <button type="button" class="button" disabled={!browser} onClick={() => setOpen(true)}>
          {words.add}
        </button>
        {!browser && <span class="small dim">{words.noBrowser}</span>}
      </div>
    );
  }
  return (
    <form class="stack tight" onSubmit={submit} noValidate>
      <div class="row">
        <input
          ref={focus}
          class="grow"
          name="name"
          aria-label={words.name}
          placeholder={words.name}
          aria-invalid={missing}
          aria-describedby={missing ? "key-missing" : undefined}
          maxLength={40}
          autocomplete="off"
          spellcheck={false}
        />
        <button type="submit" class="button primary" disabled={busy}>
          {words.go}
        </button>
        <button type="button" class="button" disabled={busy} onClick={stay}>
          {all.cancel}
        </button>
      </div>
      {missing && (
        <p class="small danger" id="key-missing" role="alert">
          {words.nameMissing}
        </p>
      )}
      <ProblemNote problem={problem} />
    </form>
  );
}

function focus(field: HTMLInputElement | null): void {
  field?.focus();
}

function Rules({ view, changed }: { view: KeysView; changed: () => void }) {
  const words = useWords().keys;
  const { send, busy, problem } = useRequest();
  const { confirm, confirm_forced, remember, keys } = view;
  const none = !keys.some(({ usable }) => usable);
  const change = async (what: { confirm: boolean } | { remember: Remember }) => {
    await send({ change_key_rules: what });
    // Where it was refused the box shows again what is.
    changed();
  };
  return (
    <div class="panel">
      <div class="choice">
        <label class="check">
          <input
            type="checkbox"
            checked={confirm}
            disabled={busy || confirm_forced || (none && !confirm)}
            aria-describedby="confirm-note"
            onChange={() => change({ confirm: !confirm })}
          />
          <span>{words.confirm}</span>
        </label>
        <p class="small dim under" id="confirm-note">
          {confirm_forced ? words.confirmForced : words.confirmHint}
        </p>
      </div>
      <div class="pair">
        <label for="remember">{words.remember}</label>
        <select
          id="remember"
          disabled={busy}
          value={remember}
          onChange={({ currentTarget }) => change({ remember: currentTarget.value as Remember })}
        >
          {REMEMBER.map((one) => (
            <option value={one} key={one}>
              {words.remembered[one]}
            </option>
          ))}
        </select>
      </div>
      <ProblemNote problem={problem} />
    </div>
  );
}
