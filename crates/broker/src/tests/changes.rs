//! Pages that change a password: which account it is, and when it is stored.

use lanyard_protocol::browser::{Offer, Selectors};
use lanyard_protocol::credential::{Revealed, SecretPart};

use super::*;

/// What a page brings that changes a password; most do not show the user name.
fn change(user_name: &str, former: &str, new: &str) -> Typed {
    Typed { former_password: Some(former.into()), ..typed(user_name, new) }
}

impl Desk {
    fn changed(&mut self, typed: Typed) -> String {
        match self.broker.capture(&self.browser, &page(PAYROLL), typed) {
            Ok(Response::Captured { capture }) => capture,
            Ok(Response::Unchanged {}) => panic!("nothing changed"),
            _ => panic!("not captured"),
        }
    }

    fn offered(&mut self, capture: &str) -> Offer {
        match self.broker.capture_ended(&self.browser, capture, true) {
            Ok(Response::Offer(offer)) => offer,
            _ => panic!("no offer"),
        }
    }

    fn offer_of(&mut self, typed: Typed) -> (OfferKind, String) {
        let capture = self.changed(typed);
        let offer = self.offered(&capture);
        (offer.kind, offer.user_name)
    }

    fn accept(&mut self, capture: &str) {
        let save = OfferAnswer::Save { name: "Payroll 2004".into(), auto_submit: true };
        self.broker.answer_offer(&self.browser, capture, save).unwrap();
    }

    fn password_of(&mut self, app: &str) -> String {
        self.password(PAYROLL, app, &FillCause::Gesture {}).unwrap()
    }
}

#[test]
fn a_change_is_stored_after_it_succeeded_and_the_former_password_is_kept() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "old");
    let capture = desk.changed(change("alice", "old", "new"));
    let save = OfferAnswer::Save { name: "Payroll 2004".into(), auto_submit: true };
    assert_eq!(code(desk.broker.answer_offer(&desk.browser, &capture, save)), Code::Expired);
    assert_eq!(desk.password_of(&app), "old");
    assert_eq!(desk.offered(&capture).kind, OfferKind::Update);
    assert_eq!(desk.password_of(&app), "old");
    desk.accept(&capture);
    assert_eq!(desk.password_of(&app), "new");
    let record = app.parse().unwrap();
    let shown =
        desk.broker.reveal(record, SecretPart::FormerPasswords, Presence::Window, Exposure::Screen).unwrap();
    let Revealed::FormerPasswords { passwords } = shown else { panic!("no former passwords") };
    assert_eq!((passwords.len(), passwords[0].password.0.expose_secret()), (1, "old"));
}

#[test]
fn a_change_that_failed_changes_nothing() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "old");
    let capture = desk.changed(change("alice", "old", "new"));
    desk.broker.capture_ended(&desk.browser, &capture, false).unwrap();
    assert_eq!(code(desk.broker.offer(&desk.browser, &capture)), Code::Expired);
    assert_eq!(desk.password_of(&app), "old");
}

#[test]
fn without_a_user_name_the_former_password_tells_whose_it_is() {
    let mut desk = Desk::new();
    desk.add("Payroll 2004", PAYROLL, "alice", "hers");
    let bob = desk.add("Payroll 2004", PAYROLL, "bob", "his");
    let capture = desk.changed(change("", "his", "new"));
    let offer = desk.offered(&capture);
    assert_eq!((offer.kind, offer.user_name.as_str()), (OfferKind::Update, "bob"));
    desk.accept(&capture);
    assert_eq!(desk.password_of(&bob), "new");
    assert_eq!(desk.broker.count(), Some(2));
}

#[test]
fn where_it_cannot_be_known_whose_it_is_nobodys_is_overwritten() {
    let mut desk = Desk::new();
    let alice = desk.add("Payroll 2004", PAYROLL, "alice", "same");
    let bob = desk.add("Payroll 2004", PAYROLL, "bob", "same");
    let save = (OfferKind::Save, String::new());
    assert_eq!(desk.offer_of(change("", "same", "new")), save);
    assert_eq!(desk.offer_of(change("", "neither", "new")), save);
    assert_eq!(desk.offer_of(typed("", "new")), save);
    assert_eq!(desk.offer_of(change("carol", "same", "new")), (OfferKind::Save, "carol".into()));
    assert_eq!((desk.password_of(&alice), desk.password_of(&bob)), ("same".into(), "same".into()));
}

#[test]
fn the_only_account_is_meant_where_nothing_speaks_against_it() {
    let mut desk = Desk::new();
    desk.add("Payroll 2004", PAYROLL, "alice", "old");
    assert_eq!(desk.offer_of(typed("", "new")), (OfferKind::Update, "alice".into()));
    assert_eq!(desk.offer_of(change("", "", "new")), (OfferKind::Update, "alice".into()));
    // Somebody else's former password speaks against it.
    assert_eq!(desk.offer_of(change("", "another", "new")), (OfferKind::Save, String::new()));
}

#[test]
fn a_change_that_is_stored_already_is_no_offer() {
    let mut desk = Desk::new();
    desk.add("Payroll 2004", PAYROLL, "alice", "new");
    for typed in [change("alice", "old", "new"), change("", "old", "new"), typed("  alice ", "new")] {
        let answer = desk.broker.capture(&desk.browser, &page(PAYROLL), typed);
        assert!(matches!(answer, Ok(Response::Unchanged {})));
    }
}

#[test]
fn a_later_step_keeps_the_user_name_of_the_step_before() {
    let mut desk = Desk::new();
    desk.changed(typed("alice", "first try"));
    assert_eq!(desk.offer_of(typed("", "second try")), (OfferKind::Save, "alice".into()));
    // Another tab knows nothing of it.
    desk.changed(typed("alice", "third try"));
    let elsewhere = Frame { tab: 2, ..page(PAYROLL) };
    let Ok(Response::Captured { capture }) =
        desk.broker.capture(&desk.browser, &elsewhere, typed("", "another"))
    else {
        panic!("not captured");
    };
    assert_eq!(desk.offered(&capture).user_name, "");
}

#[test]
fn a_page_that_changes_a_password_teaches_its_new_field_alone() {
    let mut desk = Desk::new();
    desk.add("Payroll 2004", PAYROLL, "alice", "old");
    let seen = Selectors {
        current_password: Some("#old".into()),
        new_password: Some("#new".into()),
        submit: Some("#change".into()),
        ..Selectors::default()
    };
    let capture = desk.changed(Typed { learned: Some(seen), ..change("alice", "old", "new") });
    desk.offered(&capture);
    desk.accept(&capture);
    let learned = desk.broker.suggest(&desk.browser, &page(PAYROLL)).unwrap().form.unwrap().learned;
    assert_eq!(learned, Some(Selectors { new_password: Some("#new".into()), ..Selectors::default() }));
}
