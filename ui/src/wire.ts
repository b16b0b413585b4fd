// The messages of crates/protocol, as the window uses them.

export type {
  AccountView,
  ActivityLine,
  AppView,
  Message,
  NewApp,
  Outcome,
  PairedBrowser,
  Problem,
  ProviderView,
  SettingsChange,
  SettingsView,
  SignInProgress,
  Theme,
  VaultState,
} from "../../crates/protocol/bindings/common.ts";
export type {
  CredentialChange,
  CredentialView,
  FormerPassword,
  Revealed,
  SecretPart,
} from "../../crates/protocol/bindings/credential.ts";
export type { KeysView, KeyView, Remember } from "../../crates/protocol/bindings/security_key.ts";
export type {
  NewRecoveryCode,
  SlotChange,
  SlotKind,
  SlotView,
  SlotWish,
  WaysIn,
} from "../../crates/protocol/bindings/slots.ts";
export type {
  ActivityHour,
  BrowserHere,
  Event,
  Page,
  Question,
  QuestionSubject,
  Request,
  Response,
  SecurityView,
  State,
} from "../../crates/protocol/bindings/window.ts";

export type Tags<Union> = Union extends unknown ? keyof Union : never;
export type Content<Union, Tag extends PropertyKey> = Union extends { [T in Tag]: infer Value }
  ? Value
  : never;

/** What `value`, one of `{ "a": A } | { "b": B }`, carries under `tag`, if that is what it is. */
export function carried<Union extends object, Tag extends Tags<Union>>(
  value: Union | undefined,
  tag: Tag,
): Content<Union, Tag> | undefined {
  if (value === undefined || !(tag in value)) return undefined;
  return (value as Record<PropertyKey, unknown>)[tag] as Content<Union, Tag>;
}
