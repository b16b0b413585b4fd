//! Somebody who sits between the two while they are paired, and wants both to show one code.
//!
//! Codes are shortened here, so that there is something for him to find.

use super::*;
use crate::first::{FromCompanion, WISH, Wish, parse_wish, write_wish};
use crate::noise::{Done, Noise, Side};
use crate::pairing::{Code, commit};
use crate::{Error, PublicKey};

const BITS: u32 = 10;
/// So few that he can try in many meetings.
const FEW_BITS: u32 = 6;

/// So many tries that who is free to try fails in one of three thousand million cases.
const fn tries(bits: u32) -> u64 {
    22 << bits
}

/// He has a handshake with each. The extension has said Ne; the companion waits for his message 3.
struct Middle {
    two: Two,
    number: u64,
    called: Called,
    answered: Answered,
    to_extension: Done,
    ne: [u8; 32],
    /// What he committed to, if he knows it.
    nc: [u8; 32],
    message_2: Vec<u8>,
}

impl Middle {
    fn meet(number: u64) -> Self {
        Self::commit_to(number, |nc, _| commit(nc))
    }

    /// Commits to what the companion committed to.
    fn relay(number: u64) -> Self {
        Self::commit_to(number, |_, of_companion| of_companion)
    }

    fn commit_to(number: u64, choose: impl FnOnce(&[u8; 32], [u8; 32]) -> [u8; 32]) -> Self {
        let two = Two::new();
        let own = key("middle");
        let nc = bytes("committed", number);
        let (mut to_companion, message_1) = Self::call_companion(&two, number);
        let listening = Listening::new(&two.companion, &two.prologue, fresh("c", number));
        let (answered, message_2) = listening.hear(&message_1).unwrap();
        let of_companion = to_companion.read(&message_2).unwrap();
        let commitment = choose(&nc, of_companion[..].try_into().unwrap());

        let (calling, message_1) =
            Calling::begin(&two.extension, &two.prologue, None, fresh("e", number)).unwrap();
        let ephemeral = Zeroizing::new(bytes("to extension", number));
        let mut to_extension = Noise::new(Side::Responder, &own, &two.prologue, ephemeral);
        to_extension.read(&message_1).unwrap();
        let (called, message_3) = calling.hear(&to_extension.write(&commitment).unwrap()).unwrap();
        let (_, ne) = parse_wish(&to_extension.read(&message_3).unwrap()).unwrap();

        let to_extension = to_extension.done().unwrap();
        Self { two, number, called, answered, to_extension, ne: *ne, nc, message_2 }
    }

    fn call_companion(two: &Two, number: u64) -> (Noise, Vec<u8>) {
        let ephemeral = Zeroizing::new(bytes("to companion", number));
        let mut noise = Noise::new(Side::Initiator, &key("middle"), &two.prologue, ephemeral);
        let message_1 = noise.write(&[]).unwrap();
        (noise, message_1)
    }

    /// Message 3 with this Ne, and what the channel is then.
    fn message_3(&self, ne: &[u8; 32]) -> (Vec<u8>, Done) {
        let (mut noise, _) = Self::call_companion(&self.two, self.number);
        noise.read(&self.message_2).unwrap();
        let message_3 = noise.write(&write_wish(Wish::Pair, ne)).unwrap();
        (message_3, noise.done().unwrap())
    }

    fn code_of_extension(&self, nc: &[u8; 32]) -> Code {
        code(nc, &self.ne, &self.to_extension.hash)
    }
}

fn code(nc: &[u8; 32], ne: &[u8; 32], hash: &[u8; 32]) -> Code {
    Code::derive(&[*nc, *ne].concat().try_into().unwrap(), hash)
}

/// The code of the companion, and Nc, as he learns it.
fn reveal(answered: Answered, message_3: &[u8], to_companion: Done) -> (Code, [u8; 32], PublicKey) {
    let Caller::Pairs(pairing) = answered.hear(message_3).unwrap() else { panic!("he pairs") };
    let pinned = pairing.key();
    let (unconfirmed, frame) = pairing.reveal().unwrap();
    let message = Transport::of_extension(to_companion.transport).open_short(&frame).unwrap();
    let FromCompanion::Pairing { nonce } = FromCompanion::parse(&message).unwrap() else { panic!("Nc") };
    (unconfirmed.code(), *nonce, pinned)
}

fn tell_extension(called: Called, to_extension: Done, nc: [u8; 32]) -> Result<Answer, Error> {
    let message = FromCompanion::Pairing { nonce: Zeroizing::new(nc) }.write();
    called.hear(&Transport::of_companion(to_extension.transport).seal_short(&message).unwrap())
}

#[test]
fn who_keeps_to_the_protocol_with_both_has_two_codes() {
    let middle = Middle::meet(0);
    let (message_3, to_companion) = middle.message_3(&middle.ne);
    let Middle { called, answered, to_extension, nc, .. } = middle;
    let (of_companion, _, pinned) = reveal(answered, &message_3, to_companion);
    assert!(pinned == key("middle").public());
    let Ok(Answer::Pairing(extension)) = tell_extension(called, to_extension, nc) else { panic!("it pairs") };
    assert_ne!(of_companion, extension.code());
}

/// Both sides make their codes from the same numbers then, but from another handshake hash each.
#[test]
fn who_passes_on_all_numbers_has_two_codes() {
    let middle = Middle::relay(0);
    let (message_3, to_companion) = middle.message_3(&middle.ne);
    let Middle { called, answered, to_extension, .. } = middle;
    let (of_companion, nc, _) = reveal(answered, &message_3, to_companion);
    let Ok(Answer::Pairing(extension)) = tell_extension(called, to_extension, nc) else { panic!("it pairs") };
    assert_ne!(of_companion, extension.code());
}

/// What each test below rests on: where the companion's number is known first, trying is enough.
#[test]
fn without_a_commitment_he_finds_a_message_3_that_makes_the_codes_equal() {
    let middle = Middle::meet(1);
    let nc_of_companion = *fresh("c", 1).nonce;
    let wanted = middle.code_of_extension(&middle.nc).first_bits(BITS);
    let found = (0..tries(BITS)).find_map(|number| {
        let ne = bytes("try", number);
        let (message_3, to_companion) = middle.message_3(&ne);
        let equal = code(&nc_of_companion, &ne, &to_companion.hash).first_bits(BITS) == wanted;
        equal.then_some((message_3, to_companion))
    });
    let (message_3, to_companion) = found.expect("he finds one");
    let Middle { called, answered, to_extension, nc, .. } = middle;
    let (of_companion, _, _) = reveal(answered, &message_3, to_companion);
    let Ok(Answer::Pairing(extension)) = tell_extension(called, to_extension, nc) else { panic!("it pairs") };
    assert_eq!(of_companion.first_bits(BITS), extension.code().first_bits(BITS));
}

/// He varies what he says as much as he likes before message 3, and finds what fits the Nc that he guesses.
#[test]
fn with_the_commitment_what_he_tries_before_message_3_hits_no_more_often_than_chance() {
    const MEETINGS: u64 = 24;
    let hits = (0..MEETINGS).filter(|number| {
        // Another meeting has other ephemeral keys.
        let middle = Middle::meet(100 + number);
        let wanted = middle.code_of_extension(&middle.nc).first_bits(FEW_BITS);
        let guess = bytes("guessed", *number);
        let fitting = (0..tries(FEW_BITS)).find_map(|number| {
            let ne = bytes("try", number);
            let (message_3, to_companion) = middle.message_3(&ne);
            let fits = code(&guess, &ne, &to_companion.hash).first_bits(FEW_BITS) == wanted;
            fits.then_some((message_3, to_companion))
        });
        let (message_3, to_companion) = fitting.expect("he finds one for what he guesses");
        reveal(middle.answered, &message_3, to_companion).0.first_bits(FEW_BITS) == wanted
    });
    // One in 64 hits by chance. Were the code not made from Nc, all would.
    assert!(hits.count() < 5);
}

#[test]
fn with_the_commitment_what_he_finds_after_message_3_is_refused() {
    let middle = Middle::meet(2);
    let (message_3, to_companion) = middle.message_3(&bytes("any", 0));
    let (hash, ne) = (middle.to_extension.hash, middle.ne);
    let Middle { called, answered, to_extension, .. } = middle;
    let (of_companion, _, _) = reveal(answered, &message_3, to_companion);
    // Nothing is left to vary but the number he committed to, and one that makes the codes equal is soon found …
    let found = (0..tries(BITS))
        .map(|number| bytes("try", number))
        .find(|nc| code(nc, &ne, &hash).first_bits(BITS) == of_companion.first_bits(BITS));
    // … and is not the one he committed to.
    let answer = tell_extension(called, to_extension, found.expect("he finds one"));
    assert_eq!(answer.err(), Some(Error::Commitment));
}

#[test]
fn a_companion_that_reveals_another_number_is_refused_on_going_on_too() {
    let mut two = Two::new();
    let (companion, extension) = two.pair();
    let (fresh_companion, fresh_extension) = two.fresh();
    let (calling, message_1) =
        Calling::begin(&two.extension, &two.prologue, Some(extension), fresh_extension).unwrap();
    let mut noise =
        Noise::new(Side::Responder, &two.companion, &two.prologue, fresh_companion.ephemeral.clone());
    noise.read(&message_1).unwrap();
    let (called, message_3) = calling.hear(&noise.write(&commit(&[1; 32])).unwrap()).unwrap();
    assert_eq!(noise.read(&message_3).unwrap().len(), WISH);
    let done = noise.done().unwrap();
    let next = companion.ratchet.step(&done.hash);
    let proof = next.prove(crate::ratchet::Prover::Companion, &done.hash);
    let message = FromCompanion::GoingOn { nonce: Zeroizing::new([2; 32]), proof }.write();
    let frame = Transport::of_companion(done.transport).seal_short(&message).unwrap();
    assert_eq!(called.hear(&frame).err(), Some(Error::Commitment));
}
