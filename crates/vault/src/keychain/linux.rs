//! The Secret Service: GNOME Keyring, `KWallet` and others, on the session bus.

use std::collections::HashMap;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};
use zbus::blocking::{Connection, Proxy, connection::Builder};
use zbus::names::BusName;
use zbus::zvariant::OwnedObjectPath;
use zbus_secret_service_keyring_store::Store;

use super::super::{Item, KeychainError};

const SERVICE: &str = "org.freedesktop.secrets";

pub(super) fn get(item: &Item) -> Result<Option<SecretString>, KeychainError> {
    match entry(item)?.get_password() {
        Ok(text) => Ok(Some(text.into())),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(sort(error)),
    }
}

pub(super) fn set(item: &Item, value: &SecretString) -> Result<(), KeychainError> {
    entry(item)?.set_password(value.expose_secret()).map_err(sort)
}

pub(super) fn remove(item: &Item) -> Result<(), KeychainError> {
    match entry(item)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(sort(error)),
    }
}

fn entry(item: &Item) -> Result<Entry, KeychainError> {
    look()?;
    let store = Store::new().map_err(sort)?;
    let modifiers = HashMap::from([("label", item.label())]);
    store.build(Item::SERVICE, &item.user(), Some(&modifiers)).map_err(sort)
}

/// Whether the default collection is there and unlocked. The store would ask the person to unlock it, and wait.
fn look() -> Result<(), KeychainError> {
    let bus = Builder::session().and_then(Builder::build).map_err(|_| KeychainError::Absent)?;
    let service = proxy(&bus, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service")?;
    let default: OwnedObjectPath = service.call("ReadAlias", &("default",)).map_err(absent_or_failed)?;
    // What is in the session collection is gone after the session, and our vault's key with it.
    if default.as_str() == "/" || default.as_str().ends_with("/collection/session") {
        return Err(KeychainError::Absent);
    }
    let collection = proxy(&bus, default.as_str(), "org.freedesktop.Secret.Collection")?;
    if collection.get_property("Locked").map_err(absent_or_failed)? {
        return Err(KeychainError::Locked);
    }
    Ok(())
}

fn proxy<'a>(bus: &Connection, path: &'a str, interface: &'a str) -> Result<Proxy<'a>, KeychainError> {
    zbus::blocking::proxy::Builder::new(bus)
        .destination(BusName::try_from(SERVICE).map_err(failed)?)
        .and_then(|builder| builder.path(path))
        .and_then(|builder| builder.interface(interface))
        .map_err(failed)?
        .cache_properties(zbus::proxy::CacheProperties::No)
        .build()
        .map_err(failed)
}

fn absent_or_failed(error: zbus::Error) -> KeychainError {
    let zbus::Error::MethodError(name, _, _) = &error else { return failed(error) };
    let nobody_there = [
        "org.freedesktop.DBus.Error.ServiceUnknown",
        "org.freedesktop.DBus.Error.NameHasNoOwner",
        "org.freedesktop.DBus.Error.Spawn.",
    ];
    if nobody_there.iter().any(|prefix| name.as_str().starts_with(prefix)) {
        KeychainError::Absent
    } else {
        failed(error)
    }
}

fn sort(error: Error) -> KeychainError {
    if matches!(error, Error::NoStorageAccess(_)) { KeychainError::Locked } else { failed(error) }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> KeychainError {
    KeychainError::Failed(error.into())
}
