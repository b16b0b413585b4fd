//! Verification of ID tokens (OpenID Connect Core 1.0, section 3.1.3.7).
//!
//! There is no nonce to compare: the device authorization grant has no authentication request to carry one.

use std::str::FromStr;
use std::time::{Duration, SystemTime};

use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm};
use openidconnect::{ClaimsVerificationError, ClientId, IssuerUrl, Nonce, SignatureVerificationError};

use crate::discovery::Discovered;
use crate::error::IdTokenProblem;
use crate::http::Http;
use crate::{Account, Error};

/// How far the clocks of provider and laptop may differ.
const SKEW: Duration = Duration::from_mins(2);
/// Both flows here hand over tokens that were just issued.
const MAX_AGE: Duration = Duration::from_hours(24);

/// Signatures by a key of the provider's own. `none` and the shared-secret algorithms prove nothing to a public client.
const ACCEPTED: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Verifies with the keys at hand, and once more with fresh keys when none of them fits.
pub(crate) async fn verify(
    http: &Http,
    discovered: &mut Discovered,
    id_token: &str,
    now: SystemTime,
) -> Result<Account, Error> {
    match verify_with_known_keys(discovered, id_token, now) {
        Err(IdTokenProblem::UnknownKey) => discovered.fetch_keys(http).await?,
        decided => return decided.map_err(Error::IdToken),
    }
    verify_with_known_keys(discovered, id_token, now).map_err(Error::IdToken)
}

pub(crate) fn verify_with_known_keys(
    discovered: &Discovered,
    id_token: &str,
    now: SystemTime,
) -> Result<Account, IdTokenProblem> {
    let token = CoreIdToken::from_str(id_token).map_err(|_| IdTokenProblem::Malformed)?;
    let issuer =
        IssuerUrl::new(discovered.provider.issuer().to_owned()).map_err(|_| IdTokenProblem::Issuer)?;
    let client_id = ClientId::new(discovered.provider.client_id().to_owned());
    let verifier = CoreIdTokenVerifier::new_public_client(client_id, issuer, discovered.jwks.clone())
        .set_allowed_algs(ACCEPTED)
        .set_time_fn(move || (now - SKEW).into());
    let claims = token.claims(&verifier, |_: Option<&Nonce>| Ok(())).map_err(|error| problem(&error))?;
    check_authorized_party(claims, discovered.provider.client_id())?;
    check_issue_time(claims, now)?;
    Ok(account(claims))
}

/// Steps 4 and 5, which the library leaves to its caller. Other audiences were refused before.
fn check_authorized_party(claims: &CoreIdTokenClaims, client_id: &str) -> Result<(), IdTokenProblem> {
    match claims.authorized_party() {
        Some(party) if party.as_str() != client_id => Err(IdTokenProblem::AuthorizedParty),
        _ => Ok(()),
    }
}

fn check_issue_time(claims: &CoreIdTokenClaims, now: SystemTime) -> Result<(), IdTokenProblem> {
    let issued = SystemTime::from(claims.issue_time());
    let plausible = issued <= now + SKEW && issued >= now - MAX_AGE;
    if plausible { Ok(()) } else { Err(IdTokenProblem::IssuedAt) }
}

fn account(claims: &CoreIdTokenClaims) -> Account {
    let name = claims.name().and_then(|name| name.get(None)).map(|name| name.to_string());
    Account {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        name: name.filter(|name| !name.trim().is_empty()),
        email: claims.email().map(|email| email.to_string()),
    }
}

fn problem(error: &ClaimsVerificationError) -> IdTokenProblem {
    use ClaimsVerificationError as Claims;
    use SignatureVerificationError as Signature;
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "both enums are non-exhaustive; what is new is a refusal too"
    )]
    match error {
        Claims::InvalidIssuer(_) => IdTokenProblem::Issuer,
        Claims::InvalidAudience(_) => IdTokenProblem::Audience,
        Claims::Expired(_) => IdTokenProblem::Expired,
        Claims::SignatureVerification(signature) => match signature {
            Signature::NoSignature | Signature::DisallowedAlg(_) | Signature::UnsupportedAlg(_) => {
                IdTokenProblem::Algorithm
            }
            Signature::NoMatchingKey | Signature::AmbiguousKeyId(_) => IdTokenProblem::UnknownKey,
            _ => IdTokenProblem::Signature,
        },
        _ => IdTokenProblem::Malformed,
    }
}
