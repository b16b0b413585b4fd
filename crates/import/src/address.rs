//! The address of a page, as other programs write it.

use url::Url;

use crate::login::{LONGEST_URL, Reason, limited};

/// The first address of a web page in a field that may list several, with a scheme where it has none.
pub(crate) fn parse_url(field: &str) -> Result<Url, Reason> {
    if field.trim().is_empty() {
        return Err(Reason::NoAddress);
    }
    limited(field, LONGEST_URL)?;
    let whole = parse_one(field);
    whole.or_else(|| field.split(',').find_map(parse_one)).ok_or(Reason::NotAWebPage)
}

pub(crate) fn parse_one(text: &str) -> Option<Url> {
    let text = text.trim();
    let url = match Url::parse(text) {
        // A host of the intranet needs no dot where the scheme says that it is one.
        Ok(url) if matches!(url.scheme(), "http" | "https") => return is_plain(&url).then_some(url),
        // `payroll.example:8443/login` parses as a scheme of its own.
        Ok(url) if text.contains("://") || !url.cannot_be_a_base() || !looks_like_a_host(text) => {
            return None;
        }
        Ok(_) | Err(_) if text.contains("://") => return None,
        Ok(_) | Err(_) => Url::parse(&format!("https://{text}")).ok()?,
    };
    let is_host = |host: &str| host.contains('.') || host == "localhost" || host.starts_with('[');
    (is_plain(&url) && url.host_str().is_some_and(is_host)).then_some(url)
}

fn is_plain(url: &Url) -> bool {
    url.username().is_empty() && url.password().is_none()
}

fn looks_like_a_host(text: &str) -> bool {
    text.split_once(':').is_some_and(|(host, rest)| {
        (host.contains('.') || host == "localhost") && rest.starts_with(|first: char| first.is_ascii_digit())
    })
}
