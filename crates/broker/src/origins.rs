//! Which origins there are accounts for, told to extensions as keyed digests: they can recognise a page without knowing
//! the list, also while locked.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use lanyard_protocol::browser::Event;
use ring::hmac;
use zeroize::Zeroizing;

use crate::Broker;
use crate::ids::make_bytes;

/// Bytes kept of each digest: twelve characters, and one false alarm in 2^72.
const DIGEST: usize = 9;

/// Digests in one message, so that it stays below what a browser accepts.
const PART: usize = 40_000;

/// The key of the digests, new with each start of the companion.
pub(crate) struct OriginKey(Zeroizing<[u8; 32]>);

impl OriginKey {
    pub(crate) fn make() -> Self {
        Self(Zeroizing::new(make_bytes()))
    }

    fn digests<'a>(&self, origins: impl Iterator<Item = &'a str>) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &*self.0);
        let mut text = String::new();
        for origin in origins {
            BASE64_URL_SAFE_NO_PAD
                .encode_string(&hmac::sign(&key, origin.as_bytes()).as_ref()[..DIGEST], &mut text);
        }
        text
    }

    fn event(&self, digests: String, part: usize) -> Event {
        let key = BASE64_URL_SAFE_NO_PAD.encode(*self.0);
        Event::Origins { key, digests, part: u32::try_from(part).unwrap_or(u32::MAX) }
    }
}

impl Broker {
    /// The whole set, in as many messages as it takes; none while locked.
    pub fn origin_events(&self) -> Vec<Event> {
        let Ok(overviews) =
            self.vault.as_ref().map_err(drop).and_then(|vault| vault.overviews().map_err(drop))
        else {
            return Vec::new();
        };
        let mut origins: Vec<&str> = overviews.map(|(_, overview)| &*overview.origin).collect();
        origins.extend(self.neighbours(None));
        origins.sort_unstable();
        origins.dedup();
        if origins.is_empty() {
            return vec![self.origin_key.event(String::new(), 0)];
        }
        let parts = origins.chunks(PART).enumerate();
        parts
            .map(|(part, some)| self.origin_key.event(self.origin_key.digests(some.iter().copied()), part))
            .collect()
    }

    /// One more origin.
    pub fn origin_event(&self, origin: &str) -> Event {
        let origins = std::iter::once(origin).chain(self.neighbours(Some(origin)));
        self.origin_key.event(self.origin_key.digests(origins), 1)
    }

    /// Pages and frames that the organisation's apps name, where an account is there for them; of one app, or of all.
    fn neighbours<'a>(&'a self, of: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let apps = self.organisation.iter().flat_map(|organisation| &organisation.apps);
        let has_account = |origin: &str| {
            self.vault
                .as_ref()
                .is_ok_and(|vault| vault.by_origin(origin).is_ok_and(|found| !found.is_empty()))
        };
        let apps = apps.filter(move |app| of.is_none_or(|origin| app.origin.as_str() == origin));
        apps.filter(|app| !app.pages.is_empty() || !app.frames.is_empty())
            .filter(move |app| has_account(app.origin.as_str()))
            .flat_map(|app| app.pages.iter().chain(&app.frames))
            .map(lanyard_catalog::Origin::as_str)
    }
}
