// What a person changed in the form of an app. Pure.

import { completeAddress } from "./address.ts";
import type { CredentialChange, CredentialView } from "./wire.ts";

/**
 * Only what differs from what is stored. An empty password or key keeps the present one; notes are changed only where
 * the form had them.
 */
export function changeOf(texts: Record<string, string>, view: CredentialView): CredentialChange {
  const { app } = view;
  const change: CredentialChange = {};
  const { name = "", user_name = "", login_url = "", password = "", one_time_code = "", notes } = texts;
  if (name.trim() !== app.name) change.name = name.trim();
  if (user_name.trim() !== app.user_name) change.user_name = user_name.trim();
  if (completeAddress(login_url) !== app.login_url) change.login_url = completeAddress(login_url);
  const auto_submit = texts.auto_submit !== undefined;
  if (auto_submit !== app.auto_submit) change.auto_submit = auto_submit;
  const verify = texts.verify !== undefined;
  // What the organisation wants is not in the form.
  if (verify !== view.verify && !view.verify_forced) change.verify = verify;
  if (password !== "") change.password = password;
  if (texts.remove_code !== undefined) change.one_time_code = "";
  else if (one_time_code.trim() !== "") change.one_time_code = one_time_code.trim();
  if (notes !== undefined) change.notes = notes;
  return change;
}
