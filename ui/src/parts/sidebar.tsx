// Where a person is, where they can go, and who they are.

import { PLACES, type Place } from "../screen.ts";
import { useWords } from "../speech.ts";
import { initialsOf } from "../tile.ts";
import { useOnline } from "../use-clock.ts";
import { useRequest } from "../use-request.ts";
import type { AccountView } from "../wire.ts";
import { Mark } from "./mark.tsx";
import { ProblemNote } from "./problem-note.tsx";

interface Props {
  place: Place;
  go: (place: Place) => void;
  /** Opens the palette. */
  find: () => void;
  account: AccountView;
  locked: boolean;
}

export function Sidebar({ place, go, find, account, locked }: Props) {
  const words = useWords();
  const { send, busy, problem } = useRequest();
  const online = useOnline();
  return (
    <aside class="side">
      <div class="brand">
        <Mark />
        {words.brand}
      </div>
      <nav aria-label={words.places.label}>
        {PLACES.map((one) => (
          <button
            type="button"
            key={one}
            class="place"
            aria-current={one === place ? "page" : undefined}
            onClick={() => go(one)}
          >
            {words.places[one]}
          </button>
        ))}
        <button type="button" class="place find" aria-keyshortcuts="Control+K" onClick={find}>
          {words.palette.open} <kbd aria-hidden="true">{words.palette.key}</kbd>
        </button>
      </nav>
      <div class="foot">
        <ProblemNote problem={problem} />
        <div class="who">
          <div class="avatar" aria-hidden="true">
            {initialsOf(account.name)}
          </div>
          <div class="names">
            <b title={account.email ?? undefined}>{account.name}</b>
            <span title={account.provider_host}>{online ? account.provider_host : words.places.offline}</span>
          </div>
        </div>
        {!locked && (
          <button type="button" class="button" disabled={busy} onClick={() => send({ lock: {} })}>
            {words.places.lock}
          </button>
        )}
      </div>
    </aside>
  );
}
