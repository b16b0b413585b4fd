//! The tray as data: what it shows and what its menu offers. Who draws it is in `src-tauri`.

use lanyard_protocol::common::{AccountView, AppView, VaultState};

use crate::words::Words;

/// Most recent apps in the menu.
const MOST_RECENT: usize = 5;

/// What the tray shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tray {
    /// Which icon.
    pub icon: Icon,
    /// One line about the state.
    pub title: String,
    /// The menu, from the top.
    pub menu: Vec<Item>,
}

/// The icon says the state at a glance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Icon {
    /// Nobody is signed in.
    #[default]
    SignedOut,
    /// Signed in, vault open.
    SignedIn,
    /// Signed in, vault locked.
    Locked,
    /// A question or a problem waits for the person.
    Attention,
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Text that cannot be chosen.
    Label(String),
    /// Something to choose.
    Choice(String, Action),
    /// A line between groups.
    Separator,
}

/// What a choice does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Begin to sign in.
    SignIn,
    /// Sign out.
    SignOut,
    /// Lock the vault.
    Lock,
    /// Unlock the vault.
    Unlock,
    /// Launch an app.
    Launch(String),
    /// Show the window.
    Open,
    /// End the companion.
    Quit,
}

impl Tray {
    pub(crate) fn new(
        words: &Words,
        account: Option<&AccountView>,
        vault: &VaultState,
        signing_in: bool,
        asking: bool,
        recent: &[AppView],
    ) -> Self {
        let locked = *vault == (VaultState::Locked {});
        let unavailable = matches!(vault, VaultState::Unavailable { .. });
        let icon = match account {
            _ if asking || unavailable => Icon::Attention,
            None => Icon::SignedOut,
            Some(_) if locked => Icon::Locked,
            Some(_) => Icon::SignedIn,
        };
        let title = match (account, vault) {
            (_, VaultState::Unavailable { problem, .. }) => {
                words.unavailable.map_or_else(|| problem.message.clone(), str::to_owned)
            }
            (None, _) if signing_in => words.signing_in.into(),
            (None, _) => words.signed_out.into(),
            (Some(account), VaultState::Locked {}) => format!("{}, {}", account.name, words.locked),
            (Some(account), VaultState::Unlocked {}) => account.name.clone(),
        };
        let menu = menu(words, &title, account.is_some(), locked, recent);
        Self { icon, title, menu }
    }
}

/// Puts a new state in the place of the one shown; says whether it is another.
pub(crate) fn replace(shown: &mut Tray, new: Tray) -> bool {
    let differs = *shown != new;
    *shown = new;
    differs
}

fn menu(words: &Words, title: &str, signed_in: bool, locked: bool, recent: &[AppView]) -> Vec<Item> {
    let choice = |label: &str, action| Item::Choice(label.into(), action);
    let mut menu = vec![Item::Label(title.into()), Item::Separator];
    if !recent.is_empty() {
        let apps = recent.iter().take(MOST_RECENT);
        menu.extend(apps.map(|app| choice(&app.name, Action::Launch(app.app.clone()))));
        menu.push(Item::Separator);
    }
    menu.push(choice(words.open, Action::Open));
    if signed_in {
        menu.push(if locked {
            choice(words.unlock, Action::Unlock)
        } else {
            choice(words.lock, Action::Lock)
        });
        menu.push(choice(words.sign_out, Action::SignOut));
    } else {
        menu.push(choice(words.sign_in, Action::SignIn));
    }
    menu.extend([Item::Separator, choice(words.quit, Action::Quit)]);
    menu
}

#[cfg(test)]
mod tests {
    use lanyard_protocol::common::{Code, Compartment, Problem};

    use super::*;
    use crate::words::{ENGLISH, GERMAN};

    fn labels(tray: &Tray) -> Vec<&str> {
        let label = |item: &'_ Item| match item {
            Item::Label(text) | Item::Choice(text, _) => Some(text.clone()),
            Item::Separator => None,
        };
        tray.menu.iter().filter_map(label).map(|text| &*text.leak()).collect()
    }

    fn alice() -> AccountView {
        AccountView { name: "Alice Meyer".into(), email: None, provider_host: "acme.example".into() }
    }

    #[test]
    fn signed_out_it_offers_to_sign_in() {
        let tray = Tray::new(&ENGLISH, None, &VaultState::Locked {}, false, false, &[]);
        assert_eq!(labels(&tray), ["Signed out", "Open Lanyard", "Sign in…", "Quit"]);
        assert_eq!(tray.icon, Icon::SignedOut);
    }

    #[test]
    fn signed_in_it_shows_who_and_recent_apps() {
        let app = AppView {
            app: "1".into(),
            name: "Payroll 2004".into(),
            user_name: "alice".into(),
            origin: "https://payroll.example".into(),
            login_url: "https://payroll.example/login".into(),
            auto_submit: true,
            compartment: Compartment::Personal,
        };
        let tray = Tray::new(&ENGLISH, Some(&alice()), &VaultState::Unlocked {}, false, false, &[app]);
        assert_eq!(
            labels(&tray),
            ["Alice Meyer", "Payroll 2004", "Open Lanyard", "Lock", "Sign out", "Quit"]
        );
        assert_eq!(tray.icon, Icon::SignedIn);
    }

    #[test]
    fn locked_it_offers_to_unlock() {
        let tray = Tray::new(&ENGLISH, Some(&alice()), &VaultState::Locked {}, false, false, &[]);
        assert_eq!(labels(&tray), ["Alice Meyer, locked", "Open Lanyard", "Unlock", "Sign out", "Quit"]);
        assert_eq!(tray.icon, Icon::Locked);
    }

    #[test]
    fn in_german_it_says_no_english_word() {
        let problem = Problem::new(Code::Keychain, "the keyring is locked", "unlock it");
        let unavailable = VaultState::Unavailable { problem, may_begin_new: false };
        let tray = Tray::new(&GERMAN, None, &unavailable, false, false, &[]);
        assert_eq!(labels(&tray), ["Lanyard braucht Ihre Hilfe", "Lanyard öffnen", "Anmelden …", "Beenden"]);
    }

    #[test]
    fn a_question_or_a_problem_wants_attention() {
        assert_eq!(
            Tray::new(&ENGLISH, Some(&alice()), &VaultState::Unlocked {}, false, true, &[]).icon,
            Icon::Attention
        );
        let problem = Problem::new(Code::Keychain, "the keyring is locked", "unlock it");
        let unavailable = VaultState::Unavailable { problem, may_begin_new: false };
        let tray = Tray::new(&ENGLISH, None, &unavailable, false, false, &[]);
        assert_eq!((tray.icon, tray.title.as_str()), (Icon::Attention, "the keyring is locked"));
    }
}
