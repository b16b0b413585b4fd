// Forms that ask for a new password: what rules they give for it, and one that Lanyard made put into them. The person sends
// them.

import type { NewForm } from "../messages.ts";
import type { FoundForm } from "./finder/found.ts";
import { bring_into_view, is_for_people } from "./for-people.ts";
import { type_into } from "./typing.ts";
import type { World } from "./world.ts";

/** The form that asks for one, after `password` was put into it, if there is one. Null where none does. */
export function new_password(password: string | null, world: World): NewForm | null {
  const form = world.forms().find(({ new_passwords }) => new_passwords.length > 0);
  if (!form) return null;
  const { purpose, username, current_password } = form;
  return {
    purpose: purpose === "change-password" ? "change-password" : "sign-up",
    user_name: username ? world.value_of(username) : "",
    has_current: current_password !== null,
    rules: rules_of(form),
    filled: password !== null && fill(form, password, world),
  };
}

/** What the page declares; in the notation of the `passwordrules` attribute, lengths of its own among it. */
function rules_of({ new_passwords }: FoundForm): string {
  const [field] = new_passwords;
  if (!field) return "";
  const declared = field.getAttribute("passwordrules")?.trim() ?? "";
  const { minLength, maxLength } = field;
  const lengths = [
    minLength > 0 && !/minlength/i.test(declared) && `minlength: ${minLength}`,
    maxLength > 0 && !/maxlength/i.test(declared) && `maxlength: ${maxLength}`,
  ];
  return [declared.replace(/;$/, ""), ...lengths].filter(Boolean).join("; ");
}

/** False where a person could not see every field, or the page did not take it. */
function fill({ new_passwords }: FoundForm, password: string, { mark_typed }: World): boolean {
  const is_seen = (field: HTMLInputElement) => {
    bring_into_view(field);
    return is_for_people(field);
  };
  if (!new_passwords.every(is_seen)) return false;
  for (const field of new_passwords) {
    type_into(field, password);
    mark_typed(field, password);
  }
  return new_passwords.every(({ value }) => value === password);
}
