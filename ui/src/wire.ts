// The messages of crates/protocol, as the window uses them.

export type {
  AccountView,
  AppView,
  Message,
  NewApp,
  Outcome,
  Problem,
  ProviderView,
  SignInProgress,
  VaultState,
} from "../../crates/protocol/bindings/common.ts";
export type {
  Event,
  Page,
  PairedBrowser,
  Question,
  Request,
  Response,
  State,
} from "../../crates/protocol/bindings/window.ts";

type Tags<Union> = Union extends unknown ? keyof Union : never;
type Content<Union, Tag extends PropertyKey> = Union extends { [T in Tag]: infer Value } ? Value : never;

/** What `value`, one of `{ "a": A } | { "b": B }`, carries under `tag`, if that is what it is. */
export function carried<Union extends object, Tag extends Tags<Union>>(
  value: Union,
  tag: Tag,
): Content<Union, Tag> | undefined {
  return tag in value ? ((value as Record<PropertyKey, unknown>)[tag] as Content<Union, Tag>) : undefined;
}
