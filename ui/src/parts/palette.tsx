// Leads anywhere by a few letters: apps, places, actions. A combobox with a list (ARIA Authoring Practices, combobox).

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Walk } from "../app.tsx";
import { type Command, matchCommands, nextOption } from "../commands.ts";
import { useWords } from "../speech.ts";
import { useApps } from "../use-apps.ts";
import { useCommands } from "../use-commands.ts";
import { useLaunch } from "../use-launch.ts";
import { useRequest } from "../use-request.ts";
import type { AppView, Request, State } from "../wire.ts";
import { ProblemNote } from "./problem-note.tsx";
import { Letter } from "./tile.tsx";

/** As many apps as fit beside the other commands, and as many as are looked through for them. */
const APPS = 8;
const LOOKED_AT = 100;

export function Palette({ state, walk, close }: { state: State; walk: Walk; close: () => void }) {
  const words = useWords().palette;
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const { send, problem } = useRequest();
  const ready = state.account !== null && "unlocked" in state.vault;
  const { found } = useApps(query.trim(), ready ? 1 : 0, LOOKED_AT);
  const launching = useLaunch((said) => walk.say(said));

  const run = async (request: Request) => {
    if (await send(request)) close();
  };
  const commands = matchCommands(useCommands(state, walk, run), query);
  const apps = ready ? (found?.apps ?? []).map((app) => commandOf(app, launching.launch)) : [];
  const named = [...matchCommands(apps, query).slice(0, APPS), ...commands];
  // What is found by its address alone is better than nothing.
  const options = named.length > 0 ? named : apps.slice(0, APPS);
  const at = Math.min(chosen, Math.max(0, options.length - 1));

  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  useLayoutEffect(() => {
    dialog.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  });
  const choose = (command: Command | undefined) => {
    if (!command) return;
    command.run();
    if (!command.asks) close();
  };
  const onKey = (event: KeyboardEvent) => {
    const next = nextOption(options.length, at, event.key);
    if (event.key === "Enter") choose(options[at]);
    else if (next !== undefined && !(query && /Home|End/.test(event.key))) setChosen(next);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      class="palette"
      ref={dialog}
      aria-label={words.label}
      onCancel={cancel(close)}
      onClose={close}
      onPointerDown={outside(close)}
    >
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-options"
        aria-autocomplete="list"
        aria-activedescendant={options[at] && `option-${options[at].id}`}
        aria-label={words.label}
        placeholder={words.placeholder}
        spellcheck={false}
        autocomplete="off"
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
      />
      <ProblemNote problem={problem} />
      <div id="palette-options" role="listbox" aria-label={words.options}>
        {(["apps", "places", "actions"] as const).map((group) => (
          <Group key={group} name={words[group]} options={options} group={group} at={at} choose={choose} />
        ))}
      </div>
      <p class={options.length === 0 ? "nothing dim" : "hidden"} role="status">
        {options.length === 0 ? words.nothing(query) : words.found(options.length)}
      </p>
    </dialog>
  );
}

function commandOf(app: AppView, launch: (app: AppView) => void): Command {
  return {
    id: `app-${app.app}`,
    group: "apps",
    title: app.name,
    detail: app.user_name,
    run: () => launch(app),
  };
}

interface GroupProps {
  name: string;
  group: Command["group"];
  options: Command[];
  at: number;
  choose: (command: Command) => void;
}

function Group({ name, group, options, at, choose }: GroupProps) {
  const own = options.filter((option) => option.group === group);
  if (own.length === 0) return null;
  return (
    <div role="group" aria-labelledby={`palette-${group}`}>
      <p class="small dim heading" id={`palette-${group}`} role="presentation">
        {name}
      </p>
      {own.map((option) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's, which keeps the focus
        <div
          key={option.id}
          id={`option-${option.id}`}
          class="option"
          role="option"
          aria-selected={options[at] === option}
          onClick={() => choose(option)}
          tabIndex={-1}
        >
          {group === "apps" && <Letter name={option.title} small />}
          <span class="grow">{option.title}</span>
          {option.detail && <span class="small dim">{option.detail}</span>}
        </div>
      ))}
    </div>
  );
}

/** Escape takes it away at once: a dialog that is closed and not yet gone would swallow the next Ctrl+K. */
function cancel(close: () => void): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    close();
  };
}

/** A click beside the palette closes it. */
function outside(close: () => void): (event: PointerEvent) => void {
  return (event) => {
    if (event.target === event.currentTarget) close();
  };
}
