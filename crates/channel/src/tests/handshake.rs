//! The handshake as a whole: what comes about, and what is refused.

use proptest::prelude::*;

use super::*;
use crate::Error;

#[test]
fn both_sides_of_a_pairing_show_one_code_and_pin_each_other() {
    let mut two = Two::new();
    let (companion, extension) = two.compare();
    assert_eq!(companion.code(), extension.code());
    let (companion, extension) = (companion.confirm().0, extension.confirm().0);
    assert!(companion.key == two.extension.public() && extension.key == two.companion.public());
}

#[test]
fn each_pairing_has_another_code() {
    let mut two = Two::new();
    let codes: Vec<_> = (0..3).map(|_| two.compare().0.code()).collect();
    assert!(codes[0] != codes[1] && codes[1] != codes[2] && codes[0] != codes[2]);
}

#[test]
fn what_is_paired_goes_on_without_a_code_and_speaks_both_ways() {
    let mut two = Two::new();
    let (mut companion, mut extension) = two.pair();
    let (mut of_companion, mut of_extension) = two.go_on(&mut companion, &mut extension);
    let [frame] = &of_extension.seal(b"question").unwrap()[..] else { panic!("it is short") };
    assert_eq!(**of_companion.open(frame).unwrap().unwrap(), *b"question");
    let [frame] = &of_companion.seal(b"answer").unwrap()[..] else { panic!("it is short") };
    assert_eq!(**of_extension.open(frame).unwrap().unwrap(), *b"answer");
}

#[test]
fn a_pairing_that_is_confirmed_speaks_over_the_same_channel() {
    let (mut companion, mut extension) = open();
    let frames = companion.seal(b"paired").unwrap();
    assert_eq!(**extension.open(&frames[0]).unwrap().unwrap(), *b"paired");
}

#[test]
fn an_extension_with_a_pin_tells_another_companion_nothing() {
    let mut two = Two::new();
    let (_, extension) = two.pair();
    two.companion = key("another companion");
    let (fresh_companion, fresh_extension) = two.fresh();
    let (calling, message_1) =
        Calling::begin(&two.extension, &two.prologue, Some(extension), fresh_extension).unwrap();
    let (_, message_2) =
        Listening::new(&two.companion, &two.prologue, fresh_companion).hear(&message_1).unwrap();
    assert_eq!(calling.hear(&message_2).err(), Some(Error::OtherKey));
}

#[test]
fn an_extension_that_the_companion_does_not_know_is_told_so() {
    let mut two = Two::new();
    let (_, extension) = two.pair();
    let (called, answered, message_3) = two.call(Some(&extension));
    let Caller::GoesOn(returning) = answered.hear(&message_3).unwrap() else { panic!("it goes on") };
    assert_eq!(called.hear(&returning.refuse().unwrap()).err(), Some(Error::NotPaired));
}

#[test]
fn an_extension_that_calls_while_pairing_is_not_open_is_told_so() {
    let (called, answered, message_3) = Two::new().call(None);
    let Caller::Pairs(pairing) = answered.hear(&message_3).unwrap() else { panic!("it pairs") };
    assert_eq!(called.hear(&pairing.refuse().unwrap()).err(), Some(Error::NotPaired));
}

#[test]
fn a_pin_of_another_extension_proves_nothing() {
    let mut two = Two::new();
    let (mut companion, extension) = two.pair();
    companion.key = key("another extension").public();
    let (_, answered, message_3) = two.call(Some(&extension));
    let Caller::GoesOn(returning) = answered.hear(&message_3).unwrap() else { panic!("it goes on") };
    assert_eq!(returning.prove(&companion).err(), Some(Error::OtherKey));
}

#[test]
fn another_version_or_another_origin_is_refused() {
    let origin = "moz-extension:companion@lanyard";
    for told in [Prologue::new(&[3], origin), Prologue::new(&[4, 3], "chrome-extension://a/")] {
        let mut two = Two::new();
        let (companion, extension) = two.fresh();
        let (calling, message_1) = Calling::begin(&two.extension, &two.prologue, None, extension).unwrap();
        let listening = Listening::new(&two.companion, &told.unwrap(), companion);
        let (_, message_2) = listening.hear(&message_1).unwrap();
        assert_eq!(calling.hear(&message_2).err(), Some(Error::NotOurs));
    }
}

#[test]
fn each_message_has_one_length() {
    for (shorter, longer) in [(1, 0), (0, 1)] {
        let cut = |mut message: Vec<u8>| {
            message.truncate(message.len() - shorter);
            message.resize(message.len() + longer, 0);
            message
        };
        let mut two = Two::new();
        let (companion, extension) = two.fresh();
        let (calling, message_1) = Calling::begin(&two.extension, &two.prologue, None, extension).unwrap();
        let listen = || Listening::new(&two.companion, &two.prologue, fresh("companion", 9));
        assert_eq!(listen().hear(&cut(message_1.clone())).err(), Some(Error::Length));
        let listening = Listening::new(&two.companion, &two.prologue, companion);
        let (_, message_2) = listening.hear(&message_1).unwrap();
        assert_eq!(calling.hear(&cut(message_2)).err(), Some(Error::Length));
        let (_, answered, message_3) = two.call(None);
        assert_eq!(answered.hear(&cut(message_3)).err(), Some(Error::Length));
    }
}

#[test]
fn each_altered_byte_of_a_message_is_noticed() {
    let two = Two::new();
    let begin = || Calling::begin(&two.extension, &two.prologue, None, fresh("e", 1)).unwrap();
    let listen = || Listening::new(&two.companion, &two.prologue, fresh("c", 1));
    let message_1 = begin().1;
    let (_, message_2) = listen().hear(&message_1).unwrap();
    let (_, message_3) = begin().0.hear(&message_2).unwrap();
    let altered = |message: &[u8], at: usize| {
        let mut message = message.to_vec();
        message[at] ^= 1;
        message
    };
    // Message 1 is a key in the clear: another one is another handshake, and the answer to it is not ours.
    let (_, answer) = listen().hear(&altered(&message_1, 5)).unwrap();
    assert_eq!(begin().0.hear(&answer).err(), Some(Error::NotOurs));
    for at in (0..message_2.len()).step_by(7) {
        assert_eq!(begin().0.hear(&altered(&message_2, at)).err(), Some(Error::NotOurs), "byte {at}");
    }
    for at in (0..message_3.len()).step_by(7) {
        let (answered, _) = listen().hear(&message_1).unwrap();
        assert_eq!(answered.hear(&altered(&message_3, at)).err(), Some(Error::NotOurs), "byte {at}");
    }
}

#[test]
fn messages_of_an_earlier_handshake_are_refused() {
    let mut two = Two::new();
    let (called, answered, earlier) = two.call(None);
    let Caller::Pairs(pairing) = answered.hear(&earlier).unwrap() else { panic!("it pairs") };
    let (_, earlier_frame) = pairing.reveal().unwrap();
    drop(called);
    let (called, answered, _) = two.call(None);
    assert_eq!(answered.hear(&earlier).err(), Some(Error::NotOurs));
    assert_eq!(called.hear(&earlier_frame).err(), Some(Error::NotOurs));
}

#[test]
fn keys_that_lead_to_zeros_are_refused() {
    let two = Two::new();
    let listening = Listening::new(&two.companion, &two.prologue, fresh("c", 1));
    assert_eq!(listening.hear(&[0; 32]).err(), Some(Error::NotOurs));
}

/// The length that a message has, and any other.
fn a_message() -> impl Strategy<Value = Vec<u8>> {
    let exact = prop::sample::select(vec![32_usize, 97, 128, 51, 83]);
    prop_oneof![exact, 0_usize..200].prop_flat_map(|length| prop::collection::vec(any::<u8>(), length))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_said_in_any_step_is_refused_or_answered(message in a_message()) {
        let mut two = Two::new();
        let (companion, extension) = two.fresh();
        let listening = Listening::new(&two.companion, &two.prologue, companion);
        // 32 bytes are a key, of which nobody may have the private half.
        prop_assert_eq!(listening.hear(&message).is_ok(), message.len() == 32);
        let (calling, _) = Calling::begin(&two.extension, &two.prologue, None, extension).unwrap();
        prop_assert!(calling.hear(&message).is_err());
        let (called, answered, _) = two.call(None);
        prop_assert!(answered.hear(&message).is_err());
        prop_assert!(called.hear(&message).is_err());
        let (companion, extension) = two.pair();
        prop_assert!(two.return_to(&companion, &extension).0.hear(&message).is_err());
    }

    #[test]
    fn what_is_decrypted_and_has_no_meaning_is_refused(
        kind in 0_u8..4,
        rest in prop::sample::select(vec![0_usize, 1, 31, 32, 33, 63, 64, 65]),
    ) {
        use crate::first::{FromCompanion, FromExtension, parse_wish};
        let message = [vec![kind], vec![7; rest]].concat();
        prop_assert_eq!(parse_wish(&message).is_ok(), matches!((kind, rest), (1 | 2, 32)));
        let of_companion = matches!((kind, rest), (0, 0) | (1, 32) | (2, 64));
        prop_assert_eq!(FromCompanion::parse(&message).is_ok(), of_companion);
        let of_extension = matches!((kind, rest), (0, 0) | (2, 32));
        prop_assert_eq!(FromExtension::parse(&message).is_ok(), of_extension);
        prop_assert!(FromCompanion::parse(&[]).is_err() && FromExtension::parse(&[]).is_err());
    }
}
