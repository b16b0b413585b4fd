// The apps: search, launch, add.

import { useState } from "preact/hooks";
import { strings } from "../strings.ts";
import type { State } from "../wire.ts";
import { AddApp } from "./add-app.tsx";
import { AppList } from "./app-list.tsx";

export function Apps({ state, changed }: { state: State; changed: number }) {
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState("");
  if (adding) {
    const added = (name: string) => {
      setSaid(strings.list.added(name));
      setAdding(false);
    };
    return <AddApp added={added} back={() => setAdding(false)} />;
  }
  const add = () => {
    setSaid("");
    setAdding(true);
  };
  return <AppList state={state} changed={changed} add={add} said={said} say={setSaid} />;
}
