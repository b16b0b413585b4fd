// The icon in fields: shown or not, as the person wants it and the organisation leaves it to them.

import { useEffect, useState } from "preact/hooks";
import { ext } from "../ext.ts";
import type { Status } from "../messages.ts";
import { word } from "../words.ts";

export function FieldIcon({ status }: { status: Status | null }) {
  const [is_on, set_on] = useState<boolean | null>(null);
  useEffect(() => {
    void ext.storage.local.get("field_icon").then(({ field_icon }) => set_on(field_icon !== false));
  }, []);
  const is_allowed = status?.state?.field_icon !== false;
  const change = async (on: boolean) => {
    set_on(on);
    await ext.storage.local.set({ field_icon: on });
  };
  return (
    <section aria-labelledby="field-icon">
      <h2 id="field-icon">{word("options_icon")}</h2>
      {is_on !== null && (
        <label class="check">
          <input
            type="checkbox"
            checked={is_on && is_allowed}
            disabled={!is_allowed}
            onChange={({ currentTarget }) => change(currentTarget.checked)}
          />
          <span>{word("options_icon_text")}</span>
        </label>
      )}
      <p class="dim small">{word(is_allowed ? "options_icon_hint" : "options_icon_forbidden")}</p>
    </section>
  );
}
