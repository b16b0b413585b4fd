// A password that Lanyard makes for the page in front, in a window of its own: seen, copied, made anew, filled into the page.
// It is in this window until it is closed, so that it is not lost where nobody can see whether the page took it.

import { useEffect, useState } from "preact/hooks";
import { ext } from "../ext.ts";
import type { Changing } from "../messages.ts";
import { problem_text } from "../strings.ts";
import { word } from "../words.ts";
import { ask } from "./ask.ts";
import { draw, Eye, Note, Origin, Tile } from "./parts.tsx";

const tab = Number.parseInt(new URLSearchParams(location.search).get("tab") ?? "", 10);

draw(<ChangePage />, "change_password");

function ChangePage() {
  const [changing, set_changing] = useState<Changing | null>(null);
  const [problem, set_problem] = useState<string | null>(null);
  useEffect(() => void begin(set_changing, set_problem), []);
  return (
    <main class="offer">
      {changing && <ChangeForm {...changing} say={set_problem} />}
      {problem && <Note>{problem}</Note>}
    </main>
  );
}

async function begin(show: (changing: Changing) => void, say: (problem: string) => void): Promise<void> {
  const own = await ext.tabs.getCurrent();
  const reply = await ask.begin_change(tab, own?.id ?? -1);
  if ("problem" in reply) return say(problem_text(reply.problem));
  if (reply.form.purpose === "sign-up") document.title = word("new_password");
  show(reply);
}

type FormOf = Changing & { say: (problem: string | null) => void };

function ChangeForm({ form, origin, accounts, password: first, say }: FormOf) {
  const is_change = form.purpose === "change-password";
  const fitting = accounts.filter(({ user_name }) => user_name === form.user_name);
  const [app, set_app] = useState(is_change ? ((fitting[0] ?? accounts[0])?.app ?? null) : null);
  const [password, set_password] = useState(first);
  const [is_filled, set_filled] = useState(false);
  const [is_stored, set_stored] = useState(false);
  const account = accounts.find((other) => other.app === app);
  const user_name = account?.user_name ?? form.user_name;
  const another = async () => {
    const made = await ask.make_password(tab);
    if ("problem" in made) return say(problem_text(made.problem));
    say(null);
    set_password(made.password);
    set_filled(false);
  };
  const fill = async (event: Event) => {
    event.preventDefault();
    const failed = await ask.fill_change(tab, app, password);
    say(failed);
    set_filled(failed === null);
  };
  const worked = async () => {
    const failed = await ask.change_worked(tab, user_name, password);
    say(failed && problem_text(failed));
    set_stored(failed === null);
  };
  if (is_stored) return <Stored name={account?.name ?? new URL(origin).host} />;
  return (
    <form onSubmit={fill}>
      <h1>{word(is_change ? "change_password" : "new_password")}</h1>
      <div class="subject">
        <Tile name={account?.name ?? new URL(origin).host} />
        <span class="who">
          {user_name && accounts.length < 2 && <b>{user_name}</b>}
          {is_change && accounts.length > 1 && (
            <select
              aria-label={word("account")}
              value={app ?? ""}
              onChange={({ currentTarget }) => set_app(currentTarget.value)}
            >
              {accounts.map((other) => (
                <option key={other.app} value={other.app}>
                  {other.user_name || other.name}
                </option>
              ))}
            </select>
          )}
          <Origin origin={origin} />
        </span>
      </div>
      <Made password={password} another={another} />
      <p class="dim small">
        {word(is_filled ? "change_filled" : is_change && account ? "change_text" : "new_password_text")}
      </p>
      <div class="buttons">
        {is_filled ? (
          <>
            <button type="button" class="button primary" ref={focus} onClick={worked}>
              {word("change_worked")}
            </button>
            <button type="submit" class="button">
              {word("fill_again")}
            </button>
          </>
        ) : (
          <button type="submit" class="button primary" ref={focus}>
            {word("fill")}
          </button>
        )}
      </div>
    </form>
  );
}

function Made({ password, another }: { password: string; another: () => void }) {
  const [is_shown, show] = useState(false);
  const [copied, set_copied] = useState("");
  const copy = async () => {
    await navigator.clipboard.writeText(password);
    set_copied(password);
  };
  return (
    <div class="field">
      <label for="made">{word("new_password")}</label>
      <div class="row">
        <input
          id="made"
          class="mono"
          {...(is_shown ? { type: "text" as const } : { type: "password" as const })}
          readOnly
          autocomplete="off"
          spellcheck={false}
          value={password}
        />
        <Eye is_shown={is_shown} show={show} />
      </div>
      <div class="row">
        <button type="button" class="link" onClick={copy}>
          <span role="status">{word(copied === password ? "copied" : "copy")}</span>
        </button>
        <button type="button" class="link" onClick={another}>
          {word("another")}
        </button>
      </div>
    </div>
  );
}

function Stored({ name }: { name: string }) {
  return (
    <div class="over">
      <div role="status">
        <h1>{word("change_stored")}</h1>
        <p class="dim">{word("change_stored_text", name)}</p>
      </div>
      <div class="buttons">
        <button type="button" class="button primary" ref={focus} onClick={() => close()}>
          {word("close")}
        </button>
      </div>
    </div>
  );
}

addEventListener("keydown", (event) => {
  // What was made would be gone: only where the person says so.
  if (event.key === "Escape" && document.querySelector(".over")) close();
});

function focus(button: HTMLButtonElement | null): void {
  button?.focus();
}
