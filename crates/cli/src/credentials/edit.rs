//! `lanyard credentials edit` and `remove`.

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::{CredentialChange, CredentialView, Shown};
use lanyard_protocol::terminal::{Request, Response};

use crate::ask;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

/// What changes beside secrets, and which secret is asked for.
pub(crate) struct Edit {
    pub(crate) rename: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) submit: Option<bool>,
    pub(crate) password: bool,
    pub(crate) one_time_code: bool,
    pub(crate) notes: bool,
}

pub(crate) fn edit(name: String, edit: Edit, output: Output) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    let view = look_up(&mut companion, name)?;
    let secret = |wanted: bool, read: &dyn Fn() -> Result<secrecy::SecretString, Problem>| {
        if wanted { read().map(|text| Some(Shown(text))) } else { Ok(None) }
    };
    let user = edit.user.as_deref().unwrap_or(&view.app.user_name).to_owned();
    let change = CredentialChange {
        name: edit.rename,
        login_url: edit.url,
        user_name: edit.user,
        password: secret(edit.password, &|| ask::password(&user))?,
        one_time_code: secret(edit.one_time_code, &|| ask::secret_line("Key for one-time codes"))?,
        notes: secret(edit.notes, &ask::secret_text)?,
        auto_submit: edit.submit,
        verify: None,
    };
    if is_empty(&change) {
        return Err(Problem::new(
            Code::Invalid,
            "nothing was named that shall change",
            "`lanyard credentials edit --help` lists what can be changed",
        ));
    }
    companion.done(Request::ChangeCredential { name: view.app.app.clone(), change })?;
    output.say("Changed.", &serde_json::json!({ "app": view.app.app }));
    Ok(())
}

pub(crate) fn remove(name: String, yes: bool, output: Output) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    let app = look_up(&mut companion, name)?.app;
    if !yes {
        ask::agree(&format!("Remove {} ({})? Its password is gone for good.", app.name, app.user_name))?;
    }
    companion.done(Request::RemoveCredential { name: app.app.clone() })?;
    output.say("Removed.", &serde_json::json!({ "app": app.app }));
    Ok(())
}

fn look_up(companion: &mut Companion, name: String) -> Result<CredentialView, Problem> {
    match companion.request(Request::Credential { name })? {
        Response::Credential(view) => Ok(view),
        _ => Err(unexpected()),
    }
}

fn is_empty(change: &CredentialChange) -> bool {
    let CredentialChange { name, login_url, user_name, password, one_time_code, notes, auto_submit, verify } =
        change;
    let texts = [name, login_url, user_name];
    let secrets = [password, one_time_code, notes];
    texts.iter().all(|text| text.is_none())
        && secrets.iter().all(|secret| secret.is_none())
        && auto_submit.is_none()
        && verify.is_none()
}
