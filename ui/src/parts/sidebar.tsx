// Where a person is, where they can go, and who they are.

import type { Place } from "../screen.ts";
import { strings } from "../strings.ts";
import { initialsOf } from "../tile.ts";
import { useRequest } from "../use-request.ts";
import type { AccountView } from "../wire.ts";
import { Mark } from "./mark.tsx";
import { ProblemNote } from "./problem-note.tsx";

interface Props {
  place: Place;
  go: (place: Place) => void;
  account: AccountView;
  locked: boolean;
}

const PLACES: Place[] = ["apps", "settings"];

export function Sidebar({ place, go, account, locked }: Props) {
  const { send, busy, problem } = useRequest();
  return (
    <aside class="side">
      <div class="brand">
        <Mark />
        {strings.brand}
      </div>
      <nav aria-label={strings.places}>
        {PLACES.map((one) => (
          <button
            type="button"
            key={one}
            class="place"
            aria-current={one === place ? "page" : undefined}
            onClick={() => go(one)}
          >
            {strings[one]}
          </button>
        ))}
      </nav>
      <div class="foot">
        <ProblemNote problem={problem} />
        <div class="who">
          <div class="avatar" aria-hidden="true">
            {initialsOf(account.name)}
          </div>
          <div class="names">
            <b title={account.email ?? undefined}>{account.name}</b>
            <span title={account.provider_host}>{account.provider_host}</span>
          </div>
        </div>
        {!locked && (
          <button type="button" class="button" disabled={busy} onClick={() => send({ lock: {} })}>
            {strings.lock}
          </button>
        )}
      </div>
    </aside>
  );
}
