//! Which origins there are accounts for, or an organisation's app at, told to extensions as keyed digests: they can recognise a page without knowing
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
            self.opened_vault().map_err(drop).and_then(|vault| vault.overviews().map_err(drop))
        else {
            return Vec::new();
        };
        let mut origins: Vec<&str> = overviews.map(|(_, overview)| &*overview.origin).collect();
        origins.extend(self.organisation_origins());
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
        self.origin_key.event(self.origin_key.digests(std::iter::once(origin)), 1)
    }

    /// Addresses of the organisation's apps, also where there is no account yet: that is what the first login makes.
    fn organisation_origins(&self) -> impl Iterator<Item = &str> {
        let apps = self.organisation.iter().flat_map(|organisation| &organisation.apps);
        apps.flat_map(|app| std::iter::once(&app.origin).chain(&app.pages).chain(&app.frames))
            .map(lanyard_catalog::Origin::as_str)
    }
}
