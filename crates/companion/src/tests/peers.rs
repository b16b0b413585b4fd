//! Who gets to speak, how many, how fast.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use lanyard_protocol::common::SettingsChange;
use tokio::time::timeout;

use super::*;
use crate::seats::{MOST_PEERS, MOST_TERMINALS};

#[test]
fn a_program_that_is_not_lanyard_s_is_told_so_and_written_down_once() {
    let home = tempfile::tempdir().unwrap();
    let elsewhere = || Programs::at([PathBuf::from("/usr/lib/lanyard/elsewhere")]);
    let this = Programs::at([std::env::current_exe().unwrap()]);
    let guests = Guests { browsers: elsewhere(), terminals: this };
    with_guests(guests, home.path(), &MemoryKeychain::new(), async |desk| {
        for _ in 0..3 {
            let mut browser = desk.browser().await;
            assert_eq!(browser.told_unavailable().await, Code::Refused);
            assert!(browser.has_ended().await);
        }
        let request = terminal::Request::Activity { after: None, limit: 10, follow: false };
        let terminal::Response::Activity { lines } = desk.terminal().await.ask(request).await.unwrap() else {
            panic!("no lines");
        };
        let refused: Vec<_> = lines.iter().filter(|line| line.event == "program_refused").collect();
        assert_eq!(refused.len(), 1);
        let own = std::env::current_exe().unwrap().display().to_string();
        assert_eq!(refused[0].reason.as_deref(), Some(own.as_str()));
    });
}

#[test]
fn a_terminal_that_is_not_lanyard_s_is_answered_with_why() {
    let home = tempfile::tempdir().unwrap();
    let nobody = || Programs::at([]);
    let guests = Guests { browsers: nobody(), terminals: nobody() };
    with_guests(guests, home.path(), &MemoryKeychain::new(), async |desk| {
        let mut terminal = desk.terminal().await;
        assert_eq!(terminal.refusal(terminal::Request::Status {}).await, Code::Refused);
        assert!(terminal.has_ended().await);
    });
}

#[test]
fn a_thousand_connections_that_say_nothing_leave_a_browser_served_and_another_one_in() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        let mut silent = Vec::new();
        for count in 0..1000 {
            silent.push(UnixStream::connect(desk.paths.socket()).await.unwrap());
            // No more descriptors than an ordinary process may have; each that leaves makes room for a new one.
            if silent.len() > 200 {
                silent.remove(0);
            }
            if count % 100 == 0 {
                assert_eq!(browser.refusal(suggest()).await, Code::NotPaired);
            }
        }
        let mut another = desk.browser().await;
        another.ask(hello(VERSIONS, &"b".repeat(32))).await.unwrap();
        assert_eq!(browser.refusal(suggest()).await, Code::NotPaired);
    });
}

#[test]
fn the_seventeenth_that_says_who_it_is_is_refused_until_one_leaves() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browsers = Vec::new();
        for _ in 0..MOST_PEERS {
            let mut browser = desk.browser().await;
            browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
            browsers.push(browser);
        }
        assert!(desk.greet().await.is_none());
        browsers.pop();
        // The one that left may not have been missed yet.
        while desk.greet().await.is_none() {}
    });
}

#[test]
fn terminals_leave_seats_to_browsers() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut terminals = Vec::new();
        for _ in 0..MOST_TERMINALS {
            let mut terminal = desk.terminal().await;
            terminal.ask(terminal::Request::Status {}).await.unwrap();
            terminals.push(terminal);
        }
        assert_eq!(desk.terminal().await.refusal(terminal::Request::Status {}).await, Code::Busy);
        desk.browser().await.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
    });
}

#[test]
fn whoever_asks_too_fast_is_slowed_down_and_loses_nothing() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        let begin = Instant::now();
        for _ in 0..1050 {
            assert_eq!(browser.refusal(suggest()).await, Code::NotPaired);
        }
        // A thousand at once, then one in ten milliseconds.
        assert!(begin.elapsed().as_millis() >= 500, "{:?}", begin.elapsed());
    });
}

#[test]
fn a_reader_that_does_not_read_holds_up_nobody_and_is_cut_off_by_the_next_news() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut deaf = desk.browser().await;
        deaf.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"b".repeat(32))).await.unwrap();
        // Until the companion takes no more of it.
        let request = encode(&Envelope { id: 7, request: suggest() });
        while let Ok(sent) = timeout(Duration::from_secs(2), deaf.stream.write_all(&request)).await {
            sent.unwrap();
        }
        assert_eq!(browser.refusal(suggest()).await, Code::NotPaired);
        let offer = SettingsChange { offer_to_save: Some(false), ..SettingsChange::default() };
        desk.terminal().await.ask(terminal::Request::ChangeSettings(offer)).await.unwrap();
        while timeout(Duration::from_secs(20), deaf.frame()).await.expect("it is cut off").is_some() {}
        assert_eq!(browser.refusal(suggest()).await, Code::NotPaired);
    });
}

#[test]
fn whoever_asks_much_at_once_and_reads_later_loses_nothing() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        let asked: Vec<u8> =
            (0..900).flat_map(|_| encode(&Envelope { id: 7, request: suggest() }).to_vec()).collect();
        browser.send_bytes(&asked).await;
        for _ in 0..900 {
            assert!(browser.frame().await.is_some());
        }
    });
}

impl Desk {
    /// What a browser hears that comes and says hello; none where it is sent away at once.
    async fn greet(&self) -> Option<Vec<u8>> {
        let stream = UnixStream::connect(self.paths.socket()).await.unwrap();
        let mut peer = Peer { stream, frames: Frames::new(MAX_REPLY), next: 0 };
        let hello = Envelope { id: 1, request: hello(VERSIONS, &"a".repeat(32)) };
        let attach = encode(&Attach::Browser { extension: Extension::Chromium });
        peer.stream.write_all(&[&attach[..], &encode(&hello)].concat()).await.ok()?;
        peer.frame().await
    }
}

fn suggest() -> browser::Request {
    let origin = "https://a.example".to_owned();
    let frame =
        Frame { tab: 1, frame: 0, document: "d".into(), frame_origin: origin.clone(), top_origin: origin };
    browser::Request::Suggest { frame }
}
