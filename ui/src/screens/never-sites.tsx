// Sites where saving is never offered, each of which can be taken off the list.

import { useEffect, useState } from "preact/hooks";
import { hostOf } from "../address.ts";
import { ask } from "../companion.ts";
import { Address } from "../parts/address.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { carried } from "../wire.ts";

export function NeverSites() {
  const words = useWords().settings;
  const [origins, setOrigins] = useState<string[]>();
  const [said, setSaid] = useState("");
  const { send, busy, problem } = useRequest();
  const look = async () => setOrigins(carried(await ask({ never_sites: {} }), "sites")?.origins);
  useEffect(() => {
    // Without the list there is nothing to take off it.
    look().catch(() => {});
  }, []);
  const allow = async (origin: string) => {
    if (!(await send({ allow_site: { origin } }))) return;
    setSaid(words.allowed(hostOf(origin)));
    await look();
  };
  if (!origins) return null;
  return (
    <div class="never">
      <h3 class="small dim">{words.never}</h3>
      {origins.length === 0 && <p class="small dim">{words.noNever}</p>}
      <ul>
        {origins.map((origin) => (
          <li class="row" key={origin}>
            <span class="grow">
              <Address>{origin}</Address>
            </span>
            <button
              type="button"
              class="button small"
              aria-label={words.allowAt(hostOf(origin))}
              disabled={busy}
              onClick={() => allow(origin)}
            >
              {words.allow}
            </button>
          </li>
        ))}
      </ul>
      <p class="small dim" role="status">
        {said}
      </p>
      <ProblemNote problem={problem} />
    </div>
  );
}
