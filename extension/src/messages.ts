// Messages inside the extension, as tables grouped by who may send them. Nobody else may send anything: no listener for
// other extensions or for web pages exists.
//
// Who asks is never in a message: it is in the browser's `sender` (background/sender.ts).

import type {
  Account,
  Extra,
  FillOutcome,
  NotFilled,
  Offer,
  OfferAnswer,
  Part,
  Saving,
  Selectors,
  State,
} from "../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../crates/protocol/bindings/common.ts";
import type { KeyTask } from "../../crates/protocol/bindings/security_key.ts";
import type { Known, Purpose } from "./content/finder/found.ts";
import { flag, list, nothing, one_of, or_null, record, text, variants, whole } from "./shape.ts";
import { selectors } from "./to-page.ts";

type Empty = Record<never, never>;

/** From content scripts to the background worker. */
export type FromPage =
  /** A document began. Answered with `Arrived`. */
  | { arrived: Empty }
  /** A document that began when less could be done asks again. Answered with `Arrived`. */
  | { still_here: Empty }
  /** A field got the focus that may be one of a login. Answered with true once the page script is there. */
  | { login_focused: Empty }
  /** The page script is there. Answered with `Task`, or null where there is nothing to wait for. */
  | { begun: Empty }
  /** A frame in this page has a document: one that the app names may have its form. */
  | { frame_loaded: Empty }
  /** There is a form that asks for a login. Answered with `Values`, or null where nothing is to be filled. */
  | { form: Asked }
  /** Press what has this attribute, as a script of the page does. Answered when it was. */
  | { press: { mark: string } }
  /** What became of a fill. */
  | { fill_ended: { fill: string; outcome: FillOutcome } }
  /** The person sent a form with a password. Answered with true where the page is to tell what becomes of it. */
  | { capture: Captured }
  /** The person sent the user name of a login that asks for the password afterwards. */
  | { step: { user_name: string; extras: Extra[] } }
  /** What became of a form that was sent. */
  | { attempt: OfPage }
  /** Of the icon in a field. */
  | { icon: IconSaid };

/**
 * The person clicked it; clicked it where something may have been over it, so that nothing was done; or the page got in
 * front of it again and again, so that it is not shown there.
 */
export type IconSaid = "clicked" | "covered" | "fought";

/** What the person typed. */
export type Captured = {
  purpose: "login" | "sign-up" | "change-password";
  user_name: string;
  /** The new one where the form makes or changes one. */
  password: string;
  former_password?: string;
  extras: Extra[];
  learned?: Selectors;
  title: string;
  /** Whether nothing but the field says that it is the password of a login. */
  is_lone: boolean;
};

export type OfPage =
  /** It is there no longer, in a document that is. */
  | { gone: { failed: boolean } }
  /** It is there although a script was answered. */
  | { stays: Empty }
  /** The person corrects it, or goes elsewhere. */
  | { left: Empty };

/** Whether a login on this page may be saved: then its fields are listened for. */
export type Arrived = { listen: boolean };

/** What a form asks for. */
export type Asked = {
  /** The wish it was found for; empty where nobody wished for it on this page. */
  wish: string;
  purpose: Purpose;
  parts: Part[];
  /** Origin that the form sends to. */
  action: string;
  /** What is wrong with the app's own selectors. */
  trouble?: Trouble;
};

/** A selector that names no field for certain, and why. */
export type Trouble = { selector: string; why: "invalid" | "several" };

/** What the script of a page is there for. */
export type Task = {
  /** What is known of the page's forms. */
  known: Known;
  /** How long a form is waited for; 0 where none is. */
  milliseconds: number;
  /** Whether the form may be in a frame of another origin. */
  frames: boolean;
};

/** What to fill, once; of what was asked for, what there is. */
export type Values = {
  fill: string;
  user_name?: string;
  password?: string;
  one_time_code?: string;
  extras?: Extra[];
  submit: boolean;
};

/** From our own pages to the background worker. */
export type FromOwnPage =
  /** Answered with `Status`; connects before where that failed and the person asks again. */
  | { status: { tab: number; connect: boolean } }
  /** Fills one account into the page of a tab. Answered with `Filled`. */
  | { fill: { tab: number; app: string } }
  /** Asks to be connected. Answered when the person has decided; `Status` tells meanwhile. */
  | { pair: Empty }
  /** The person compared the code with the one in Lanyard's window. */
  | { compared: { is_same: boolean } }
  /** Answered with a problem or null. */
  | { open_lanyard: Empty }
  /** Answered with `OfferReply`. */
  | { offer: { capture: string } }
  /** Answered with a problem or null. */
  | { answer_offer: { capture: string; answer: OfferAnswer } }
  /** Adds an account for the page of a tab. Answered with a problem or null. */
  | { add_account: { tab: number; name: string; user_name: string; password: string } }
  /** Never offers to save on the page of a tab. Answered with a problem or null. */
  | { never: { tab: number } }
  /** Answered with `Sites`. */
  | { never_sites: Empty }
  /** Answered with the form in a tab that asks for a new password, or null. */
  | { new_form: { tab: number } }
  /** Opens the window in which a new password is made for a tab. */
  | { open_change: { tab: number } }
  /** That window is there. Answered with `Changing` or a problem. */
  | { begin_change: { tab: number; window_tab: number } }
  /** Makes a password by the rules of a tab's page. Answered with `Made`. */
  | { make_password: { tab: number } }
  /** Fills it into the page, with the current one of an account. Answered with null, or with why not. */
  | { fill_change: { tab: number; app: string | null; password: string } }
  /** Stores it because the person saw that the page took it. Answered with a problem or null. */
  | { change_worked: { tab: number; user_name: string; password: string } }
  /** The window for a security key is there. Answered with `KeyTaskReply`. */
  | { key_task: { task: string; window_tab: number } }
  /** What the key said. Answered with a problem or null. */
  | { answer_key: { task: string; json: string; secret: string | null } }
  /** Offers to save on a site again. Answered with a problem or null. */
  | { allow_site: { origin: string } };

/** From the background worker to the script in a page. */
export type ToPage =
  /** Look for a form because the person wants it filled. Answered with `Looked`. */
  | { look: { wish: string; known: Known } }
  /** Something waits for a form in this page: look until then. */
  | { watch: Task }
  /** Look for a form that asks for a new password, and put one there if it is given. Answered with `NewForm` or null. */
  | { new_password: { password: string | null } }
  /** Tell what a login at the page with this path led to, once it can be seen. Answered with `Landed`. */
  | { landed: { path: string; at_once: boolean } };

/** `covered` where there is a form, and something over it. */
export type Looked = { found: boolean; covered: boolean; trouble?: Trouble };
/** A form that asks for a new password. */
export type NewForm = {
  purpose: "sign-up" | "change-password";
  /** What its user name field has in it. */
  user_name: string;
  /** Whether it asks for the current one too. */
  has_current: boolean;
  /** In the notation of the `passwordrules` attribute; empty where there are none. */
  rules: string;
  /** Whether the password that was given is in it. */
  filled: boolean;
};

/** What a page asks for, whether it is the one where the login began, and its HTTP status, 0 where nobody knows. */
export type Landed = { asks: Purpose[]; is_login_page: boolean; status: number };

/** What became of a fill that the person asked for. */
export type Filled =
  | { submitted: boolean }
  | { not_filled: NotFilled | "no_form" | "no_page" }
  | { problem: Problem };
export type OfferReply = { offer: Offer } | { problem: Problem };
export type KeyTaskReply = { task: KeyTask } | { problem: Problem };
/** A new password, and the form it is for. */
export type Changing = { form: NewForm; origin: string; accounts: Account[]; password: string };
export type Made = { password: string } | { problem: Problem };
/** Sites where saving is never offered. */
export type Sites = { origins: string[] } | { problem: Problem };

/** Where the question whether this browser may be connected has got to. */
export type Pairing =
  /** Not known yet, or connected. */
  | { idle: Empty }
  /** This browser is connected to no companion. */
  | { none: Empty }
  /** The person wants it to be, and is asked at the window. */
  | { asking: Empty }
  /** The person compares the code here and there. */
  | { comparing: { code: string } }
  /** The person did here. */
  | { confirmed: Empty }
  | { failed: Problem }
  /** Another companion answers than the one it was connected to. */
  | { other: Empty }
  /** There is a copy of its key. */
  | { copied: Empty };

/** The page of a tab, and what can be done with it. */
export type PageStatus = {
  origin: string;
  title: string;
  accounts: Account[];
  /** None where the companion did not say. */
  saving: Saving | null;
  problem: Problem | null;
};

/** Everything that popup, welcome, options and help show. */
export type Status = {
  browser: string;
  /** First digits of the profile's id, as Lanyard's window shows them. */
  profile: string;
  /** Why the companion cannot be reached; `not_found` where the browser knows of none. */
  trouble: Problem | null;
  /** Whether the browser lets the extension into web pages. */
  let_in: boolean;
  /** Whether the browser cannot write down which companion it is connected to. */
  unsaved: boolean;
  state: State | null;
  pairing: Pairing;
  /** The tab's page; none where it is not a web page. */
  page: PageStatus | null;
  /** Why the last fill in this tab came to nothing. */
  notice: string | null;
};

const outcome = variants<FillOutcome>({
  filled: record<{ submitted: boolean }>({ submitted: flag }),
  not_filled: record<{ reason: NotFilled }>({
    reason: one_of(
      "page_changed",
      "form_gone",
      "values_not_kept",
      "covered",
      "too_long",
      "foreign_action",
      "other_account",
      "rejected",
    ),
  }),
});

const extras = list(record<Extra>({ field: text, value: text }));

export const is_from_page = variants<FromPage>({
  arrived: nothing,
  still_here: nothing,
  login_focused: nothing,
  begun: nothing,
  press: record<{ mark: string }>({ mark: text }),
  frame_loaded: nothing,
  form: record<Asked>(
    { wish: text, purpose: text, parts: list(text), action: text },
    { trouble: record<Trouble>({ selector: text, why: one_of("invalid", "several") }) },
  ),
  fill_ended: record<{ fill: string; outcome: FillOutcome }>({ fill: text, outcome }),
  capture: record<Captured>(
    {
      purpose: one_of("login", "sign-up", "change-password"),
      user_name: text,
      password: text,
      extras,
      title: text,
      is_lone: flag,
    },
    { former_password: text, learned: selectors },
  ),
  step: record<{ user_name: string; extras: Extra[] }>({ user_name: text, extras }),
  attempt: variants<OfPage>({
    gone: record<{ failed: boolean }>({ failed: flag }),
    stays: nothing,
    left: nothing,
  }),
  icon: one_of("clicked", "covered", "fought"),
});

const answer = variants<OfferAnswer>({
  save: record<{ name: string; auto_submit: boolean }>({ name: text, auto_submit: flag }),
  not_now: nothing,
  never: nothing,
});

export const is_from_own_page = variants<FromOwnPage>({
  status: record<{ tab: number; connect: boolean }>({ tab: whole, connect: flag }),
  fill: record<{ tab: number; app: string }>({ tab: whole, app: text }),
  pair: nothing,
  compared: record<{ is_same: boolean }>({ is_same: flag }),
  open_lanyard: nothing,
  offer: record<{ capture: string }>({ capture: text }),
  answer_offer: record<{ capture: string; answer: OfferAnswer }>({ capture: text, answer }),
  add_account: record<{ tab: number; name: string; user_name: string; password: string }>({
    tab: whole,
    name: text,
    user_name: text,
    password: text,
  }),
  never: record<{ tab: number }>({ tab: whole }),
  never_sites: nothing,
  new_form: record<{ tab: number }>({ tab: whole }),
  open_change: record<{ tab: number }>({ tab: whole }),
  begin_change: record<{ tab: number; window_tab: number }>({ tab: whole, window_tab: whole }),
  make_password: record<{ tab: number }>({ tab: whole }),
  fill_change: record<{ tab: number; app: string | null; password: string }>({
    tab: whole,
    app: or_null(text),
    password: text,
  }),
  change_worked: record<{ tab: number; user_name: string; password: string }>({
    tab: whole,
    user_name: text,
    password: text,
  }),
  key_task: record<{ task: string; window_tab: number }>({ task: text, window_tab: whole }),
  answer_key: record<{ task: string; json: string; secret: string | null }>({
    task: text,
    json: text,
    secret: or_null(text),
  }),
  allow_site: record<{ origin: string }>({ origin: text }),
});
