// Names the fields of a page. Pure: it looks at the page once and changes nothing.

import { find_login_form } from "../finder.ts";
import type { FoundForm, Known } from "./found.ts";

export function find_forms(root: Document, _known: Known): FoundForm[] {
  const found = find_login_form(root);
  if (!found) return [];
  const { user_name, password, submit, form } = found;
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
