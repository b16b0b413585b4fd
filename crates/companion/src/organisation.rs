//! What an administrator says about this laptop: the organisation's name, its provider, its apps. Only a file that nobody
//! but root can write counts. What it says of one app and cannot be used leaves the rest in use; a file that is not
//! understood is not used at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lanyard_catalog::{App, InvalidOrigin, SiteRules, Written as WrittenApp, WrittenRules};
use lanyard_presence::{Domain, InvalidDomain};
use lanyard_protocol::common::ProviderView;
use lanyard_vault::OrganisationKey;
use serde::Deserialize;

use crate::idle::MOST_MINUTES;

/// Where administrators put it.
const PATH: &str = "/etc/lanyard/organisation.json";

/// A longer file is not one that an administrator wrote.
const LONGEST: u64 = 4 * 1024 * 1024;

/// The organisation that this laptop is configured for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Organisation {
    /// Where to sign in; it comes before what a person typed.
    pub(crate) provider: Option<ProviderView>,
    /// Minutes without use after which the vault is locked at the latest.
    pub(crate) lock_after: Option<u32>,
    /// Whether the first extension that calls is connected without a code: nobody compares anything, and who is in
    /// between is trusted too.
    pub(crate) codeless_pairing: bool,
    /// What the engine has to know.
    pub(crate) rules: lanyard_broker::Organisation,
    /// The key that vaults are sealed to besides.
    pub(crate) escrow: Option<Escrow>,
    /// The domain that security keys are for.
    pub(crate) key_domain: Option<Domain>,
    /// Whether a security key has to confirm what is asked in the window, once the person has one.
    pub(crate) key_required: bool,
}

/// The organisation's escrow key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Escrow {
    pub(crate) key: OrganisationKey,
    /// What the key before it signed it with; empty where there was none.
    pub(crate) endorsement: Vec<u8>,
}

/// The file is not used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OrganisationError {
    #[error("cannot read `{path}`")]
    Io { path: PathBuf, source: io::Error },
    #[error("`{0}` is not used: somebody else than root could have written it")]
    NotRoots(PathBuf),
    #[error("`{path}` is not understood")]
    Malformed { path: PathBuf, source: serde_json::Error },
    #[error("`{path}` names `{app}` with an address that is not a web page's")]
    NotAPage { path: PathBuf, app: String },
    #[error("`{path}` names `{domain}`, which is no domain for security keys")]
    NotADomain { path: PathBuf, domain: String },
}

/// The file as it is written.
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    provider: Option<ProviderView>,
    #[serde(default)]
    apps: Vec<WrittenApp>,
    /// What sites want of passwords, as Apple's password-manager-resources have it.
    #[serde(default)]
    password_rules: BTreeMap<String, WrittenRules>,
    /// The key that vaults are sealed to besides, as `lanyard escrow make-key` prints it.
    #[serde(default)]
    escrow: Option<WrittenEscrow>,
    /// Whether people may have Lanyard's icon in fields.
    #[serde(default = "yes")]
    field_icon: bool,
    /// Whether people may save logins of other sites, if they want to.
    #[serde(default = "yes")]
    saving_elsewhere: bool,
    /// Minutes without use after which the vault is locked at the latest.
    #[serde(default)]
    lock_after_minutes: Option<u32>,
    /// Whether browsers are connected without a code.
    #[serde(default)]
    codeless_pairing: bool,
    /// Whether accounts of the apps may leave with an export.
    #[serde(default)]
    apps_exportable: bool,
    #[serde(default)]
    security_keys: WrittenKeys,
}

/// What it wants of security keys.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKeys {
    /// The domain that keys are for, so that they answer on every laptop; this laptop, where none is given.
    #[serde(default)]
    domain: Option<String>,
    /// Whether a key has to confirm what is asked in Lanyard's window.
    #[serde(default)]
    required: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEscrow {
    key: String,
    /// What `lanyard escrow sign` prints.
    #[serde(default)]
    signed_by_predecessor: String,
}

fn yes() -> bool {
    true
}

/// Reads what the administrator says, and what of it is not used; none where nobody said anything.
pub(crate) fn read() -> Result<Option<(Organisation, Vec<String>)>, OrganisationError> {
    read_at(Path::new(PATH), 0)
}

fn read_at(path: &Path, owner: u32) -> Result<Option<(Organisation, Vec<String>)>, OrganisationError> {
    let failed = |source| OrganisationError::Io { path: path.into(), source };
    let mut file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(failed)?,
    };
    let metadata = file.metadata().map_err(failed)?;
    let folder = fs::metadata(path.parent().unwrap_or(Path::new("/"))).map_err(failed)?;
    let roots = |metadata: &fs::Metadata| metadata.uid() == owner && metadata.mode() & 0o022 == 0;
    if !metadata.is_file() || !roots(&metadata) || !roots(&folder) {
        return Err(OrganisationError::NotRoots(path.into()));
    }
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(LONGEST).read_to_end(&mut bytes).map_err(failed)?;
    parse(&bytes, path).map(Some)
}

pub(crate) fn parse(bytes: &[u8], path: &Path) -> Result<(Organisation, Vec<String>), OrganisationError> {
    let written: Written = serde_json::from_slice(bytes)
        .map_err(|source| OrganisationError::Malformed { path: path.into(), source })?;
    let (mut apps, mut findings) = (Vec::<App>::new(), Vec::new());
    for written in written.apps {
        let name = written.name.clone();
        let (app, found) = App::parse(written)
            .map_err(|InvalidOrigin| OrganisationError::NotAPage { path: path.into(), app: name })?;
        findings.extend(found.iter().map(ToString::to_string));
        if let Some(other) = apps.iter().find(|other| other.origin == app.origin) {
            findings.push(format!(
                "\"{}\": it is at the address of \"{}\", which comes first; only that one is used",
                app.name, other.name
            ));
        }
        apps.push(app);
    }
    let (password_rules, unusable) = SiteRules::parse(written.password_rules);
    let unusable = unusable.iter();
    findings.extend(unusable.map(|host| {
        format!("`password_rules` of `{host}`: no password could be made by them; they are not used")
    }));
    let lock_after = written.lock_after_minutes.map(|minutes| minutes.clamp(1, MOST_MINUTES));
    if let Some((written, used)) = written.lock_after_minutes.zip(lock_after).filter(|(a, b)| a != b) {
        findings.push(format!("`lock_after_minutes` of {written}: {used} is used"));
    }
    let escrow = written.escrow.and_then(|written| parse_escrow(&written, &mut findings));
    let rules = lanyard_broker::Organisation {
        name: written.name,
        apps,
        password_rules,
        saving_elsewhere: written.saving_elsewhere,
        field_icon: written.field_icon,
        apps_exportable: written.apps_exportable,
    };
    let WrittenKeys { domain, required: key_required } = written.security_keys;
    let key_domain = domain.map(|domain| {
        Domain::parse(&domain)
            .map_err(|InvalidDomain| OrganisationError::NotADomain { path: path.into(), domain })
    });
    let key_domain = key_domain.transpose()?;
    let (provider, codeless_pairing) = (written.provider, written.codeless_pairing);
    let organisation =
        Organisation { provider, lock_after, codeless_pairing, rules, escrow, key_domain, key_required };
    Ok((organisation, findings))
}

fn parse_escrow(written: &WrittenEscrow, findings: &mut Vec<String>) -> Option<Escrow> {
    let key = OrganisationKey::parse(&written.key);
    let endorsement = BASE64_STANDARD.decode(&written.signed_by_predecessor);
    if key.is_err() {
        findings.push("`key` of `escrow`: it is no escrow key; vaults are not sealed to it".to_owned());
    }
    if endorsement.is_err() {
        findings.push("`signed_by_predecessor` of `escrow`: it is no signature; it is not used".to_owned());
    }
    Some(Escrow { key: key.ok()?, endorsement: endorsement.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const ACME: &str = r#"{"name":"Acme","provider":{"issuer":"https://acme.example","client_id":"lanyard"},
        "apps":[{"name":"Payroll 2004","login_url":"https://payroll.acme.example/login"}]}"#;

    fn written(text: &str, mode: u32) -> (tempfile::TempDir, PathBuf, u32) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("organisation.json");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let owner = fs::metadata(&path).unwrap().uid();
        (folder, path, owner)
    }

    #[test]
    fn an_administrators_file_is_read() {
        let (_folder, path, owner) = written(ACME, 0o644);
        let (acme, findings) = read_at(&path, owner).unwrap().unwrap();
        assert_eq!(acme.rules.name, "Acme");
        assert_eq!(acme.rules.apps[0].origin.as_str(), "https://payroll.acme.example");
        assert!(acme.rules.saving_elsewhere && acme.rules.field_icon && findings.is_empty());
        assert!(!acme.rules.apps_exportable);
        assert_eq!(acme.provider.unwrap().client_id, "lanyard");
    }

    #[test]
    fn the_documented_example_is_used_as_it_stands() {
        let page = include_str!("../../../docs/install.md");
        let example = page.split("```json\n").find(|block| block.contains("\"apps\"")).unwrap();
        let example = example.split("```").next().unwrap();
        let (acme, findings) = parse(example.as_bytes(), Path::new("organisation.json")).unwrap();
        assert_eq!((acme.rules.apps.len(), findings), (2, Vec::new()));
        assert!(acme.rules.apps[1].automatic && acme.rules.apps[1].password_rules.is_some());
        assert!(acme.key_required && acme.key_domain.is_some());
    }

    #[test]
    fn no_file_is_no_organisation() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read_at(&folder.path().join("none.json"), 0).unwrap(), None);
    }

    #[test]
    fn a_file_that_others_can_write_is_not_used() {
        for mode in [0o664, 0o646] {
            let (_folder, path, owner) = written(ACME, mode);
            assert!(matches!(read_at(&path, owner), Err(OrganisationError::NotRoots(_))));
        }
        let (_folder, path, owner) = written(ACME, 0o644);
        assert!(matches!(read_at(&path, owner + 1), Err(OrganisationError::NotRoots(_))));
        let (folder, path, owner) = written(ACME, 0o644);
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        assert!(matches!(read_at(&path, owner), Err(OrganisationError::NotRoots(_))));
    }

    #[test]
    fn what_of_an_app_cannot_be_used_is_said_and_the_rest_is_used() {
        let text = r##"{"name":"Acme","field_icon":false,"lock_after_minutes":0,
            "apps":[{"name":"Files","login_url":"https://files.example","fields":{"username":"//input","submit":"#go"}},
                {"name":"Files too","login_url":"https://files.example/other"}],
            "password_rules":{"files.example":{"password-rules":"minlength: 12;"},
                "odd.example":{"password-rules":"maxlength: 0;"}}}"##;
        let (acme, findings) = parse(text.as_bytes(), Path::new("organisation.json")).unwrap();
        let app = &acme.rules.apps[0];
        assert!(app.selectors.username.is_none() && app.selectors.submit.is_some());
        assert!(acme.rules.password_rules.of("files.example").is_some() && !acme.rules.field_icon);
        assert_eq!(acme.lock_after, Some(1));
        assert_eq!(findings.len(), 4, "{findings:#?}");
        assert!(findings[0].contains("`username`") && findings[2].contains("`odd.example`"));
        assert!(findings[3].contains("`lock_after_minutes` of 0"));
    }

    #[test]
    fn an_escrow_key_is_read_and_one_that_is_none_is_said() {
        let key = lanyard_vault::OrganisationSecret::make_random().public_key();
        let text = format!(r#"{{"name":"Acme","escrow":{{"key":"{key}"}}}}"#);
        let (acme, findings) = parse(text.as_bytes(), Path::new("organisation.json")).unwrap();
        assert_eq!((acme.escrow.unwrap().key, findings.len()), (key, 0));
        let text = r#"{"name":"Acme","escrow":{"key":"AAAA","signed_by_predecessor":"!"}}"#;
        let (acme, findings) = parse(text.as_bytes(), Path::new("organisation.json")).unwrap();
        assert_eq!((acme.escrow, findings.len()), (None, 2));
    }

    #[test]
    fn security_keys_may_be_the_organisations() {
        let read = |keys: &str| {
            let text = format!(r#"{{"name":"Acme","security_keys":{keys}}}"#);
            parse(text.as_bytes(), Path::new("organisation.json")).map(|(acme, _)| acme)
        };
        let acme = read(r#"{"domain":"acme.example","required":true}"#).unwrap();
        assert!(acme.key_required && acme.key_domain.unwrap().as_str() == "acme.example");
        let acme = read("{}").unwrap();
        assert!(!acme.key_required && acme.key_domain.is_none());
        let local = read(r#"{"domain":"localhost"}"#);
        assert!(matches!(local, Err(OrganisationError::NotADomain { .. })));
    }

    #[test]
    fn what_is_not_understood_is_not_used() {
        let (_folder, path, owner) = written(r#"{"name":"Acme","colour":"red"}"#, 0o644);
        assert!(matches!(read_at(&path, owner), Err(OrganisationError::Malformed { .. })));
        let apps = r#"{"name":"Acme","apps":[{"name":"Files","login_url":"ftp://files.example"}]}"#;
        let (_folder, path, owner) = written(apps, 0o644);
        assert!(matches!(read_at(&path, owner), Err(OrganisationError::NotAPage { .. })));
    }
}
