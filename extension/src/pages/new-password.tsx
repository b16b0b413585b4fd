// In the popup: a page that asks for a new password is told of one that Lanyard makes.

import { useEffect, useState } from "preact/hooks";
import type { NewForm } from "../messages.ts";
import { word } from "../words.ts";
import { ask } from "./ask.ts";

export function NewPassword({ tab }: { tab: number }) {
  const [form, set_form] = useState<NewForm | null>(null);
  useEffect(() => void ask.new_form(tab).then(set_form), [tab]);
  if (!form) return null;
  const is_change = form.purpose === "change-password";
  const open = async () => {
    await ask.open_change(tab);
    close();
  };
  return (
    <div class="offered">
      <p>{word(is_change ? "change_here" : "sign_up_here")}</p>
      <button type="button" class="button small" onClick={open}>
        {word(is_change ? "change_password" : "suggest_password")}
      </button>
    </div>
  );
}
