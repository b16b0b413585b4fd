import type { FoundForm } from "../../extension/src/content/finder/found.ts";

/** What a finder says about a page of a corpus, as score.py reads it. */
export type Prediction = {
  file: string;
  /** By the index among all <input> of the document. */
  fields: Record<string, Kind>;
  /** By the index among all elements of that name. */
  submit: { tag: string; tag_index: number } | null;
  /** What every form is for; score.py does not read it. */
  purposes: string[];
  ms: number;
};

type Kind = "username" | "current-password" | "new-password" | "otp";

/** A form, with fields of whatever sort. */
type Named<F> = Pick<FoundForm, "purpose" | "evidence"> & {
  username: F | null;
  current_password: F | null;
  new_passwords: F[];
  one_time_code: F[];
};

/**
 * The fields of a form by what may be done with them. A user name that somebody chooses for a new account is none to be filled
 * in, and a password that is said to be lone is left alone.
 */
export function kinds_in<F>({ purpose, evidence, ...form }: Named<F>): [F, Kind][] {
  const current = evidence === "lone-password" ? null : form.current_password;
  const username = purpose === "sign-up" ? null : form.username;
  return [
    ...present(username).map((field): [F, Kind] => [field, "username"]),
    ...present(current).map((field): [F, Kind] => [field, "current-password"]),
    ...form.new_passwords.map((field): [F, Kind] => [field, "new-password"]),
    ...form.one_time_code.map((field): [F, Kind] => [field, "otp"]),
  ];
}

function present<F>(field: F | null): F[] {
  return field === null ? [] : [field];
}
