//! Nothing that was acknowledged is ever lost: saves into a real vault file while something goes wrong.
//!
//! Each round saves, has the power cut (also after a sync that failed), the process killed, the disk full or failing, or
//! another process in the way, and opens the vault again. It has to open, to hold every save that was acknowledged, and
//! of the save under way all or nothing. `cargo xtask torture` runs many rounds; a seed decides each of them.
//!
//! Not shown: what a disk does that says "synced" and is not, and what a keychain loses by itself.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod disk;
mod keychain;
mod random;
mod rounds;
mod saver;
mod script;
mod trace;

use std::env;
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::path::PathBuf;
use std::sync::Arc;

use keychain::FileKeychain;
use random::Random;
use rounds::Kind;

/// How many rounds a test run has; each kind comes up once.
const FEW: usize = Kind::ALL.len();

#[test]
fn nothing_that_was_acknowledged_is_lost() {
    if env::var_os("SAVER_DIR").is_some() {
        return saver();
    }
    let number = |name| env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let rounds = number("LANYARD_TORTURE_ROUNDS").map_or(FEW, |rounds| usize::try_from(rounds).unwrap());
    // The first 32 bits: short enough to be typed again.
    let seed = number("LANYARD_TORTURE_SEED").unwrap_or_else(|| RandomState::new().hash_one(0) >> 32);
    println!("seed {seed}");
    let only = env::var("LANYARD_TORTURE_ONLY").ok();
    let kinds: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| only.as_ref().is_none_or(|it| *it == format!("{kind:?}")))
        .collect();
    let mut random = Random::from_seed(seed);
    let (mut acknowledged, mut starts, mut lost) = (0, 0, 0);
    // A long run is not repeated for one of its rounds.
    let first = number("LANYARD_TORTURE_FIRST").map_or(0, |first| usize::try_from(first).unwrap());
    for number in 0..rounds {
        let (kind, seed_of_round) = (kinds[number % kinds.len()], random.next());
        if number < first {
            continue;
        }
        let outcome = rounds::run(kind, seed_of_round);
        println!(
            "round {number}, {kind:?}: {} saves acknowledged, {} starts, {} lost",
            outcome.acknowledged,
            outcome.starts,
            outcome.lost.len()
        );
        // The first says what is wrong; the others mostly say it again.
        for loss in outcome.lost.iter().take(3) {
            let said: String = loss.chars().take(400).collect();
            println!("  lost in round {number} of seed {seed}: {said}");
        }
        acknowledged += outcome.acknowledged;
        starts += outcome.starts;
        lost += outcome.lost.len();
    }
    println!("starts after something went wrong: {starts}");
    println!("rounds {rounds}, saves acknowledged {acknowledged}, lost {lost}");
    assert_eq!(lost, 0, "seed {seed}");
    assert!(acknowledged > 0 && starts > 0, "nothing was tried");
}

/// The process that the test starts, and does things to.
fn saver() {
    let var = |name| env::var(name).expect("the test says what to save");
    let path = |name| PathBuf::from(var(name));
    let keychain = FileKeychain::at(&path("SAVER_KEYCHAIN"));
    let steps = script::steps(
        var("SAVER_SEED").parse().unwrap(),
        &var("SAVER_NAME"),
        var("SAVER_STEPS").parse().unwrap(),
    );
    let mut log = File::options().append(true).create(true).open(path("SAVER_LOG")).unwrap();
    let pauses = var("SAVER_PAUSES") == "yes";
    saver::save(&path("SAVER_DIR"), &(Arc::new(keychain) as _), &steps, &mut log, pauses);
}
