//! `lanyard sign-in` and `lanyard sign-out`.

use lanyard_protocol::common::{Problem, ProviderView, SignInProgress};
use lanyard_protocol::terminal::{Event, Request, Response};

use crate::companion::{Companion, unexpected};
use crate::output::Output;

/// Signs in; the code is shown as soon as it is known.
pub(crate) fn sign_in(
    companion: &mut Companion,
    provider: Option<(String, String)>,
    output: Output,
) -> Result<(), Problem> {
    let provider = provider.map(|(issuer, client_id)| ProviderView { issuer, client_id });
    let response = companion.request_with(Request::SignIn { provider }, |event| {
        if let Event::SignIn(SignInProgress::Waiting {
            user_code,
            verification_uri,
            verification_uri_complete,
            expires_at,
        }) = event
        {
            output.say(
                &format!("Open {verification_uri} and enter the code {user_code}"),
                &serde_json::json!({
                    "user_code": user_code,
                    "verification_uri": verification_uri,
                    "verification_uri_complete": verification_uri_complete,
                    "expires_at": expires_at,
                }),
            );
        }
    })?;
    match response {
        Response::SignedIn(account) => {
            let sentence = format!("Signed in as {}.", account.name);
            output.say(&sentence, &serde_json::json!({ "account": account }));
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

/// Signs out.
pub(crate) fn sign_out(companion: &mut Companion, output: Output) -> Result<(), Problem> {
    match companion.request(Request::SignOut {})? {
        Response::SignedOut { revocation_queued } => {
            let sentence = if revocation_queued {
                "Signed out. The provider will be told once it can be reached."
            } else {
                "Signed out."
            };
            output.say(sentence, &serde_json::json!({ "revocation_queued": revocation_queued }));
            Ok(())
        }
        _ => Err(unexpected()),
    }
}
