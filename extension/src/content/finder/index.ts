// Finds the forms of a page and says what their fields are for. Pure: a root in, a typed result out.

import { find_login_form } from "../finder.ts";
import type { FoundForm, Known } from "./found.ts";

/** Best first. */
export function find_forms(root: Document, _known: Known): FoundForm[] {
  const login = find_login_form(root);
  if (!login) return [];
  const { user_name, password, submit, form } = login;
  return [
    {
      purpose: user_name ? "login" : "password-step",
      evidence: "page",
      username: user_name,
      current_password: password,
      new_passwords: [],
      one_time_code: [],
      extras: [],
      submit,
      form,
    },
  ];
}
