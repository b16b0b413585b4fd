//! Copies are noticed, crashes are not.

use proptest::prelude::*;

use super::*;
use crate::first::FromExtension;
use crate::tests::{Two, followed};
use crate::{Error, Pin, Transport};

#[test]
fn each_channel_moves_both_sides() {
    let mut two = Two::new();
    let (mut companion, mut extension) = two.pair();
    assert!(companion.ratchet.current == extension.ratchet.current);
    for _ in 0..3 {
        let before = companion.ratchet.current.clone();
        two.go_on(&mut companion, &mut extension);
        assert!(companion.ratchet.current != before && companion.ratchet.next.is_none());
        assert!(extension.ratchet.current == before);
        assert!(extension.ratchet.next == Some(companion.ratchet.current.clone()));
    }
}

/// Where a channel is cut off.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// The extension has not stored what it computed.
    ExtensionStoresNothing,
    /// It has, and its proof does not arrive.
    ProofIsLost,
    /// The proof arrived, and the companion has not stored what it accepted.
    CompanionStoresNothing,
    /// It has, and the extension hears nothing more.
    ExtensionHearsNothing,
}

/// One channel as far as it goes, and what each side has stored then.
fn go_on_until(cut: Cut, two: &mut Two, companion: &mut Pin, extension: &mut Pin) {
    let (proved, answer) = two.return_to(companion, extension);
    let followed = followed(answer).expect("it is no copy");
    if matches!(cut, Cut::ExtensionStoresNothing) {
        return;
    }
    *extension = followed.pin().clone();
    let (frame, _) = followed.stored();
    if matches!(cut, Cut::ProofIsLost) {
        return;
    }
    let accepted = proved.hear(&frame).expect("it is no copy");
    if matches!(cut, Cut::ExtensionHearsNothing) {
        *companion = accepted.pin().clone();
    }
}

fn a_cut() -> impl Strategy<Value = Cut> {
    prop_oneof![
        Just(Cut::ExtensionStoresNothing),
        Just(Cut::ProofIsLost),
        Just(Cut::CompanionStoresNothing),
        Just(Cut::ExtensionHearsNothing),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_crash_between_the_writes_is_no_alarm(cuts in prop::collection::vec(a_cut(), 1..6)) {
        let mut two = Two::new();
        let (mut companion, mut extension) = two.pair();
        for cut in cuts {
            go_on_until(cut, &mut two, &mut companion, &mut extension);
        }
        two.go_on(&mut companion, &mut extension);
    }

    #[test]
    fn a_copy_is_noticed_once_both_have_spoken(
        before in prop::collection::vec(a_cut(), 0..3),
        copy_is_first in any::<bool>(),
    ) {
        let mut two = Two::new();
        let (mut companion, mut extension) = two.pair();
        for cut in before {
            go_on_until(cut, &mut two, &mut companion, &mut extension);
        }
        let mut copy = extension.clone();
        let (first, second) =
            if copy_is_first { (&mut copy, &extension) } else { (&mut extension, &copy) };
        two.go_on(&mut companion, first);
        // The one that comes second knows, and tells the companion.
        let (proved, answer) = two.return_to(&companion, second);
        let frame = followed(answer).err().expect("it is noticed");
        prop_assert_eq!(proved.hear(&frame).err(), Some(Error::Cloned));
    }
}

/// Why an extension has one channel at a time.
#[test]
fn two_channels_that_go_on_from_one_value_look_like_a_copy() {
    let mut two = Two::new();
    let (mut companion, mut extension) = two.pair();
    let (earlier, answer) = two.return_to(&companion, &extension);
    let (earlier_frame, _) = followed(answer).unwrap().stored();
    let (later, answer) = two.return_to(&companion, &extension);
    let followed_later = followed(answer).unwrap();
    extension = followed_later.pin().clone();
    companion = later.hear(&followed_later.stored().0).unwrap().pin().clone();
    assert!(followed(two.return_to(&companion, &extension).1).is_ok());
    companion = earlier.hear(&earlier_frame).unwrap().pin().clone();
    assert!(followed(two.return_to(&companion, &extension).1).is_err());
}

/// A copy does not have to say that it is one.
#[test]
fn a_copy_that_claims_to_have_followed_is_noticed_by_the_companion() {
    let mut two = Two::new();
    let (mut companion, mut extension) = two.pair();
    let copy = extension.clone();
    two.go_on(&mut companion, &mut extension);
    for reflects in [false, true] {
        let (proved, frame) = speak_with(&mut two, &companion, |hash, of_companion| {
            if reflects {
                return of_companion;
            }
            copy.ratchet.step(hash).prove(Prover::Extension, hash)
        });
        assert_eq!(proved.hear(&frame).err(), Some(Error::Cloned), "reflects: {reflects}");
    }
}

#[test]
fn the_right_proof_is_accepted_from_the_same_words() {
    let mut two = Two::new();
    let (companion, extension) = two.pair();
    let (proved, frame) = speak_with(&mut two, &companion, |hash, _| {
        extension.ratchet.step(hash).prove(Prover::Extension, hash)
    });
    assert!(proved.hear(&frame).is_ok());
}

/// An extension that proves what it is told to, by the handshake hash and the companion's proof.
fn speak_with(
    two: &mut Two,
    companion: &Pin,
    prove: impl FnOnce(&[u8; 32], [u8; 32]) -> [u8; 32],
) -> (crate::companion::Proved, Vec<u8>) {
    use crate::companion::{Caller, Listening};
    use crate::first::{FromCompanion, Wish, write_wish};
    use crate::noise::{Noise, Side};

    let (of_companion, of_extension) = two.fresh();
    let mut noise = Noise::new(Side::Initiator, &two.extension, &two.prologue, of_extension.ephemeral);
    let listening = Listening::new(&two.companion, &two.prologue, of_companion);
    let (answered, message_2) = listening.hear(&noise.write(&[]).unwrap()).unwrap();
    noise.read(&message_2).unwrap();
    let message_3 = noise.write(&write_wish(Wish::GoOn, &of_extension.nonce)).unwrap();
    let Caller::GoesOn(returning) = answered.hear(&message_3).unwrap() else { panic!("it goes on") };
    let (proved, frame) = returning.prove(companion).unwrap();

    let done = noise.done().unwrap();
    let mut transport = Transport::of_extension(done.transport);
    let message = transport.open_short(&frame).unwrap();
    let FromCompanion::GoingOn { proof, .. } = FromCompanion::parse(&message).unwrap() else {
        panic!("it goes on")
    };
    let proof = prove(&done.hash, proof);
    (proved, transport.seal_short(&FromExtension::GoingOn { proof }.write()).unwrap())
}

#[test]
fn what_is_stored_is_read_again_and_nothing_else_is() {
    let mut two = Two::new();
    let (mut companion, mut extension) = two.pair();
    two.go_on(&mut companion, &mut extension);
    for pin in [&companion, &extension] {
        let json = serde_json::to_string(pin).unwrap();
        let again: Pin = serde_json::from_str(&json).unwrap();
        assert!(again.key == pin.key && again.ratchet.current == pin.ratchet.current);
        assert!(again.ratchet.next == pin.ratchet.next);
        assert!(serde_json::from_str::<Pin>(&json.replace("\"ratchet\"", "\"other\"")).is_err());
        assert!(serde_json::from_str::<Pin>(&json.replace("\"current\":\"", "\"current\":\"AA")).is_err());
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
