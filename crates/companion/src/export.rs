//! What a terminal asks to take along: every credential that may leave, in an `age` file that the companion writes itself.
//! No message has them, and no more than one is open at a time.

use std::io;
use std::path::PathBuf;
use std::rc::Rc;

use jiff::Timestamp;
use lanyard_broker::{Exportable, HandedOut, OneTimeCodes, Presence};
use lanyard_export::{About, CustomFields, Export, InvalidRecipients, Item, Recipients, SHORTEST_PASSPHRASE};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::terminal::{self, Event, Response};
use lanyard_protocol::window::QuestionSubject;
use lanyard_vault::{Extra, Former, RecordId, Secret};
use secrecy::SecretString;

use crate::connection::Outbox;
use crate::core::Core;
use crate::keeping::absolute;
use crate::wiping::on_a_thread;
use crate::{problem, question};

/// How many are written before others are served.
const AT_ONCE: usize = 32;

impl Core {
    /// Writes them, if the person agrees.
    pub(crate) async fn export_vault(
        self: &Rc<Self>,
        to: &str,
        recipients: terminal::Recipients,
        outbox: &Outbox,
    ) -> Result<Response, Problem> {
        let path = absolute(to)?;
        let (recipients, keys) = parse(recipients)?;
        if path.symlink_metadata().is_ok() {
            return Err(unwritten(&io::ErrorKind::AlreadyExists.into()));
        }
        let Exportable { records, left_out } = self.broker.borrow().exportable()?;
        let left_out = u32::try_from(left_out).unwrap_or(u32::MAX);
        let credentials = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let subject = QuestionSubject::ExportVault { credentials, left_out, path: to.to_owned(), keys };
        outbox.event(Event::Asking {});
        let exported = match question::agree(self, subject).await {
            Ok(Presence::None) => Err(problem::declined()),
            Ok(presence) => self.write_all(path, recipients, &records, presence).await,
            Err(problem) => Err(problem),
        };
        self.broker.borrow_mut().note_export(&exported);
        exported.map(|credentials| Response::VaultExported { path: to.to_owned(), credentials, left_out })
    }

    async fn write_all(
        &self,
        path: PathBuf,
        recipients: Recipients,
        records: &[RecordId],
        presence: Presence,
    ) -> Result<u32, Problem> {
        let about = self.about()?;
        // A passphrase keeps a processor busy for a while.
        let begun = on_a_thread(move || Export::begin(&path, recipients, &about)).await;
        let mut export =
            begun.map_err(|error| unwritten(&error.into()))?.map_err(|error| unwritten(&error))?;
        for some in records.chunks(AT_ONCE) {
            for record in some {
                let handed_out = self.broker.borrow().hand_out(*record, presence)?;
                export.add(&item(*record, handed_out)).map_err(|error| unwritten(&error))?;
            }
            tokio::task::yield_now().await;
        }
        export.finish().map_err(|error| unwritten(&error))
    }

    fn about(&self) -> Result<About, Problem> {
        let broker = self.broker.borrow();
        broker.check_unlocked()?;
        let account = self.account();
        Ok(About {
            account: broker.vault_id().map(|id| *id.as_bytes()).unwrap_or_default(),
            user_name: account.as_ref().map(|account| account.name.clone()).unwrap_or_default(),
            email: account.and_then(|account| account.email),
            made_at: u64::try_from(Timestamp::now().as_millisecond()).unwrap_or_default(),
        })
    }
}

/// Who can open it, and what the person is shown of that.
fn parse(recipients: terminal::Recipients) -> Result<(Recipients, Vec<String>), Problem> {
    let parsed = match recipients {
        terminal::Recipients::Passphrase { passphrase } => {
            Recipients::of_passphrase(passphrase.0).map(|recipients| (recipients, Vec::new()))
        }
        terminal::Recipients::Keys { keys } => {
            Recipients::parse_keys(&keys).map(|recipients| (recipients, keys))
        }
    };
    parsed.map_err(|error| match error {
        InvalidRecipients::ShortPassphrase => Problem::new(
            Code::Invalid,
            format!("the passphrase has fewer than {SHORTEST_PASSPHRASE} characters"),
            "take several words: whoever has the file can guess for as long as they like",
        ),
        InvalidRecipients::NotAKey => problem::invalid(
            "one of the keys is not a public key of age",
            "give the line that `age-keygen` calls the public key; it begins with age1",
        ),
        InvalidRecipients::None | InvalidRecipients::TooMany => problem::invalid(
            "there have to be between 1 and 20 keys",
            "give your own key, and those of whoever is to open the file",
        ),
    })
}

fn item(record: RecordId, handed_out: HandedOut) -> Item {
    let HandedOut { overview, secret, one_time_codes } = handed_out;
    let Secret { password, one_time_code, notes, former } = secret;
    let mut others = Vec::new();
    let extras = overview.form.as_ref().map(|form| &form.extras[..]).unwrap_or_default();
    let extra = |extra: &Extra| (extra.field.to_string(), SecretString::from(&*extra.value));
    push(&mut others, "Other fields", extras.iter().map(extra).collect());
    push(&mut others, "Former passwords", former.into_iter().map(former_password).collect());
    let codes = one_time_codes.and_then(codes);
    if let (None, Some(seed)) = (&codes, one_time_code) {
        push(&mut others, "One-time codes", vec![("otpauth".to_owned(), seed)]);
    }
    Item {
        id: *record.as_bytes(),
        changed_at: overview.changed_at,
        name: overview.title.to_string(),
        login_url: overview.login_url.to_string(),
        user_name: overview.user_name.to_string(),
        password,
        one_time_codes: codes,
        notes,
        others,
    }
}

fn push(others: &mut Vec<CustomFields>, label: &'static str, fields: Vec<(String, SecretString)>) {
    if !fields.is_empty() {
        others.push(CustomFields { label, fields });
    }
}

/// The format has no place for codes that last longer than 255 seconds.
fn codes(codes: OneTimeCodes) -> Option<lanyard_export::OneTimeCodes> {
    let OneTimeCodes { secret, period, digits, algorithm, issuer } = codes;
    let period = u8::try_from(period).ok()?;
    let algorithm = algorithm.to_lowercase();
    Some(lanyard_export::OneTimeCodes { secret, period, digits, algorithm, issuer })
}

fn former_password(Former { password, until }: Former) -> (String, SecretString) {
    let until = i64::try_from(until).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    let name = until.map_or_else(|| "former".to_owned(), |until| format!("until {}", until.strftime("%F")));
    (name, password)
}

fn unwritten(error: &io::Error) -> Problem {
    Problem::new(
        Code::Invalid,
        format!("the file cannot be written: {error}"),
        "name a file that does not exist yet, on a disk that has room",
    )
}

#[cfg(test)]
mod tests;
