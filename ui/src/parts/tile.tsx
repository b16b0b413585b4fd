// One app, to launch. The same in the grid and in the list, where it is laid out in a row.

import { hostOf } from "../address.ts";
import { useWords } from "../speech.ts";
import { hueOf, letterOf } from "../tile.ts";
import type { AppView } from "../wire.ts";

interface Props {
  app: AppView;
  launch: (app: AppView) => void;
  details: (app: AppView) => void;
  /** Whether Enter in the search field launches it. */
  first: boolean;
  /** Whether Tab leads here; arrow keys lead to the others. */
  tabbed: boolean;
}

export function Tile({ app, launch, details, first, tabbed }: Props) {
  const words = useWords();
  const tabIndex = tabbed ? 0 : -1;
  return (
    <div class="app-box">
      <button
        type="button"
        class={first ? "app first" : "app"}
        data-app={app.app}
        tabIndex={tabIndex}
        onClick={() => launch(app)}
      >
        <Letter name={app.name} />
        <span class="names">
          <b>{app.name}</b> <span>{app.user_name}</span>
        </span>
        <span class="host" aria-hidden="true">
          {hostOf(app.origin)}
        </span>
      </button>
      <button
        type="button"
        class="more"
        tabIndex={tabIndex}
        aria-label={words.list.details(app.name)}
        onClick={() => details(app)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3.5 8v.01M8 8v.01M12.5 8v.01" />
        </svg>
      </button>
    </div>
  );
}

/** The first letter of a name, on one of eight hues. */
export function Letter({ name, small }: { name: string; small?: boolean }) {
  return (
    <span class={`tile hue-${hueOf(name)}${small ? " small" : ""}`} aria-hidden="true">
      {letterOf(name)}
    </span>
  );
}
