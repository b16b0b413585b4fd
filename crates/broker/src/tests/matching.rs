//! Which page gets which account: `tests/match-cases.jsonl`, one case a line, against the engine as it is. What the extension
//! makes of the same pages is tested beside it (`match-cases.test.ts`); the engine does not count on that.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::*;

const CASES: &str = include_str!("../../../../tests/match-cases.jsonl");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The login page that the account was saved for.
    saved: String,
    /// What the organisation's file names of the app besides.
    #[serde(default)]
    password_page_url: Option<String>,
    #[serde(default)]
    frame: Option<String>,
    /// The address of the document with the form.
    page: String,
    /// What the browser says its origin is, where the address does not tell.
    #[serde(default)]
    origin: Option<String>,
    /// The address of the tab, where the document is in a frame.
    #[serde(default)]
    top: Option<String>,
    expect: Expected,
    why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expected {
    Filled,
    OtherOrigin,
    ForeignTop,
    NotAPage,
    NotSaved,
}

#[test]
fn each_page_gets_what_the_table_says_and_is_offered_exactly_that() {
    let cases: Vec<Case> = CASES.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(cases.len() >= 200, "{}", cases.len());
    let (mut desks, mut wrong) = (HashMap::new(), Vec::new());
    for case in &cases {
        let place = (&case.saved, &case.password_page_url, &case.frame);
        let found = match desks.entry(place).or_insert_with(|| case.desk()) {
            None => Expected::NotSaved,
            Some((desk, app)) => {
                let found = case.filled(desk, app);
                assert_eq!(case.is_offered(desk), found == Expected::Filled, "{case:?}");
                found
            }
        };
        if found != case.expect {
            wrong.push(format!("{found:?}, but {}: {case:?}", case.why));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

impl Case {
    /// An engine with the account; none where it cannot be saved.
    fn desk(&self) -> Option<(Desk, String)> {
        let mut desk = Desk::new();
        if self.password_page_url.is_some() || self.frame.is_some() {
            desk.broker.set_rules(Some(self.organisation()), None);
        }
        let new = NewApp {
            name: "Payroll 2004".into(),
            login_url: self.saved.clone(),
            user_name: "alice".into(),
            password: "s3cret".into(),
            auto_submit: true,
            one_time_code: None,
            notes: None,
        };
        let (record, _) = desk.broker.add_app(new).ok()?;
        Some((desk, record.to_string()))
    }

    fn organisation(&self) -> Organisation {
        let mut app = json!({ "name": "Payroll 2004", "login_url": self.saved });
        for (name, url) in [("password_page_url", &self.password_page_url), ("frame", &self.frame)] {
            app[name] = url.clone().map_or(Value::Null, Value::String);
        }
        let (app, _) = App::parse(serde_json::from_value(app).unwrap()).unwrap();
        Organisation { apps: vec![app], ..acme("") }
    }

    /// The document as a browser describes it.
    fn seen(&self) -> Frame {
        let origin_of = |address: &str| {
            Url::parse(address).map_or_else(|_| "null".to_owned(), |url| url.origin().ascii_serialization())
        };
        let frame_origin = self.origin.clone().unwrap_or_else(|| origin_of(&self.page));
        let top_origin = self.top.as_deref().map_or_else(|| frame_origin.clone(), origin_of);
        let frame = if self.top.is_some() { 3 } else { 0 };
        Frame { tab: 1, frame, document: "d".into(), frame_origin, top_origin }
    }

    fn filled(&self, desk: &mut Desk, app: &str) -> Expected {
        match desk.broker.fill(&desk.browser, &self.seen(), app, &FillCause::Gesture {}, LOGIN) {
            Ok(_) => Expected::Filled,
            Err(problem) if problem.code == Code::Invalid => Expected::NotAPage,
            Err(problem) if problem.message.contains("inside a page of another") => Expected::ForeignTop,
            Err(problem) if problem.message.contains("not at the address") => Expected::OtherOrigin,
            Err(problem) => panic!("{}: {self:?}", problem.message),
        }
    }

    fn is_offered(&self, desk: &Desk) -> bool {
        let suggested = desk.broker.suggest(&desk.browser, &self.seen());
        suggested.is_ok_and(|suggested| !suggested.accounts.is_empty())
    }
}
