//! The messages as the other end sees them.

use serde::de::DeserializeOwned;
use ts_rs::{Config, TS as _};

use crate::channel::{FromCompanion, FromExtension};
use crate::envelope::{Envelope, Message};
use crate::{browser, terminal, window};

fn parse<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

#[test]
fn a_request_is_one_name_and_its_fields() {
    assert!(matches!(parse(r#"{"never_sites":{}}"#), Ok(browser::Request::NeverSites {})));
}

#[test]
fn unknown_messages_and_unknown_fields_are_refused() {
    assert!(parse::<browser::Request>(r#"{"list_all":{}}"#).is_err());
    assert!(parse::<browser::Request>(r#"{"never_sites":{"yes":true}}"#).is_err());
    assert!(parse::<window::Request>(r#"{"lock":{},"unlock":{}}"#).is_err());
}

#[test]
fn a_browser_cannot_say_what_only_a_terminal_or_the_window_may() {
    for request in [r#"{"unlock":{}}"#, r#"{"sign_out":{}}"#, r#"{"answer":{"question":1,"yes":true}}"#] {
        assert!(parse::<browser::Request>(request).is_err(), "{request}");
    }
    assert!(parse::<terminal::Request>(r#"{"answer":{"question":1,"yes":true}}"#).is_err());
}

#[test]
fn a_frame_without_its_origin_is_refused() {
    let frame =
        r#"{"suggest":{"frame":{"tab":1,"frame":0,"document":"d","top_origin":"https://a.example"}}}"#;
    assert!(parse::<browser::Request>(frame).is_err());
}

#[test]
fn golden_messages_are_read_and_written_as_they_stand() {
    fn check<T: DeserializeOwned + serde::Serialize>(lines: &str) {
        for line in lines.lines() {
            let message: T = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            assert_eq!(serde_json::to_string(&message).unwrap(), line);
        }
    }
    check::<Envelope<browser::Request>>(include_str!("../../../tests/golden/browser-requests.jsonl"));
    check::<Message<browser::Response, browser::Event>>(include_str!(
        "../../../tests/golden/browser-messages.jsonl"
    ));
    check::<FromExtension>(include_str!("../../../tests/golden/carried-by-extension.jsonl"));
    check::<FromCompanion>(include_str!("../../../tests/golden/carried-by-companion.jsonl"));
}

/// `cargo xtask fix` sets the directory and commits what is written; `cargo xtask check` compares. One test writes all
/// of it: several would write the same files at the same time.
#[test]
fn export_bindings() {
    let scratch = tempfile::tempdir().unwrap();
    let directory = std::env::var_os("TS_RS_EXPORT_DIR").unwrap_or_else(|| scratch.path().into());
    let config = Config::default().with_out_dir(&directory);
    Envelope::<browser::Request>::export_all(&config).unwrap();
    Message::<browser::Response, browser::Event>::export_all(&config).unwrap();
    FromExtension::export_all(&config).unwrap();
    FromCompanion::export_all(&config).unwrap();
    Envelope::<window::Request>::export_all(&config).unwrap();
    Message::<window::Response, window::Event>::export_all(&config).unwrap();
    for file in
        ["browser.ts", "channel.ts", "common.ts", "credential.ts", "security_key.ts", "slots.ts", "window.ts"]
    {
        let written = std::fs::read_to_string(std::path::Path::new(&directory).join(file)).unwrap();
        assert!(written.contains("export type"), "{file}");
    }
}
