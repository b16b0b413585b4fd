// The words of the recovery code are entered: to unlock, or to lead back into a vault whose key is lost.

import { Field } from "../parts/field.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useSpeech, useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { carried } from "../wire.ts";

interface Props {
  /** Told what to say once it is open. */
  opened: (said: string) => void;
  back: () => void;
}

export function OpenWithCode({ opened, back }: Props) {
  const words = useWords().openWithCode;
  const all = useWords();
  const { format } = useSpeech();
  const { send, busy, problem } = useRequest();
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = String(new FormData(form).get("code"));
    const answer = await send({ unlock_with: { recovery_code: typed } });
    if (!answer) return;
    form.reset();
    const recovered = carried(answer, "recovered");
    if (!recovered) return opened("");
    const lost = recovered.lost.map((kind) => words.lost[kind] ?? kind);
    opened(lost.length > 0 ? words.recoveredLost(format.list(lost)) : words.recovered);
  };
  return (
    <form class="stack start" onSubmit={submit} noValidate>
      <Field name="code" first label={words.label} hint={words.hint} input={focus} />
      <ProblemNote problem={problem} />
      <div class="row wrap">
        <button type="submit" class="button primary" disabled={busy}>
          {words.open}
        </button>
        <button type="button" class="button" onClick={back}>
          {all.back}
        </button>
      </div>
    </form>
  );
}

/** The cursor is where the words go, as long as there are none. */
function focus(field: HTMLInputElement | null): void {
  if (field?.value === "" && document.activeElement !== field) field.focus();
}
