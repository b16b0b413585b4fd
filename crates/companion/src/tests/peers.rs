//! Who gets to speak, how many, how fast.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use lanyard_protocol::browser;
use lanyard_protocol::channel::{Carried, FromCompanion, FromExtension};
use lanyard_protocol::common::SettingsChange;
use lanyard_protocol::extension::Extension;
use lanyard_protocol::framing::encode_body;
use tokio::time::timeout;

use super::browsers::{Call, Profile, hello, with_paired};
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
            let mut browser = desk.peer_of(Extension::Chromium).await;
            assert_eq!(browser.told_unavailable().await, Code::Refused);
            assert!(browser.peer.has_ended().await);
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
    with_paired(async |desk, mut profile| {
        let mut browser = desk.open(&mut profile).await;
        browser.ask(hello()).await.unwrap();
        let mut silent = Vec::new();
        for count in 0..1000 {
            silent.push(UnixStream::connect(desk.paths.socket()).await.unwrap());
            // No more descriptors than an ordinary process may have; each that leaves makes room for a new one.
            if silent.len() > 200 {
                silent.remove(0);
            }
            if count % 100 == 0 {
                assert_eq!(browser.refusal(suggest()).await, Code::SignedOut);
            }
        }
        assert!(desk.is_let_in().await);
        assert_eq!(browser.refusal(suggest()).await, Code::SignedOut);
    });
}

#[test]
fn the_seventeenth_that_says_who_it_is_is_refused_until_one_leaves() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browsers = Vec::new();
        for _ in 0..MOST_PEERS {
            let mut browser = desk.call(&Profile::new(), VERSIONS).await;
            browser.expect_message_2().await;
            browsers.push(browser);
        }
        assert!(!desk.is_let_in().await);
        browsers.pop();
        // The one that left may not have been missed yet.
        while !desk.is_let_in().await {}
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
        assert!(desk.is_let_in().await);
    });
}

#[test]
fn whoever_asks_too_fast_is_slowed_down_and_loses_nothing() {
    with_paired(async |desk, mut profile| {
        let mut browser = desk.open(&mut profile).await;
        browser.ask(hello()).await.unwrap();
        let begin = Instant::now();
        for _ in 0..1050 {
            assert_eq!(browser.refusal(suggest()).await, Code::SignedOut);
        }
        // A thousand at once, then one in ten milliseconds.
        assert!(begin.elapsed().as_millis() >= 500, "{:?}", begin.elapsed());
    });
}

#[test]
fn a_reader_that_does_not_read_holds_up_nobody_and_is_cut_off_by_the_next_news() {
    with_paired(async |desk, mut profile| {
        let mut deaf = desk.open(&mut profile).await;
        deaf.ask(hello()).await.unwrap();
        // Until the companion takes no more of it.
        let request = encode_body(&Envelope { id: 7, request: suggest() });
        while timeout(Duration::from_secs(2), deaf.seal(&request)).await.is_ok() {}
        assert!(desk.is_let_in().await);
        let offer = SettingsChange { offer_to_save: Some(false), ..SettingsChange::default() };
        desk.terminal().await.ask(terminal::Request::ChangeSettings(offer)).await.unwrap();
        while timeout(Duration::from_secs(20), deaf.call.heard()).await.expect("it is cut off").is_some() {}
        assert!(desk.is_let_in().await);
    });
}

#[test]
fn whoever_asks_much_at_once_and_reads_later_loses_nothing() {
    with_paired(async |desk, mut profile| {
        let mut browser = desk.open(&mut profile).await;
        browser.ask(hello()).await.unwrap();
        let request = encode_body(&Envelope { id: 7, request: suggest() });
        let sealed = (0..900).flat_map(|_| browser.transport.seal(&request).unwrap());
        let frames: Vec<u8> =
            sealed.flat_map(|frame| encode(&FromExtension::Channel(Carried(frame))).to_vec()).collect();
        browser.call.peer.send_bytes(&frames).await;
        let mut answered = 0;
        while answered < 900 {
            let message: Message<browser::Response, browser::Event> = browser.next().await;
            answered += usize::from(matches!(message, Message::Reply(_)));
        }
    });
}

impl Desk {
    /// Whether a browser that comes is answered.
    async fn is_let_in(&self) -> bool {
        let stream = UnixStream::connect(self.paths.socket()).await.unwrap();
        let peer = Peer { stream, frames: Frames::new(MAX_REPLY), next: 0 };
        let mut call = Call { peer, calling: None };
        let attach = encode(&Attach::Browser { extension: Extension::Chromium });
        let begin = call.first_frame(&Profile::new(), VERSIONS, Extension::Chromium);
        // One that is refused may be cut off before it has spoken.
        call.peer.stream.write_all(&[&attach[..], &begin].concat()).await.is_ok()
            && matches!(call.heard().await, Some(FromCompanion::Channel(_)))
    }
}

fn suggest() -> browser::Request {
    let origin = "https://a.example".to_owned();
    let frame = browser::Frame {
        tab: 1,
        frame: 0,
        document: "d".into(),
        frame_origin: origin.clone(),
        top_origin: origin,
    };
    browser::Request::Suggest { frame }
}
