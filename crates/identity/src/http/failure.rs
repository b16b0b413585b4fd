//! Tells failed connections apart by their chain of causes.

use std::error::Error as StdError;
use std::sync::Arc;

use url::Url;

use crate::Error;
use crate::endpoint;

pub(super) fn classify(url: &Url, error: reqwest::Error) -> Error {
    let host = endpoint::authority(url);
    // Endpoints may carry a query; logs are to name the host only.
    let error = error.without_url();
    let dns = error.is_dns();
    let tls = caused_by::<rustls::Error>(&error);
    let cause = Arc::new(error);
    if dns {
        Error::Dns { host, cause }
    } else if tls {
        Error::Tls { host, cause }
    } else {
        Error::Unreachable { host, cause }
    }
}

fn caused_by<T: StdError + 'static>(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<T>() {
            return true;
        }
        // The source of an I/O error is the source of what it wraps, which skips the wrapped error itself.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}
