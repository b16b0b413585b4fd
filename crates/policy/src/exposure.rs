//! Who may see a secret outside of a page: on the screen, on the clipboard, in a terminal, in an export.

use crate::{Allowed, Refusal};

/// What is known when somebody wants to see a secret.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy)]
pub struct ExposureFacts {
    /// Somebody is signed in at the identity provider.
    pub signed_in: bool,
    /// The vault is open.
    pub unlocked: bool,
    /// There is such an app.
    pub known: bool,
    /// What shows that the person wants it.
    pub presence: Presence,
    /// Whether a security key has to confirm it.
    pub key_required: bool,
}

/// What shows that the person at the screen wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It was chosen in Lanyard's window, which nobody else can speak as.
    Window,
    /// The person agreed to a question in Lanyard's window.
    Agreed,
    /// The same, and a registered security key confirmed it: no program can touch one.
    Key,
    /// Nothing does.
    None,
}

/// What is known when a credential is to leave with an export.
#[derive(Debug, Clone, Copy)]
pub struct ExportFacts {
    /// As for every secret that is shown.
    pub exposure: ExposureFacts,
    /// It belongs to an app of the organisation.
    pub organisations: bool,
    /// The organisation lets its apps' accounts leave.
    pub organisation_allows: bool,
}

/// Decides about one credential of an export: what is the organisation's stays, unless the organisation says otherwise.
pub fn decide_export(facts: &ExportFacts) -> Result<Allowed, Refusal> {
    if facts.organisations && !facts.organisation_allows {
        return Err(Refusal::StaysHere);
    }
    decide_exposure(&facts.exposure)
}

/// Decides about one secret.
pub fn decide_exposure(facts: &ExposureFacts) -> Result<Allowed, Refusal> {
    if !facts.signed_in {
        return Err(Refusal::SignedOut);
    }
    if !facts.unlocked {
        return Err(Refusal::Locked);
    }
    if !facts.known {
        return Err(Refusal::NoSuchApp);
    }
    decide_presence(facts.presence, facts.key_required).map(|()| Allowed(()))
}

/// Whether that is presence enough.
pub fn decide_presence(presence: Presence, key_required: bool) -> Result<(), Refusal> {
    match presence {
        Presence::Key => Ok(()),
        Presence::Window | Presence::Agreed if !key_required => Ok(()),
        Presence::Window | Presence::Agreed => Err(Refusal::NoKey),
        Presence::None => Err(Refusal::NoPresence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IN_ORDER: ExposureFacts = ExposureFacts {
        signed_in: true,
        unlocked: true,
        known: true,
        presence: Presence::Agreed,
        key_required: false,
    };

    fn refusal(facts: ExposureFacts) -> Option<Refusal> {
        decide_exposure(&facts).err()
    }

    #[test]
    fn at_the_window_and_after_a_yes_a_secret_is_shown() {
        assert_eq!(refusal(IN_ORDER), None);
        assert_eq!(refusal(ExposureFacts { presence: Presence::Window, ..IN_ORDER }), None);
    }

    #[test]
    fn where_a_key_is_required_nothing_else_is_enough() {
        let required = |presence| refusal(ExposureFacts { presence, key_required: true, ..IN_ORDER });
        assert_eq!(required(Presence::Key), None);
        assert_eq!(required(Presence::Window), Some(Refusal::NoKey));
        assert_eq!(required(Presence::Agreed), Some(Refusal::NoKey));
        assert_eq!(required(Presence::None), Some(Refusal::NoPresence));
        assert_eq!(refusal(ExposureFacts { presence: Presence::Key, ..IN_ORDER }), None);
    }

    #[test]
    fn each_missing_condition_refuses_by_itself() {
        assert_eq!(refusal(ExposureFacts { signed_in: false, ..IN_ORDER }), Some(Refusal::SignedOut));
        assert_eq!(refusal(ExposureFacts { unlocked: false, ..IN_ORDER }), Some(Refusal::Locked));
        assert_eq!(refusal(ExposureFacts { known: false, ..IN_ORDER }), Some(Refusal::NoSuchApp));
        let nobody = ExposureFacts { presence: Presence::None, ..IN_ORDER };
        assert_eq!(refusal(nobody), Some(Refusal::NoPresence));
    }

    #[test]
    fn an_export_takes_what_is_the_organisation_s_only_where_the_organisation_lets_it_go() {
        let decide = |organisations, organisation_allows, exposure| {
            decide_export(&ExportFacts { exposure, organisations, organisation_allows }).err()
        };
        assert_eq!(decide(false, false, IN_ORDER), None);
        assert_eq!(decide(true, true, IN_ORDER), None);
        assert_eq!(decide(true, false, IN_ORDER), Some(Refusal::StaysHere));
        let nobody = ExposureFacts { presence: Presence::None, ..IN_ORDER };
        assert_eq!(decide(true, true, nobody), Some(Refusal::NoPresence));
    }
}
