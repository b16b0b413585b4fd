//! What leaves with the person, and what stays.

use lanyard_protocol::credential::{Login, Shown};

use super::*;
use crate::{Exportable, Organisation};

fn login(name: &str, url: &str) -> Login {
    Login {
        name: name.into(),
        login_url: url.into(),
        user_name: "alice".into(),
        password: Shown(name.to_lowercase().into()),
        one_time_code: None,
        notes: None,
    }
}

/// One account of the organisation's app, one of the person.
fn desk(apps_exportable: bool) -> Desk {
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(Organisation { apps_exportable, ..acme("") }), None);
    let logins = vec![login("Payroll", PAYROLL), login("Wiki", "https://wiki.example/")];
    desk.broker.import(logins, false, false).unwrap();
    desk
}

fn names(desk: &Desk, presence: Presence) -> Result<Vec<String>, Code> {
    let Exportable { records, .. } = desk.broker.exportable().unwrap();
    let logins = desk.broker.export(&records, presence).map_err(|problem| problem.code)?;
    let mut names: Vec<_> = logins.into_iter().map(|login| login.name).collect();
    names.sort();
    Ok(names)
}

#[test]
fn an_export_wants_presence_and_leaves_the_organisations_behind() {
    let desk = desk(false);
    assert_eq!(desk.broker.exportable().unwrap().left_out, 1);
    assert_eq!(names(&desk, Presence::None), Err(Code::Declined));
    assert_eq!(names(&desk, Presence::Agreed).unwrap(), ["Wiki"]);
}

#[test]
fn the_organisations_leave_where_it_says_so() {
    let desk = desk(true);
    assert_eq!(desk.broker.exportable().unwrap().left_out, 0);
    assert_eq!(names(&desk, Presence::None), Err(Code::Declined));
    assert_eq!(names(&desk, Presence::Agreed).unwrap(), ["Payroll", "Wiki"]);
}

#[test]
fn what_stays_is_refused_by_itself_too() {
    let desk = desk(false);
    let vault = desk.broker.opened_vault().unwrap();
    let all: Vec<_> = vault.overviews().unwrap().map(|(record, _)| record).collect();
    let refused = all.iter().filter_map(|record| desk.broker.hand_out(*record, Presence::Agreed).err());
    assert_eq!(refused.map(|problem| problem.code).collect::<Vec<_>>(), [Code::Refused]);
}

#[test]
fn a_seed_is_handed_out_in_the_words_of_its_standard() {
    let mut desk = Desk::new();
    let uri =
        "otpauth://totp/Acme:alice?secret=GEZDGNBVGY3TQOJQ&issuer=Acme&digits=8&period=60&algorithm=SHA256";
    let seed = Some(Shown(uri.into()));
    let login = Login { one_time_code: seed, ..login("Wiki", "https://wiki.example/") };
    desk.broker.import(vec![login], false, false).unwrap();
    let record = desk.broker.exportable().unwrap().records[0];
    let codes = desk.broker.hand_out(record, Presence::Agreed).unwrap().one_time_codes.unwrap();
    assert_eq!(codes.secret.expose_secret(), "GEZDGNBVGY3TQOJQ");
    assert_eq!((codes.period, codes.digits, &*codes.algorithm), (60, 8, "SHA256"));
    assert_eq!(codes.issuer.as_deref(), Some("Acme"));
}
