//! Whether a login is offered to be saved.

/// What is known about the page and what the person and the organisation chose.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy)]
pub struct SavingFacts {
    /// The page is one of an app of the organisation.
    pub organisation_app: bool,
    /// The laptop is configured for an organisation.
    pub organisation: bool,
    /// The organisation allows its own apps only.
    pub forbidden: bool,
    /// What the person chose for everything else; none where the person was not asked yet.
    pub offer_to_save: Option<bool>,
    /// The person said "never here".
    pub never: bool,
    /// An account is kept that the login may be one of: it has to stay what the site knows.
    pub kept: bool,
}

/// Whether a login is offered to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// It is.
    Offered,
    /// The person said "never here".
    Never,
    /// The person has turned it off, or not yet on.
    Off,
    /// The organisation forbids it.
    Forbidden,
}

/// Decides about one page. Where an organisation is configured, what is not its own waits for the person to turn it on; an
/// account that is kept can be brought up to date all the same.
pub fn decide_saving(facts: &SavingFacts) -> Saving {
    if facts.never {
        return Saving::Never;
    }
    if facts.organisation_app || facts.kept {
        return Saving::Offered;
    }
    if facts.forbidden {
        return Saving::Forbidden;
    }
    if facts.offer_to_save.unwrap_or(!facts.organisation) { Saving::Offered } else { Saving::Off }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALONE: SavingFacts = SavingFacts {
        organisation_app: false,
        organisation: false,
        forbidden: false,
        offer_to_save: None,
        never: false,
        kept: false,
    };

    #[test]
    fn without_an_organisation_saving_is_offered_until_it_is_turned_off() {
        assert_eq!(decide_saving(&ALONE), Saving::Offered);
        assert_eq!(decide_saving(&SavingFacts { offer_to_save: Some(false), ..ALONE }), Saving::Off);
    }

    #[test]
    fn with_an_organisation_only_its_own_apps_are_offered_until_it_is_turned_on() {
        let employed = SavingFacts { organisation: true, ..ALONE };
        assert_eq!(decide_saving(&employed), Saving::Off);
        assert_eq!(decide_saving(&SavingFacts { organisation_app: true, ..employed }), Saving::Offered);
        assert_eq!(decide_saving(&SavingFacts { offer_to_save: Some(true), ..employed }), Saving::Offered);
        let forbidden = SavingFacts { forbidden: true, offer_to_save: Some(true), ..employed };
        assert_eq!(decide_saving(&forbidden), Saving::Forbidden);
        assert_eq!(decide_saving(&SavingFacts { organisation_app: true, ..forbidden }), Saving::Offered);
    }

    #[test]
    fn an_account_that_is_kept_can_be_updated_wherever_saving_is_off_or_forbidden() {
        let kept = SavingFacts {
            organisation: true,
            forbidden: true,
            offer_to_save: Some(false),
            kept: true,
            ..ALONE
        };
        assert_eq!(decide_saving(&kept), Saving::Offered);
        assert_eq!(decide_saving(&SavingFacts { kept: false, ..kept }), Saving::Forbidden);
        assert_eq!(decide_saving(&SavingFacts { never: true, ..kept }), Saving::Never);
    }

    #[test]
    fn never_here_holds_everywhere() {
        let app = SavingFacts { organisation: true, organisation_app: true, never: true, ..ALONE };
        assert_eq!(decide_saving(&app), Saving::Never);
        assert_eq!(decide_saving(&SavingFacts { never: true, ..ALONE }), Saving::Never);
    }
}
