// One app, to launch.

import { hostOf } from "../address.ts";
import { hueOf, letterOf } from "../tile.ts";
import type { AppView } from "../wire.ts";

interface Props {
  app: AppView;
  launch: (app: AppView) => void;
  /** Whether Enter in the search field launches it. */
  first: boolean;
}

export function Tile({ app, launch, first }: Props) {
  return (
    <button
      type="button"
      class={first ? "app first" : "app"}
      data-app={app.app}
      title={hostOf(app.origin)}
      onClick={() => launch(app)}
    >
      <span class={`tile hue-${hueOf(app.name)}`} aria-hidden="true">
        {letterOf(app.name)}
      </span>
      <span class="names">
        <b>{app.name}</b> <span>{app.user_name}</span>
      </span>
    </button>
  );
}
