//! Origins (RFC 6454): scheme, host and port of a page, and nothing else of it.

use std::fmt;

use url::{Host, Url};

/// The origin of a web page, written as browsers write it.
///
/// Two origins match when scheme, host and port are the same; nothing else is a match.
///
/// ```
/// use lanyard_catalog::Origin;
///
/// let payroll = Origin::parse("https://payroll.corp.example").unwrap();
/// assert_ne!(payroll, Origin::parse("https://payroll.corp.example.evil.net").unwrap());
/// assert!(Origin::parse("https://payroll.corp.example/login").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(String);

/// What was given is not the origin of a web page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the address of a web page")]
pub struct InvalidOrigin;

impl Origin {
    /// Reads an origin as a browser says it: `https://host` or `https://host:port`, in canonical form.
    pub fn parse(text: &str) -> Result<Self, InvalidOrigin> {
        let origin = Self::of_page(text)?;
        if origin.0 == text { Ok(origin) } else { Err(InvalidOrigin) }
    }

    /// The origin of a page by its URL. A URL that carries a user name or password is refused: it is made to deceive.
    pub fn of_page(url: &str) -> Result<Self, InvalidOrigin> {
        let url = Url::parse(url).map_err(|_| InvalidOrigin)?;
        let web = matches!(url.scheme(), "http" | "https");
        let plain = url.username().is_empty() && url.password().is_none();
        let named = url.host_str().is_some_and(|host| !host.is_empty() && !host.ends_with('.'));
        if web && plain && named { Ok(Self(url.origin().ascii_serialization())) } else { Err(InvalidOrigin) }
    }

    /// As browsers write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, without scheme and port: what a person reads first.
    pub fn host(&self) -> &str {
        let host = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        }
    }

    /// Whether nobody on the network can read or change the page: https, or this machine itself.
    pub fn is_trustworthy(&self) -> bool {
        let Ok(url) = Url::parse(&self.0) else { return false };
        url.scheme() == "https"
            || match url.host() {
                Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
                Some(Host::Ipv4(address)) => address.is_loopback(),
                Some(Host::Ipv6(address)) => address.is_loopback(),
                None => false,
            }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Names as they stand in addresses.
    const HOST: &str = "[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?(\\.[a-z][a-z0-9]{0,8}){0,3}";
    /// What follows the host.
    const REST: &str = "(/[a-z0-9@:.%/]{0,20})?(\\?[a-z@:./]{0,10})?(#[a-z@:./]{0,10})?";

    proptest! {
        #[test]
        fn whatever_follows_the_host_and_however_it_is_spelled_the_origin_is_the_same(host in HOST, port: Option<u16>, rest in REST) {
            let port = port.filter(|port| *port != 443).map(|port| format!(":{port}"));
            let text = format!("https://{host}{}", port.clone().unwrap_or_default());
            let origin = Origin::parse(&text).unwrap();
            prop_assert_eq!(Origin::of_page(&format!("{text}{rest}")), Ok(origin.clone()));
            let loud = format!("HTTPS://{}{}", host.to_uppercase(), port.unwrap_or_else(|| ":443".into()));
            prop_assert_eq!(Origin::of_page(&loud), Ok(origin.clone()));
            prop_assert!(Origin::parse(&loud).is_err());
            prop_assert_eq!(origin.host(), host);
        }

        #[test]
        fn another_scheme_host_or_port_is_another_origin(host in HOST, other in HOST, port in 1..443_u16) {
            let origin = Origin::parse(&format!("https://{host}")).unwrap();
            let elsewhere = [
                format!("http://{host}"),
                format!("https://{host}:{port}"),
                format!("https://{other}.{host}"),
                format!("https://{host}.{other}"),
                format!("https://{other}{host}"),
                format!("https://{host}{other}"),
                format!("https://{other}-{host}"),
                format!("https://{other}/{host}"),
                format!("https://{other}?https://{host}"),
                format!("https://{other}#@{host}"),
            ];
            for page in elsewhere.iter().filter(|_| host != other) {
                prop_assert_ne!(Origin::of_page(page), Ok(origin.clone()), "{}", page);
            }
        }

        #[test]
        fn an_address_with_a_user_has_none(host in HOST, user in "[a-z.]{0,8}", password in "[a-z]{1,8}", rest in REST) {
            for page in [format!("https://{user}:{password}@{host}{rest}"), format!("https://{password}@{host}{rest}")] {
                prop_assert_eq!(Origin::of_page(&page), Err(InvalidOrigin), "{}", page);
            }
        }

        #[test]
        fn whatever_is_written_is_the_one_spelling_of_an_origin_or_none(text in "(https?:[/\\\\]{0,3})?\\PC{0,20}(:[0-9]{0,6})?[/?#@.]?\\PC{0,10}") {
            if let Ok(origin) = Origin::of_page(&text) {
                prop_assert_eq!(Origin::parse(origin.as_str()), Ok(origin.clone()));
                prop_assert!(origin.as_str().is_ascii() && !origin.host().is_empty());
            }
            prop_assert!(Origin::parse(&text).is_ok_and(|origin| origin.as_str() == text) || Origin::parse(&text).is_err());
        }
    }

    #[test]
    fn scheme_host_and_port_make_an_origin() {
        let page = |url| Origin::of_page(url).unwrap();
        assert_eq!(page("https://a.example/login?next=1#x"), page("https://a.example:443/"));
        assert_ne!(page("https://a.example"), page("http://a.example"));
        assert_ne!(page("https://a.example"), page("https://a.example:8443"));
        assert_ne!(page("https://a.example"), page("https://www.a.example"));
    }

    #[test]
    fn only_web_pages_have_one() {
        for url in
            ["", "a.example", "file:///etc/passwd", "about:blank", "data:text/html,x", "javascript:1", "null"]
        {
            assert_eq!(Origin::of_page(url), Err(InvalidOrigin), "{url}");
        }
    }

    #[test]
    fn deceptive_addresses_are_refused() {
        for url in ["https://a.example@evil.example/", "https://user:pass@a.example/", "https://a.example./"]
        {
            assert_eq!(Origin::of_page(url), Err(InvalidOrigin), "{url}");
        }
    }

    #[test]
    fn an_origin_is_taken_in_canonical_form_only() {
        assert!(Origin::parse("https://a.example:8443").is_ok());
        for text in
            ["https://a.example/", "https://A.example", "https://a.example:443", "https://a.example/x"]
        {
            assert_eq!(Origin::parse(text), Err(InvalidOrigin), "{text}");
        }
    }

    #[test]
    fn a_look_alike_in_another_alphabet_is_another_origin() {
        let cyrillic = Origin::of_page("https://аpple.example").unwrap();
        assert_ne!(cyrillic, Origin::of_page("https://apple.example").unwrap());
        assert!(cyrillic.as_str().starts_with("https://xn--"));
    }

    #[test]
    fn plain_http_is_trustworthy_on_this_machine_only() {
        for url in ["https://a.example", "http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:1"] {
            assert!(Origin::of_page(url).unwrap().is_trustworthy(), "{url}");
        }
        for url in ["http://a.example", "http://localhost.a.example", "http://10.0.0.1"] {
            assert!(!Origin::of_page(url).unwrap().is_trustworthy(), "{url}");
        }
    }

    #[test]
    fn the_host_is_told_without_scheme_and_port() {
        let host = |text| Origin::of_page(text).unwrap().host().to_owned();
        assert_eq!(host("https://a.example:8443/x"), "a.example");
        assert_eq!(host("http://[::1]:80/"), "[::1]");
        assert_eq!(host("http://[::1]:8080/"), "[::1]");
    }
}
