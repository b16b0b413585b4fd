//! Where a login is offered to be saved, and where it is not.

use lanyard_protocol::browser::Saving;

use super::*;

fn acme(saving_elsewhere: bool) -> Organisation {
    Organisation { saving_elsewhere, ..super::acme("") }
}

impl Desk {
    fn saving(&self, origin: &str) -> Saving {
        self.broker.suggest(&self.browser, &page(origin)).unwrap().saving
    }
}

#[test]
fn never_here_holds_until_it_is_taken_back() {
    let mut desk = Desk::new();
    assert_eq!(desk.saving(PAYROLL), Saving::Offered);
    desk.broker.never(&desk.browser, &page(PAYROLL)).unwrap();
    assert_eq!(desk.saving(PAYROLL), Saving::Never);
    assert!(matches!(desk.capture("alice", "s3cret"), Ok(Response::Unchanged {})));
    assert_eq!(desk.broker.never_sites().unwrap().iter().collect::<Vec<_>>(), [PAYROLL]);
    desk.broker.allow_site(PAYROLL, Some(&desk.browser)).unwrap();
    assert!(matches!(desk.capture("alice", "s3cret"), Ok(Response::Captured { .. })));
}

#[test]
fn an_offer_can_be_answered_with_never() {
    let mut desk = Desk::new();
    let capture = desk.captured("alice", "s3cret");
    desk.broker.capture_ended(&desk.browser, &capture, true).unwrap();
    desk.broker.answer_offer(&desk.browser, &capture, OfferAnswer::Never {}).unwrap();
    assert_eq!(desk.saving(PAYROLL), Saving::Never);
    assert_eq!(desk.broker.count(), Some(0));
}

#[test]
fn a_browser_that_is_not_paired_changes_no_site() {
    let mut desk = Desk::new();
    let stranger = Browser { paired: false, ..desk.browser.clone() };
    assert_eq!(code(desk.broker.never(&stranger, &page(PAYROLL))), Code::NotPaired);
    assert_eq!(code(desk.broker.allow_site(PAYROLL, Some(&stranger))), Code::NotPaired);
}

#[test]
fn with_an_organisation_its_own_apps_are_saved_as_its_own_and_others_wait_for_the_person() {
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(acme(true)), None);
    assert_eq!(desk.saving("https://wiki.example"), Saving::Off);
    let capture = desk.captured("alice", "s3cret");
    let Ok(Response::Offer(offer)) = desk.broker.capture_ended(&desk.browser, &capture, true) else {
        panic!("no offer");
    };
    assert_eq!(offer.name, "Payroll 2004");
    let save = OfferAnswer::Save { name: offer.name, auto_submit: true };
    desk.broker.answer_offer(&desk.browser, &capture, save).unwrap();
    let apps = desk.broker.apps("", 10).unwrap().apps;
    assert_eq!(apps[0].compartment, lanyard_protocol::common::Compartment::Organisation);
    desk.broker.set_rules(Some(acme(true)), Some(true));
    assert_eq!(desk.saving("https://wiki.example"), Saving::Offered);
}

#[test]
fn what_the_organisation_forbids_is_not_saved_from_the_popup_either() {
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(acme(false)), Some(true));
    assert_eq!(desk.saving("https://wiki.example"), Saving::Forbidden);
    let new = |origin: &str| NewApp {
        name: "App".into(),
        login_url: format!("{origin}/login"),
        user_name: "alice".into(),
        password: "s3cret".into(),
        auto_submit: true,
        one_time_code: None,
        notes: None,
    };
    let wiki = "https://wiki.example";
    assert_eq!(code(desk.broker.add_account(&desk.browser, &page(wiki), new(wiki))), Code::Refused);
    assert_eq!(code(desk.broker.add_account(&desk.browser, &page(wiki), new(PAYROLL))), Code::Refused);
    assert!(desk.broker.add_account(&desk.browser, &page(PAYROLL), new(PAYROLL)).is_ok());
}

#[test]
fn an_account_that_is_kept_is_updated_where_saving_is_forbidden_and_no_other_is_added() {
    let mut desk = Desk::new();
    let wiki = "https://wiki.example";
    let app = desk.add("Wiki", wiki, "alice", "old");
    desk.broker.set_rules(Some(acme(false)), Some(false));
    assert_eq!(desk.saving(wiki), Saving::Offered);
    let typed = |user_name: &str| Typed { login_url: format!("{wiki}/login"), ..typed(user_name, "new") };
    let other = desk.broker.capture(&desk.browser, &page(wiki), typed("bob"));
    assert!(matches!(other, Ok(Response::Unchanged {})));
    let Ok(Response::Captured { capture }) = desk.broker.capture(&desk.browser, &page(wiki), typed("alice"))
    else {
        panic!("not captured");
    };
    desk.broker.capture_ended(&desk.browser, &capture, true).unwrap();
    let save = OfferAnswer::Save { name: "Wiki".into(), auto_submit: true };
    desk.broker.answer_offer(&desk.browser, &capture, save).unwrap();
    assert_eq!(desk.password(wiki, &app, &FillCause::Gesture {}), Ok("new".into()));
    assert_eq!(desk.broker.count(), Some(1));
}

#[test]
fn a_list_of_sites_that_cannot_be_read_means_nowhere_and_is_not_written_over() {
    let mut desk = Desk::new();
    desk.broker.service_put("never sites", b"{").unwrap();
    let (folder, keychain) = desk.close();
    let vault = Vault::open_or_create(&folder.path().join("vault"), keychain).unwrap();
    let mut desk = Desk::new();
    desk.broker.use_vault(vault, None);
    desk.broker.unlock().unwrap();
    assert_eq!(desk.saving(PAYROLL), Saving::Never);
    assert!(matches!(desk.capture("alice", "s3cret"), Ok(Response::Unchanged {})));
    assert_eq!(code(desk.broker.never_sites().cloned()), Code::Vault);
    assert_eq!(code(desk.broker.allow_site(PAYROLL, None)), Code::Vault);
    assert_eq!(desk.broker.service_get("never sites").unwrap().unwrap().as_slice(), b"{");
}
