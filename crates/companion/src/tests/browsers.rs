//! Browsers at the companion's socket: what calls, and what is sealed.

use lanyard_channel::companion::{Caller, Listening};
use lanyard_channel::extension::{Answer, Called, Calling};
use lanyard_channel::{Fresh, Pin, Prologue, StaticKey, Transport};
use lanyard_protocol::browser;
use lanyard_protocol::channel::{Carried, FromCompanion, FromExtension};
use lanyard_protocol::extension::Extension;
use lanyard_protocol::framing::encode_body;
use lanyard_protocol::security_key::KeyAnswer;

use super::*;
use crate::pairing::{Pairing, Pairings};

#[test]
fn a_paired_browser_goes_on_with_its_key_and_is_greeted_each_time() {
    with_paired(async |desk, mut profile| {
        for _ in 0..3 {
            let mut browser = desk.open(&mut profile).await;
            let browser::Response::Welcome { version, state, .. } = browser.ask(hello()).await.unwrap()
            else {
                panic!("no welcome");
            };
            assert_eq!((version, state.signed_in, state.vault), (4, None, VaultState::Locked {}));
        }
    });
}

#[test]
fn a_browser_that_is_not_paired_waits_and_is_listed() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut waiting = desk.call(&Profile::new(), VERSIONS).await;
        waiting.expect_message_2().await;
        let terminal::Response::Browsers { browsers, waiting: listed } = desk.until_listed(1).await else {
            panic!("no list");
        };
        assert_eq!((browsers.len(), listed[0].name.as_str()), (0, "Chromium"));
        drop(waiting);
        desk.until_listed(0).await;
    });
}

#[test]
fn without_a_screen_a_browser_cannot_be_paired() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut waiting = desk.call(&Profile::new(), VERSIONS).await;
        let called = waiting.expect_message_2().await;
        waiting.say(&FromExtension::Pair {}).await;
        // The code is revealed first: nothing is shown before both sides can.
        assert!(matches!(called.hear(&waiting.carried().await), Ok(Answer::Pairing(_))));
        assert!(
            matches!(waiting.heard().await, Some(FromCompanion::NotNow(problem)) if problem.code == Code::Unavailable)
        );
        assert!(waiting.peer.has_ended().await);
        let mut terminal = desk.terminal().await;
        assert_eq!(terminal.refusal(terminal::Request::Pair { profile: None }).await, Code::NotFound);
    });
}

#[test]
fn a_browser_is_asked_about_three_times_and_then_has_to_wait() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        for turn in 0..5 {
            let mut waiting = desk.call(&Profile::new(), VERSIONS).await;
            let called = waiting.expect_message_2().await;
            waiting.say(&FromExtension::Pair {}).await;
            let first = waiting.heard().await;
            let revealed =
                matches!(&first, Some(FromCompanion::Channel(Carried(frame))) if called.hear(frame).is_ok());
            let told_to_wait =
                matches!(first, Some(FromCompanion::NotNow(problem)) if problem.code == Code::Busy);
            assert_eq!((revealed, told_to_wait), (turn < 3, turn >= 3), "turn {turn}");
        }
    });
}

#[test]
fn a_pin_that_the_companion_does_not_have_is_refused_in_the_channel() {
    with_paired(async |desk, profile| {
        let stranger = Profile { own: StaticKey::make_random(), pin: profile.pin.clone() };
        let mut browser = desk.call(&stranger, VERSIONS).await;
        let called = browser.expect_message_2().await;
        assert!(matches!(called.hear(&browser.carried().await), Err(lanyard_channel::Error::NotPaired)));
        assert!(browser.peer.has_ended().await);
    });
}

#[test]
fn a_copied_profile_is_found_when_both_have_spoken_and_neither_gets_anything_after() {
    with_paired(async |desk, mut original| {
        let copy = original.copy();
        let mut first = desk.open(&mut original).await;
        first.ask(hello()).await.unwrap();
        // The copy still has what the original has used up.
        let mut second = desk.call(&copy, VERSIONS).await;
        let called = second.expect_message_2().await;
        let Ok(Answer::Cloned(frame)) = called.hear(&second.carried().await) else { panic!("not found") };
        // One channel for a key: the earlier one has ended.
        assert!(first.call.ends().await);
        second.say(&FromExtension::Channel(Carried(frame))).await;
        assert!(second.ends().await);
        for profile in [&original, &copy] {
            let mut cut = desk.call(profile, VERSIONS).await;
            let called = cut.expect_message_2().await;
            assert!(matches!(called.hear(&cut.carried().await), Err(lanyard_channel::Error::NotPaired)));
        }
        let request = terminal::Request::Browsers {};
        let terminal::Response::Browsers { browsers, .. } = desk.terminal().await.ask(request).await.unwrap()
        else {
            panic!("no list");
        };
        assert_eq!(browsers[0].caution, Some(lanyard_protocol::common::PairingCaution::Copied));
    });
}

#[test]
fn a_browser_that_is_cut_off_in_the_handshake_can_call_again() {
    with_paired(async |desk, mut profile| {
        let mut cut = desk.call(&profile, VERSIONS).await;
        let called = cut.expect_message_2().await;
        let Ok(Answer::GoingOn(followed)) = called.hear(&cut.carried().await) else { panic!("not followed") };
        // Stored, and the proof never arrives.
        profile.pin = Some(followed.pin().clone());
        drop(cut);
        desk.open(&mut profile).await.ask(hello()).await.unwrap();
    });
}

#[test]
fn a_browser_of_another_version_is_told_and_ended() {
    with_paired(async |desk, profile| {
        for versions in [&[3, 2][..], &[99]] {
            let mut browser = desk.call(&profile, versions).await;
            assert!(
                matches!(browser.heard().await, Some(FromCompanion::Unavailable(problem)) if problem.message.contains("versions"))
            );
            assert!(browser.peer.has_ended().await);
        }
        // One that is newer by a version is answered in the one that both know.
        let mut browser = desk.call(&profile, &[5, 4]).await;
        browser.expect_message_2().await;
    });
}

#[test]
fn a_version_that_is_taken_out_on_the_way_ends_the_handshake() {
    with_paired(async |desk, profile| {
        let mut browser = desk.peer_of(Extension::Chromium).await;
        let prologue = Prologue::new(&[5, 4], &Extension::Chromium.origin()).unwrap();
        let (calling, message) =
            Calling::begin(&profile.own, &prologue, profile.pin.clone(), Fresh::make_random()).unwrap();
        browser.say(&begin(&[4], message)).await;
        assert!(calling.hear(&browser.carried().await).is_err());
    });
}

#[test]
fn a_browser_hears_of_no_security_key_that_is_not_asked_for_in_it() {
    with_paired(async |desk, mut profile| {
        let mut browser = desk.open(&mut profile).await;
        browser.ask(hello()).await.unwrap();
        let task = || "0".repeat(32);
        let answer = KeyAnswer::Credential { json: "{}".into(), secret: None };
        for (request, expected) in [
            (browser::Request::Verify { app: task() }, Code::SignedOut),
            (browser::Request::SecurityKey { task: task() }, Code::Expired),
            (browser::Request::AnswerSecurityKey { task: task(), answer }, Code::Expired),
        ] {
            assert_eq!(browser.ask(request).await.err().map(|problem| problem.code), Some(expected));
        }
    });
}

#[test]
fn a_foreign_extension_is_sent_away() {
    with_paired(async |desk, profile| {
        let foreign = serde_json::json!({ "browser": { "extension": "chrome-extension://foreign/" } });
        assert!(desk.attached(&foreign).await.has_ended().await);
        // One of ours that another was paired as: the origins are not the same.
        let mut firefox = desk.peer_of(Extension::Firefox).await;
        firefox.begin(&profile, VERSIONS, Extension::Firefox).await;
        let called = firefox.expect_message_2().await;
        assert!(matches!(called.hear(&firefox.carried().await), Err(lanyard_channel::Error::NotPaired)));
    });
}

#[test]
fn garbage_ends_the_connection_and_nothing_else() {
    with_paired(async |desk, mut profile| {
        for garbage in
            [&b"{x}"[..], br#"{"id":1,"request":{"hello":{"extension_version":"0"}}}"#, br#"{"pair":{}}"#]
        {
            let mut browser = desk.open(&mut profile).await;
            browser.ask(hello()).await.unwrap();
            browser.call.send(garbage).await;
            assert_eq!(browser.call.told_unavailable().await, Code::Invalid);
            assert!(browser.call.peer.has_ended().await);
        }
        let mut browser = desk.peer_of(Extension::Chromium).await;
        browser.peer.send_bytes(&u32::MAX.to_le_bytes()).await;
        assert_eq!(browser.told_unavailable().await, Code::Invalid);
        desk.terminal().await.ask(terminal::Request::Status {}).await.unwrap();
    });
}

#[test]
fn frames_that_are_repeated_moved_or_altered_end_the_channel() {
    type Frames = Vec<Vec<u8>>;
    let spoil: [fn(Frames) -> Frames; 4] = [
        |frames| vec![frames[0].clone(), frames[0].clone()],
        |frames| vec![frames[1].clone(), frames[0].clone()],
        |frames| vec![frames[1].clone()],
        |mut frames| {
            frames[0][3] ^= 1;
            frames
        },
    ];
    with_paired(async |desk, mut profile| {
        for spoil in spoil {
            let mut browser = desk.open(&mut profile).await;
            browser.ask(hello()).await.unwrap();
            let requests =
                [1, 2].map(|id| encode_body(&Envelope { id, request: browser::Request::NeverSites {} }));
            let sealed = requests.iter().flat_map(|request| browser.transport.seal(request).unwrap());
            for frame in spoil(sealed.collect()) {
                browser.call.say(&FromExtension::Channel(Carried(frame))).await;
            }
            assert_eq!(browser.call.told_unavailable().await, Code::Invalid);
            assert!(browser.call.peer.has_ended().await);
        }
    });
}

#[test]
fn what_a_browser_sends_wrongly_is_not_quoted_in_the_log() {
    let home = tempfile::tempdir().unwrap();
    with_paired_in(home.path(), async |desk, mut profile| {
        let mut browser = desk.open(&mut profile).await;
        browser.ask(hello()).await.unwrap();
        browser.seal(br#"{"id":2,"request":{"capture":{"password":31337}}}"#).await;
        assert!(
            browser.call.told_unavailable().await == Code::Invalid && browser.call.peer.has_ended().await
        );
    });
    let log = std::fs::read_to_string(home.path().join("state/companion.log")).unwrap();
    assert!(log.contains("not understood") && !log.contains("31337"), "{log}");
}

#[test]
fn quit_in_the_tray_ends_it_and_browsers_leave_it_alone() {
    let home = tempfile::tempdir().unwrap();
    with_paired_in(home.path(), async |desk, mut profile| {
        let mut browser = desk.open(&mut profile).await;
        browser.ask(hello()).await.unwrap();
        desk.actions.send(Action::Quit).await.unwrap();
        loop {
            let news: Message<browser::Response, browser::Event> = browser.next().await;
            if let Message::Event(browser::Event::Unavailable(problem)) = news {
                assert_eq!(problem.code, Code::Unavailable);
                break;
            }
        }
    });
    assert!(paths(home.path()).was_quit());
}

/// What a browser profile has.
pub(super) struct Profile {
    own: StaticKey,
    pin: Option<Pin>,
}

impl Profile {
    pub(super) fn new() -> Self {
        Self { own: StaticKey::make_random(), pin: None }
    }

    fn copy(&self) -> Self {
        let own = zeroize::Zeroizing::new(*self.own.expose_bytes());
        Self { own: StaticKey::from_bytes(own), pin: self.pin.clone() }
    }
}

/// An extension before there is a channel.
pub(super) struct Call {
    pub(super) peer: Peer,
    pub(super) calling: Option<Calling>,
}

/// A channel.
pub(super) struct Browser {
    pub(super) call: Call,
    pub(super) transport: Transport,
    next: u32,
}

impl Desk {
    pub(super) async fn peer_of(&self, extension: Extension) -> Call {
        Call { peer: self.peer(&Attach::Browser { extension }).await, calling: None }
    }

    pub(super) async fn call(&self, profile: &Profile, versions: &[u16]) -> Call {
        let mut call = self.peer_of(Extension::Chromium).await;
        call.begin(profile, versions, Extension::Chromium).await;
        call
    }

    pub(super) async fn open(&self, profile: &mut Profile) -> Browser {
        let mut call = self.call(profile, VERSIONS).await;
        let called = call.expect_message_2().await;
        let Ok(Answer::GoingOn(followed)) = called.hear(&call.carried().await) else {
            panic!("it does not go on")
        };
        profile.pin = Some(followed.pin().clone());
        let (frame, transport) = followed.stored();
        call.say(&FromExtension::Channel(Carried(frame))).await;
        Browser { call, transport, next: 0 }
    }

    /// As soon as so many wait.
    async fn until_listed(&self, count: usize) -> terminal::Response {
        loop {
            let browsers = self.terminal().await.ask(terminal::Request::Browsers {}).await.unwrap();
            if matches!(&browsers, terminal::Response::Browsers { waiting, .. } if waiting.len() == count) {
                return browsers;
            }
            tokio::task::yield_now().await;
        }
    }
}

impl Call {
    async fn begin(&mut self, profile: &Profile, versions: &[u16], extension: Extension) {
        let begin = self.first_frame(profile, versions, extension);
        self.peer.send_bytes(&begin).await;
    }

    pub(super) fn first_frame(
        &mut self,
        profile: &Profile,
        versions: &[u16],
        extension: Extension,
    ) -> Vec<u8> {
        let prologue = Prologue::new(versions, &extension.origin()).unwrap();
        let (calling, message) =
            Calling::begin(&profile.own, &prologue, profile.pin.clone(), Fresh::make_random()).unwrap();
        self.calling = Some(calling);
        encode(&begin(versions, message)).to_vec()
    }

    /// Answers it with message 3.
    pub(super) async fn expect_message_2(&mut self) -> Called {
        let message_2 = self.carried().await;
        let (called, message_3) = self.calling.take().unwrap().hear(&message_2).unwrap();
        self.say(&FromExtension::Channel(Carried(message_3))).await;
        called
    }

    async fn say(&mut self, message: &FromExtension) {
        self.peer.send_bytes(&encode(message)).await;
    }

    async fn send(&mut self, body: &[u8]) {
        self.peer.send_bytes(&u32::try_from(body.len()).unwrap().to_le_bytes()).await;
        self.peer.send_bytes(body).await;
    }

    pub(super) async fn heard(&mut self) -> Option<FromCompanion> {
        self.peer.frame().await.map(|frame| serde_json::from_slice(&frame).unwrap())
    }

    async fn carried(&mut self) -> Vec<u8> {
        match self.heard().await {
            Some(FromCompanion::Channel(Carried(message))) => message,
            other => panic!("{other:?}"),
        }
    }

    /// Whatever it is told before.
    async fn ends(&mut self) -> bool {
        while self.heard().await.is_some() {}
        true
    }

    pub(super) async fn told_unavailable(&mut self) -> Code {
        loop {
            if let FromCompanion::Unavailable(problem) = self.heard().await.expect("a last word") {
                return problem.code;
            }
        }
    }
}

impl Browser {
    pub(super) async fn ask(&mut self, request: browser::Request) -> Result<browser::Response, Problem> {
        self.next += 1;
        let id = self.next;
        self.seal(&encode_body(&Envelope { id, request })).await;
        loop {
            match self.next::<Message<browser::Response, browser::Event>>().await {
                Message::Reply(reply) if reply.id == id => return reply.result.into(),
                Message::Reply(_) | Message::Event(_) => {}
            }
        }
    }

    pub(super) async fn refusal(&mut self, request: browser::Request) -> Code {
        match self.ask(request).await {
            Ok(_) => panic!("not refused"),
            Err(problem) => problem.code,
        }
    }

    pub(super) async fn seal(&mut self, message: &[u8]) {
        for frame in self.transport.seal(message).unwrap() {
            self.call.say(&FromExtension::Channel(Carried(frame))).await;
        }
    }

    pub(super) async fn next<T: DeserializeOwned>(&mut self) -> T {
        loop {
            let frame = self.call.carried().await;
            if let Some(message) = self.transport.open(&frame).unwrap() {
                return serde_json::from_slice(&message).unwrap();
            }
        }
    }
}

fn begin(versions: &[u16], message: Vec<u8>) -> FromExtension {
    let (versions, message) = (versions.to_vec(), Carried(message));
    FromExtension::Begin { versions, browser: "Chromium".into(), message }
}

pub(super) fn hello() -> browser::Request {
    browser::Request::Hello { extension_version: "0".into() }
}

pub(super) fn with_paired<Test: AsyncFnOnce(Desk, Profile)>(test: Test) {
    let home = tempfile::tempdir().unwrap();
    with_paired_in(home.path(), test);
}

/// A companion that a browser was paired with before.
fn with_paired_in<Test: AsyncFnOnce(Desk, Profile)>(home: &Path, test: Test) {
    let keychain = MemoryKeychain::new();
    let (companion, own) = (StaticKey::make_random(), StaticKey::make_random());
    let (theirs, ours) = pair(&companion, &own);
    let mut vault = Vault::open_or_create(&home.join("data"), Arc::new(keychain.clone())).unwrap();
    let extension = Extension::Chromium.origin();
    let pairings = Pairings::of(Pairing::new(extension, theirs, "Chromium".into(), None));
    vault.service_put("channel key", companion.expose_bytes()).unwrap();
    vault.service_put("pairings", &encode_body(&pairings)).unwrap();
    drop(vault);
    with_companion_in(home, &keychain, async |desk| test(desk, Profile { own, pin: Some(ours) }).await);
}

/// The pin of each side, after a person has confirmed both.
fn pair(companion: &StaticKey, extension: &StaticKey) -> (Pin, Pin) {
    let prologue = Prologue::new(VERSIONS, &Extension::Chromium.origin()).unwrap();
    let (calling, message_1) = Calling::begin(extension, &prologue, None, Fresh::make_random()).unwrap();
    let (answered, message_2) =
        Listening::new(companion, &prologue, Fresh::make_random()).hear(&message_1).unwrap();
    let (called, message_3) = calling.hear(&message_2).unwrap();
    let Caller::Pairs(pairing) = answered.hear(&message_3).unwrap() else { panic!("it goes on") };
    let (theirs, frame) = pairing.reveal().unwrap();
    let Answer::Pairing(ours) = called.hear(&frame).unwrap() else { panic!("it does not pair") };
    assert_eq!(theirs.code(), ours.code());
    (theirs.confirm().0, ours.confirm().0)
}
