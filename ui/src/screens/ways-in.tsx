// What opens the vault: each way, whether it is there, and what can be done about it.

import { type ComponentChildren, Fragment } from "preact";
import { useState } from "preact/hooks";
import type { Walk } from "../app.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { useSpeech, useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import type { SecurityView, SlotKind, SlotView } from "../wire.ts";
import { AlwaysAsk } from "./always-ask.tsx";
import { ChangePin, RemovePin } from "./pin-forms.tsx";

interface Props {
  view: SecurityView;
  locked: boolean;
  walk: Walk;
  /** Something changed: look again. */
  again: () => void;
}

export function WaysIn({ view, locked, walk, again }: Props) {
  const words = useWords().waysIn;
  const of = (kind: SlotKind) => view.slots.filter((slot) => slot.kind === kind);
  const has = (kind: SlotKind) => of(kind).length > 0;
  const person = has("pin") || has("security_key");
  return (
    <section aria-labelledby="opens">
      <h2 id="opens">{words.heading}</h2>
      <ul class="panel list">
        {has("device") && <Way name={words.device}>{person ? words.deviceBeside : words.deviceAlone}</Way>}
        <Pin slot={of("pin")[0]} locked={locked} again={again} />
        {of("security_key").map((slot) => (
          <Way name={slot.label || words.key} key={slot.slot}>
            {words.keyOpens}
          </Way>
        ))}
        <RecoveryCode slot={of("recovery_code")[0]} locked={locked} walk={walk} />
        <Escrow slot={of("escrow")[0]} waits={view.escrow_waits} locked={locked} again={again} />
        {person && (
          <AlwaysAsk
            on={!has("device")}
            ready={has("recovery_code") || has("escrow")}
            pin={has("pin")}
            locked={locked}
            again={again}
          />
        )}
      </ul>
      {locked && <p class="small dim">{words.unlockFirst}</p>}
    </section>
  );
}

function Way({
  name,
  children,
  actions,
}: {
  name: string;
  children: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <li class="stack tight">
      <div class="row">
        <span class="names wraps grow">
          <b>{name}</b>
          <span>{children}</span>
        </span>
        {actions}
      </div>
    </li>
  );
}

function Pin({ slot, locked, again }: { slot: SlotView | undefined; locked: boolean; again: () => void }) {
  const { words: all, format } = useSpeech();
  const words = all.waysIn;
  const [doing, setDoing] = useState<"nothing" | "set" | "remove">("nothing");
  const stay = () => setDoing("nothing");
  const done = () => {
    stay();
    again();
  };
  return (
    <li class="stack tight">
      <div class="row">
        <span class="names wraps grow">
          <b>{words.pin}</b>
          <span>{slot ? words.pinSet(format.date(slot.made_at)) : words.pinNone}</span>
        </span>
        {doing === "nothing" && (
          <Fragment>
            <button type="button" class="button small" disabled={locked} onClick={() => setDoing("set")}>
              {slot ? words.pinChange : words.pinChoose}
            </button>
            {slot && (
              <button
                type="button"
                class="button small danger"
                disabled={locked}
                onClick={() => setDoing("remove")}
              >
                {words.pinRemove}
              </button>
            )}
          </Fragment>
        )}
      </div>
      {doing === "set" && <ChangePin present={slot !== undefined} done={done} stay={stay} />}
      {doing === "remove" && slot && <RemovePin slot={slot.slot} done={done} stay={stay} />}
    </li>
  );
}

function RecoveryCode({ slot, locked, walk }: { slot: SlotView | undefined; locked: boolean; walk: Walk }) {
  const { words: all, format } = useSpeech();
  const words = all.waysIn;
  return (
    <Way
      name={words.code}
      actions={
        <button
          type="button"
          class="button small"
          disabled={locked}
          onClick={() => walk.go({ at: "recovery" })}
        >
          {slot ? words.codeAnother : words.codeMake}
        </button>
      }
    >
      {slot ? words.codeMade(format.date(slot.made_at)) : words.codeNone}
    </Way>
  );
}

interface EscrowProps {
  slot: SlotView | undefined;
  /** Fingerprint of another key that the organisation's file has. */
  waits: string | null;
  locked: boolean;
  again: () => void;
}

function Escrow({ slot, waits, locked, again }: EscrowProps) {
  const words = useWords().waysIn;
  const asking = useRequest();
  const [confirming, setConfirming] = useState(false);
  if (!slot) return null;
  const stay = () => setConfirming(false);
  return (
    <li class="stack tight">
      <div class="row">
        <span class="names wraps grow">
          <b>{words.escrow}</b>
          <span>{words.escrowOpens}</span>
          <span class="value digits">{words.fingerprint(slot.fingerprint ?? "")}</span>
        </span>
      </div>
      {waits && !confirming && (
        <div class="row wrap">
          <p class="small warn grow">
            {words.escrowWaits} <span class="value digits">{words.fingerprint(waits)}</span>
          </p>
          <button type="button" class="button small" disabled={locked} onClick={() => setConfirming(true)}>
            {words.escrowLook}
          </button>
        </div>
      )}
      {waits && confirming && (
        <Confirm
          heading={words.escrowAsk}
          yes={words.escrowTake}
          request={{ change_slots: { confirm_escrow: { fingerprint: waits } } }}
          asking={asking}
          keep={words.escrowKeep}
          stay={stay}
          done={again}
        >
          {words.fingerprint(waits)}. {words.escrowBody}
        </Confirm>
      )}
    </li>
  );
}
