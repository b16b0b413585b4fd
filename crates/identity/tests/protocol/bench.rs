//! A provider, a store and a clock on one bench, and the steps that most tests begin with.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lanyard_identity::{Account, Clock, Error, Identity, Provider, SignIn};
use serde_json::{Value, json};

use crate::keys::SigningKey;
use crate::store::Store;
use crate::wire::{Reply, Server};

pub(crate) const CLIENT_ID: &str = "lanyard";
pub(crate) const CONFIGURATION: &str = "/.well-known/openid-configuration";
/// Where the clock of a bench begins.
pub(crate) const NOW: u64 = 1_800_000_000;

/// A wall clock that tests set.
#[derive(Clone)]
pub(crate) struct SetClock(Arc<AtomicU64>);

impl SetClock {
    pub(crate) fn set(&self, unix_seconds: u64) {
        self.0.store(unix_seconds, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

pub(crate) struct Bench {
    pub(crate) server: Server,
    pub(crate) key: SigningKey,
    pub(crate) store: Store,
    pub(crate) clock: SetClock,
    pub(crate) identity: Identity<Store>,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let server = Server::start().await;
        let key = SigningKey::make("key-1");
        let store = Store::new(server.journal.clone());
        let clock = SetClock(Arc::new(AtomicU64::new(NOW)));
        let identity = Identity::with_clock(store.clone(), Arc::new(clock.clone())).unwrap();
        let bench = Self { server, key, store, clock, identity };
        bench.server.on(CONFIGURATION, [Reply::ok(bench.configuration())]);
        bench.server.on("/jwks", [Reply::ok(json!({ "keys": [bench.key.public()] }))]);
        bench.server.on("/device/auth", [Reply::ok(bench.device_answer())]);
        bench.server.on("/token", [Reply::ok(bench.tokens("R1", "A1"))]);
        bench.server.on("/revoke", [Reply::Raw { status: 200, content_type: "", body: String::new() }]);
        bench
    }

    /// One who is signed in, with an empty journal.
    pub(crate) async fn signed_in() -> Self {
        let bench = Self::new().await;
        bench.sign_in().await.unwrap();
        bench.server.journal.lock().unwrap().clear();
        bench
    }

    pub(crate) fn issuer(&self) -> String {
        format!("http://{}", self.server.address)
    }

    pub(crate) fn provider(&self) -> Provider {
        Provider::parse(&self.issuer(), CLIENT_ID).unwrap()
    }

    pub(crate) fn configuration(&self) -> Value {
        let issuer = self.issuer();
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"),
            "device_authorization_endpoint": format!("{issuer}/device/auth"),
            "revocation_endpoint": format!("{issuer}/revoke"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        })
    }

    pub(crate) fn device_answer(&self) -> Value {
        let issuer = self.issuer();
        json!({
            "device_code": "device-code-1", "user_code": "WDJB-MJHT",
            "verification_uri": format!("{issuer}/device"),
            "verification_uri_complete": format!("{issuer}/device?user_code=WDJB-MJHT"),
            "expires_in": 600, "interval": 0,
        })
    }

    pub(crate) fn claims(&self) -> Value {
        json!({
            "iss": self.issuer(), "sub": "alice", "aud": CLIENT_ID, "exp": NOW + 300, "iat": NOW,
            "name": "Alice Meyer", "email": "alice@acme.example",
        })
    }

    pub(crate) fn tokens(&self, refresh: &str, access: &str) -> Value {
        json!({
            "access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": 300,
            "id_token": self.key.sign(&self.claims()),
        })
    }

    pub(crate) fn tokens_with(&self, id_token: &str) -> Value {
        with(self.tokens("R2", "A2"), "id_token", json!(id_token))
    }

    pub(crate) async fn begin(&self) -> Result<SignIn, Error> {
        self.identity.begin_sign_in(&self.provider()).await
    }

    pub(crate) async fn sign_in(&self) -> Result<Account, Error> {
        let sign_in = self.begin().await?;
        self.identity.finish_sign_in(sign_in).await
    }

    /// The same laptop after the program was started again.
    pub(crate) fn restarted(&self) -> Identity<Store> {
        Identity::with_clock(self.store.clone(), Arc::new(self.clock.clone())).unwrap()
    }

    pub(crate) fn journal(&self) -> Vec<String> {
        self.server.journal.lock().unwrap().clone()
    }
}

pub(crate) fn with(mut value: Value, field: &str, content: Value) -> Value {
    value[field] = content;
    value
}

pub(crate) fn without(mut value: Value, field: &str) -> Value {
    value.as_object_mut().unwrap().remove(field);
    value
}
