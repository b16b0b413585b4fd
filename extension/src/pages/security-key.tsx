// A security key is used: to add it, to confirm something, or to have an app filled. A window of its own, because browsers
// call keys for pages only, and for one that stays.

import { useEffect, useState } from "preact/hooks";
import type { KeyPurpose, KeyTask } from "../../../crates/protocol/bindings/security_key.ts";
import { ext } from "../ext.ts";
import { problem_text } from "../strings.ts";
import { type Key, word } from "../words.ts";
import { ask } from "./ask.ts";
import { draw, Mark, Note } from "./parts.tsx";
import { use_key } from "./use-key.ts";

const id = new URLSearchParams(location.search).get("task") ?? "";

draw(<SecurityKey />, "security_key");

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) close();
});

function SecurityKey() {
  const [task, set_task] = useState<KeyTask | null>(null);
  const [is_waiting, wait] = useState(false);
  const [said, say] = useState<string | null>(null);
  useEffect(() => void begin(set_task, say), []);
  const use = async (task: KeyTask) => {
    say(null);
    wait(true);
    const used = await use_key(task);
    if ("trouble" in used) {
      wait(false);
      return say(word(used.trouble));
    }
    const problem = await ask.answer_key(id, used.json, used.secret);
    if (!problem) return close();
    // What was answered is used up, whatever was wrong with it.
    set_task(null);
    wait(false);
    say(problem_text(problem));
  };
  return (
    <main class="key" aria-busy={is_waiting}>
      <Mark />
      {task && (
        <>
          <div role="status">
            <h1>{word(heading(task.purpose))}</h1>
            <p class="dim">{is_waiting ? word("key_touch") : what_for(task.purpose)}</p>
          </div>
          {is_waiting && <div class="bar" />}
        </>
      )}
      {said && <Note>{said}</Note>}
      {task && !is_waiting && (
        <button type="button" class="button primary wide" ref={focus} onClick={() => use(task)}>
          {word("key_use")}
        </button>
      )}
      {!task && said && (
        <button type="button" class="button wide" ref={focus} onClick={() => close()}>
          {word("close")}
        </button>
      )}
    </main>
  );
}

async function begin(show: (task: KeyTask) => void, say: (problem: string) => void): Promise<void> {
  const own = await ext.tabs.getCurrent();
  const reply = await ask.key_task(id, own?.id ?? -1);
  if ("problem" in reply) say(problem_text(reply.problem));
  else show(reply.task);
}

function heading(purpose: KeyPurpose): Key {
  if ("add" in purpose) return "key_add";
  return "unlock" in purpose ? "key_unlock" : "key_confirm";
}

function what_for(purpose: KeyPurpose): string {
  if ("add" in purpose) return word("key_add_text", purpose.add.name);
  if ("fill" in purpose) return word("key_fill_text", purpose.fill.app);
  if ("unlock" in purpose) return word("key_unlock_text");
  if ("slot" in purpose) return word("key_slot_text", purpose.slot.name);
  return word("key_confirm_text");
}

function focus(button: HTMLButtonElement | null): void {
  button?.focus();
}
