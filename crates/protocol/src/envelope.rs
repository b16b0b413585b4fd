//! What every request and every answer is wrapped in.

use serde::{Deserialize, Serialize};

use crate::common::Problem;

/// A request with the id that its reply will carry.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct Envelope<Request> {
    /// Chosen by the sender, unique among its requests that are under way.
    pub id: u32,
    /// The request itself.
    pub request: Request,
}

/// What the companion sends: the reply to a request, or news that nobody asked for.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Message<Response, Event> {
    /// The reply to the request with the same id.
    Reply(Reply<Response>),
    /// News.
    Event(Event),
}

/// The reply to one request.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct Reply<Response> {
    /// The id of the request.
    pub id: u32,
    /// What came of it.
    pub result: Outcome<Response>,
}

/// What came of a request.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome<Response> {
    /// It was done.
    Ok(Response),
    /// It was not, and this says why and what to do.
    Problem(Problem),
}

impl<Response> From<Result<Response, Problem>> for Outcome<Response> {
    fn from(result: Result<Response, Problem>) -> Self {
        match result {
            Ok(response) => Self::Ok(response),
            Err(problem) => Self::Problem(problem),
        }
    }
}

impl<Response> From<Outcome<Response>> for Result<Response, Problem> {
    fn from(outcome: Outcome<Response>) -> Self {
        match outcome {
            Outcome::Ok(response) => Ok(response),
            Outcome::Problem(problem) => Err(problem),
        }
    }
}
