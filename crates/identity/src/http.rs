//! The connection to the provider.
//!
//! Every request of this crate goes through [`Http`], which holds the rules that must not be forgotten: TLS (or
//! loopback, and then without any proxy), no redirects, no more than 1 MiB of answer, and an end to every wait.
//! A client is made for one operation and dropped with it, so that nothing of it stays in memory between two.

mod failure;
mod resolver;

use std::cell::OnceCell;
use std::time::Duration;

use oauth2::{HttpRequest, HttpResponse};
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use url::{Url, form_urlencoded};

use crate::Error;
use crate::endpoint;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
const MAX_ANSWER: usize = 1024 * 1024;

/// An HTTP client that is made when it is first used.
#[derive(Default)]
pub(crate) struct Http {
    /// For `http` on loopback: a proxy would carry the tokens off this machine.
    direct: OnceCell<reqwest::Client>,
    system: OnceCell<reqwest::Client>,
}

impl Http {
    /// GETs a document. A status of 4xx is handed on with whatever body it has; 200 has a JSON body.
    pub(crate) async fn get(&self, url: &Url) -> Result<HttpResponse, Error> {
        let response = self.exchange(url, request(url, "GET").body(Vec::new())).await?;
        if response.status().is_client_error() { Ok(response) } else { json_only(url, response) }
    }

    /// GETs a document with an access token (RFC 6750, section 2.1).
    pub(crate) async fn get_with_token(
        &self,
        url: &Url,
        token: &SecretString,
    ) -> Result<HttpResponse, Error> {
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
            .map_err(|_| protocol("the access token has characters that no token has"))?;
        bearer.set_sensitive(true);
        let request = request(url, "GET").header(AUTHORIZATION, bearer).body(Vec::new());
        json_only(url, self.exchange(url, request).await?)
    }

    /// POSTs a form to an endpoint that answers in JSON, success or not.
    pub(crate) async fn post(&self, url: &Url, form: &[(&str, &str)]) -> Result<HttpResponse, Error> {
        json_only(url, self.post_form(url, form).await?)
    }

    /// POSTs a form to an endpoint whose answer is its status; a web page is the answer of somebody else.
    pub(crate) async fn post_status(&self, url: &Url, form: &[(&str, &str)]) -> Result<StatusCode, Error> {
        let response = self.post_form(url, form).await?;
        if essence(&response) == "text/html" && !response.body().is_empty() {
            return Err(Error::WebPage { host: endpoint::authority(url) });
        }
        Ok(response.status())
    }

    async fn post_form(&self, url: &Url, form: &[(&str, &str)]) -> Result<HttpResponse, Error> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let form = "application/x-www-form-urlencoded";
        self.exchange(url, request(url, "POST").header(CONTENT_TYPE, form).body(body.into_bytes())).await
    }

    async fn exchange(
        &self,
        url: &Url,
        request: Result<HttpRequest, impl std::error::Error>,
    ) -> Result<HttpResponse, Error> {
        endpoint::check(url).map_err(|_| Error::InsecureEndpoint { endpoint: "service" })?;
        let request = request
            .ok()
            .and_then(|request| reqwest::Request::try_from(request).ok())
            .ok_or_else(|| protocol("an address of the provider cannot be used"))?;
        let response =
            self.client(url)?.execute(request).await.map_err(|error| failure::classify(url, error))?;
        let status = response.status();
        if status.is_redirection() {
            return Err(Error::WebPage { host: endpoint::authority(url) });
        }
        if status.is_server_error() || matches!(status.as_u16(), 408 | 429) {
            return Err(Error::Unavailable { host: endpoint::authority(url), status: status.as_u16() });
        }
        read(url, response).await
    }

    fn client(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        let direct = url.scheme() == "http";
        let cell = if direct { &self.direct } else { &self.system };
        if let Some(client) = cell.get() {
            return Ok(client);
        }
        let client = build(direct).map_err(|error| failure::classify(url, error))?;
        Ok(cell.get_or_init(|| client))
    }
}

/// Reads a JSON body into `T`; the error says what it should have been, never what it was.
pub(crate) fn parse<T: DeserializeOwned>(response: &HttpResponse, what: &str) -> Result<T, Error> {
    serde_json::from_slice(response.body()).map_err(|_| protocol(&format!("not {what}")))
}

pub(crate) fn protocol(what: &str) -> Error {
    Error::Protocol { what: what.to_owned() }
}

fn build(direct: bool) -> reqwest::Result<reqwest::Client> {
    // An error means that the program installed a provider already: then that one is used.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Lanyard/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .referer(false)
        .dns_resolver(resolver::SystemResolver)
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(REQUEST_TIMEOUT);
    if direct { builder.no_proxy().build() } else { builder.build() }
}

fn request(url: &Url, method: &str) -> oauth2::http::request::Builder {
    oauth2::http::Request::builder().method(method).uri(url.as_str()).header(ACCEPT, "application/json")
}

async fn read(url: &Url, mut response: reqwest::Response) -> Result<HttpResponse, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure::classify(url, error))? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Err(protocol("the answer is too long"));
        }
        body.extend_from_slice(&chunk);
    }
    let mut read = HttpResponse::new(body);
    *read.status_mut() = response.status();
    *read.headers_mut() = std::mem::take(response.headers_mut());
    Ok(read)
}

fn json_only(url: &Url, response: HttpResponse) -> Result<HttpResponse, Error> {
    if matches!(essence(&response).as_str(), "application/json" | "application/jwk-set+json") {
        Ok(response)
    } else {
        Err(Error::WebPage { host: endpoint::authority(url) })
    }
}

/// The media type without its parameters; empty where there is none.
fn essence(response: &HttpResponse) -> String {
    let content_type =
        response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
