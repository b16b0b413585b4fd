// What the finder says about a page.

/** A box for text; what is chosen from a list can only be an extra field. */
export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What a field is for. A field that is none of these is not named. */
export type FieldKind = "username" | "current-password" | "new-password" | "one-time-code" | "extra";

/** What a form is for. */
export type Purpose =
  /** User name and current password. */
  | "login"
  /** The user name only; the password is asked for afterwards. */
  | "username-step"
  /** The current password only. */
  | "password-step"
  | "sign-up"
  | "change-password"
  /** A one-time code only. */
  | "one-time-code";

/** Why the fields are believed to be what they are, strongest first. */
export type Evidence =
  /** The app's own selectors name them. */
  | "app"
  /** They were learned here when a login was saved. */
  | "learned"
  /** The page itself says so. */
  | "page"
  /** A password alone, and nothing that says which: on an unknown page it is neither filled nor captured in silence. */
  | "lone-password";

/** A form, or fields that belong together without one. */
export type FoundForm = {
  purpose: Purpose;
  evidence: Evidence;
  username: HTMLInputElement | null;
  current_password: HTMLInputElement | null;
  /** The new password and its repetitions. */
  new_passwords: HTMLInputElement[];
  /** One box, or one for each character, in order. */
  one_time_code: HTMLInputElement[];
  /** Company, tenant, account number: what a login asks for besides, in document order. */
  extras: Field[];
  /** What a person would press; null where only Enter submits. */
  submit: HTMLElement | null;
  /** Null where the fields are in no form. */
  form: HTMLFormElement | null;
};

/** Selectors of fields, `>>>` between a shadow host (or a frame) and what is in it. */
export type Selectors = {
  username?: string;
  current_password?: string;
  new_password?: string;
  one_time_code?: string;
  extras?: string[];
  submit?: string;
};

/** What is known of a page before it is looked at. */
export type Known = {
  /** The app's own selectors. */
  app: Selectors | null;
  /** What was learned on this page. */
  learned: Selectors | null;
  /** Whether this is an address of an app, so that a lone password is the current one. */
  is_app: boolean;
};
