//! `lanyard slots`, and unlocking with what a person shows.

use std::io::IsTerminal as _;

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::Shown;
use lanyard_protocol::slots::{NewRecoveryCode, Proof, SlotChange, SlotKind, SlotView};
use lanyard_protocol::terminal::{Request, Response, Status};
use secrecy::ExposeSecret as _;

use crate::arguments::{NewSlot, Slots};
use crate::ask;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

pub(crate) fn perform(command: Slots, output: Output) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    match command {
        Slots::List => list(&mut companion, output),
        Slots::Add { slot: NewSlot::RecoveryCode } => add_recovery_code(&mut companion, output),
        Slots::Add { slot: NewSlot::Pin } => set_pin(&mut companion, output),
        Slots::Remove { slot } => {
            let present = present_pin(&mut companion)?;
            let change = SlotChange::Remove { slot, present };
            done(&mut companion, change, "It opens the vault no more.", output)
        }
        Slots::AlwaysAsk { on } => {
            let present = present_pin(&mut companion)?;
            let said = if on {
                "A PIN or security key is needed every time."
            } else {
                "This laptop alone opens the vault."
            };
            done(&mut companion, SlotChange::AlwaysAsk { on, present }, said, output)
        }
    }
}

/// Unlocks with the recovery code; where the key of the vault was lost, this leads back in.
pub(crate) fn unlock_with_recovery_code(output: Output) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    let words = Shown(ask::secret_line("Recovery code")?);
    match companion.request(Request::UnlockWith(Proof::RecoveryCode(words)))? {
        Response::Done {} => output.say("Unlocked.", &serde_json::json!({ "locked": false })),
        Response::Recovered { lost } => {
            let sentence = recovered(&lost);
            output.say(&sentence, &serde_json::json!({ "recovered": true, "lost": lost }));
        }
        _ => return Err(unexpected()),
    }
    Ok(())
}

/// Asks for the PIN where the device alone does not open the vault.
pub(crate) fn unlock(companion: &mut Companion) -> Result<(), Problem> {
    let kinds = status(companion)?.ways_in.kinds;
    if kinds.contains(&SlotKind::Pin) && !kinds.contains(&SlotKind::Device) {
        let pin = Shown(ask::secret_line("PIN")?);
        return companion.done(Request::UnlockWith(Proof::Pin(pin)));
    }
    companion.done(Request::Unlock {})
}

fn list(companion: &mut Companion, output: Output) -> Result<(), Problem> {
    let Response::Slots { slots } = companion.request(Request::Slots {})? else { return Err(unexpected()) };
    let lines: Vec<_> = slots.iter().map(line).collect();
    output.say(&lines.join("\n"), &slots);
    Ok(())
}

fn add_recovery_code(companion: &mut Companion, output: Output) -> Result<(), Problem> {
    let present = present_pin(companion)?;
    let request = Request::MakeRecoveryCode { present };
    let Response::NewRecoveryCode(new) = companion.request_with(request, |event| output.asking(&event))?
    else {
        return Err(unexpected());
    };
    let NewRecoveryCode { words, asked, .. } = &new;
    Output::secret(words.0.expose_secret());
    let words = if std::io::stdin().is_terminal() { ask_for(asked)? } else { pick(words, asked) };
    let change = SlotChange::ConfirmRecoveryCode { words };
    companion.done(Request::ChangeSlots(change))?;
    output.note("These words open the vault. An earlier recovery code opens it no more.");
    Ok(())
}

/// Whoever wrote them down knows them.
fn ask_for(asked: &[u8]) -> Result<Vec<Shown>, Problem> {
    asked.iter().map(|place| ask::secret_line(&format!("Word {place}")).map(Shown)).collect()
}

/// A script has them already.
fn pick(words: &Shown, asked: &[u8]) -> Vec<Shown> {
    let words: Vec<_> = words.0.expose_secret().split(' ').collect();
    asked
        .iter()
        .filter_map(|place| words.get(usize::from(*place) - 1))
        .map(|word| Shown((*word).into()))
        .collect()
}

fn set_pin(companion: &mut Companion, output: Output) -> Result<(), Problem> {
    let present = present_pin(companion)?;
    let pin = ask::secret_line("New PIN")?;
    if std::io::stdin().is_terminal() {
        let again = ask::secret_line("The same again")?;
        if again.expose_secret() != pin.expose_secret() {
            return Err(Problem::new(Code::Invalid, "these are two different PINs", "enter the same twice"));
        }
    }
    let change = SlotChange::SetPin { pin: Shown(pin), present };
    done(companion, change, "The PIN is set. It works on this laptop only.", output)
}

fn present_pin(companion: &mut Companion) -> Result<Option<Shown>, Problem> {
    if !status(companion)?.ways_in.kinds.contains(&SlotKind::Pin) {
        return Ok(None);
    }
    ask::secret_line("Present PIN").map(|pin| Some(Shown(pin)))
}

fn done(companion: &mut Companion, change: SlotChange, said: &str, output: Output) -> Result<(), Problem> {
    companion.done_with(Request::ChangeSlots(change), |event| output.asking(&event))?;
    output.say(said, &serde_json::json!({ "done": true }));
    Ok(())
}

fn status(companion: &mut Companion) -> Result<Status, Problem> {
    match companion.request(Request::Status {})? {
        Response::Status(status) => Ok(status),
        _ => Err(unexpected()),
    }
}

/// What it cost to be led back in.
pub(crate) fn recovered(lost: &[SlotKind]) -> String {
    let back = "The vault opens on this laptop again; every login is there. \
                You have to sign in and to connect your browsers again.";
    if lost.is_empty() {
        return back.to_owned();
    }
    let names: Vec<_> = lost.iter().map(|kind| name(*kind)).collect();
    format!("{back} Set up again what needed the lost keyring: {}.", names.join(", "))
}

fn line(slot: &SlotView) -> String {
    let mut line = format!("{}  {}", slot.slot, name(slot.kind));
    for more in [Some(&slot.label), slot.fingerprint.as_ref()].into_iter().flatten() {
        if !more.is_empty() {
            line.push_str("  ");
            line.push_str(more);
        }
    }
    line
}

fn name(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Device => "this laptop's keyring",
        SlotKind::Pin => "PIN",
        SlotKind::SecurityKey => "security key",
        SlotKind::RecoveryCode => "recovery code",
        SlotKind::Escrow => "escrow of the organisation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_it_is_and_its_label_or_fingerprint() {
        let slot = SlotView {
            slot: "00ff".into(),
            kind: SlotKind::Escrow,
            label: String::new(),
            made_at: 0,
            fingerprint: Some("ab12 cd34".into()),
        };
        assert_eq!(line(&slot), "00ff  escrow of the organisation  ab12 cd34");
        let slot = SlotView { kind: SlotKind::SecurityKey, label: "Blue".into(), fingerprint: None, ..slot };
        assert_eq!(line(&slot), "00ff  security key  Blue");
    }

    #[test]
    fn a_script_confirms_with_the_words_at_the_places() {
        let words = Shown("one two three".into());
        let picked: Vec<_> = pick(&words, &[1, 3]).iter().map(|w| w.0.expose_secret().to_owned()).collect();
        assert_eq!(picked, ["one", "three"]);
    }

    #[test]
    fn what_is_lost_is_named() {
        assert!(!recovered(&[]).contains("Set up again"));
        assert!(recovered(&[SlotKind::Pin, SlotKind::SecurityKey]).ends_with("PIN, security key."));
    }
}
