//! What is asked at the terminal.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use lanyard_protocol::common::{Code, Problem};
use secrecy::SecretString;

/// Longer input is no secret that a person wrote down.
const LONGEST: u64 = 32 * 1024;

/// Asks at the terminal, without echo; else takes the first line of standard input.
pub(crate) fn secret_line(prompt: &str) -> Result<SecretString, Problem> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("{prompt}: ")).map(Into::into).map_err(|e| unread(&e));
    }
    let mut line = String::new();
    io::stdin().lock().take(LONGEST).read_line(&mut line).map_err(|error| unread(&error))?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line.into())
}

/// A password: it cannot be empty.
pub(crate) fn password(user: &str) -> Result<SecretString, Problem> {
    use secrecy::ExposeSecret as _;
    let password = secret_line(&format!("Password of {user}"))?;
    if password.expose_secret().is_empty() {
        return Err(unread(&io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(password)
}

/// A passphrase that is not known yet: at the terminal it is typed twice.
pub(crate) fn new_passphrase() -> Result<SecretString, Problem> {
    use secrecy::ExposeSecret as _;
    let passphrase = secret_line("Passphrase for the file")?;
    if io::stdin().is_terminal() {
        let again = secret_line("The same again")?;
        if passphrase.expose_secret() != again.expose_secret() {
            return Err(Problem::new(
                Code::Invalid,
                "the two passphrases are not the same",
                "start again, and type the same one twice",
            ));
        }
    }
    Ok(passphrase)
}

/// All of standard input, which may have several lines.
pub(crate) fn secret_text() -> Result<SecretString, Problem> {
    let mut text = String::new();
    io::stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(|error| unread(&error))?;
    text.truncate(text.trim_end().len());
    Ok(text.into())
}

/// Asks for a yes. Where nobody can answer, `--yes` has to be said.
#[expect(clippy::print_stderr, reason = "a question, which is no result")]
pub(crate) fn agree(question: &str) -> Result<(), Problem> {
    if !io::stdin().is_terminal() {
        return Err(Problem::new(
            Code::Declined,
            "nobody is at the terminal to be asked",
            "say --yes if that is what you want",
        ));
    }
    eprint!("{question} [y/N] ");
    let _ = io::stderr().flush();
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|error| unread(&error))?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Problem::new(Code::Declined, "nothing was done", "answer y to go on")),
    }
}

fn unread(error: &io::Error) -> Problem {
    Problem::new(
        Code::Invalid,
        format!("what you typed could not be read: {error}"),
        "type it when asked, or give it as standard input",
    )
}
