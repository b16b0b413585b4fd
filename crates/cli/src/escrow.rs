//! `lanyard escrow`: what an organisation does on a computer of its own, where no Lanyard has to run.

use lanyard_companion::escrow;
use lanyard_protocol::common::Problem;
use secrecy::ExposeSecret as _;

use crate::arguments::Escrow;
use crate::output::Output;

pub(crate) fn perform(command: &Escrow, output: Output) -> Result<(), Problem> {
    match command {
        Escrow::MakeKey { out } => {
            let key = escrow::make_key(out)?;
            let fingerprint = key.fingerprint();
            output.say(
                &format!("{key}\nFingerprint: {fingerprint}"),
                &serde_json::json!({ "key": key.to_string(), "fingerprint": fingerprint }),
            );
        }
        Escrow::Sign { key, successor } => {
            let signature = escrow::sign(key, successor)?;
            output.say(&signature, &serde_json::json!({ "signed_by_predecessor": signature }));
        }
        Escrow::Open { key, vault, out } => {
            let words = escrow::open(key, vault, out)?;
            Output::secret(words.expose_secret());
            output.note(
                "Send the file and tell the words by another way: both are needed to restore the vault.",
            );
        }
    }
    Ok(())
}
