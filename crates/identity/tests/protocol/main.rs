//! The protocol, spoken with a provider on a loopback socket: scripted answers, real HTTP, really signed ID tokens.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod bench;
mod device;
mod discovery;
mod id_token;
mod keys;
mod own_process;
mod proxy;
mod refresh;
mod sign_out;
mod store;
mod tls;
mod wire;
