//! A small HTTP server that answers as it is told, path by path, and remembers what it was asked.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// One answer.
#[derive(Clone)]
pub(crate) enum Reply {
    Json(u16, Value),
    Raw {
        status: u16,
        content_type: &'static str,
        body: String,
    },
    /// The connection is closed with no answer.
    HangUp,
    /// The answer is given when the notification comes.
    Held(Arc<Notify>, Box<Reply>),
}

impl Reply {
    pub(crate) fn ok(body: Value) -> Self {
        Self::Json(200, body)
    }

    pub(crate) fn error(code: &str) -> Self {
        Self::Json(400, serde_json::json!({ "error": code }))
    }

    pub(crate) fn html(status: u16) -> Self {
        Self::Raw {
            status,
            content_type: "text/html",
            body: "<h1>Welcome to the guest network</h1>".to_owned(),
        }
    }

    pub(crate) fn held(self) -> (Self, Arc<Notify>) {
        let release = Arc::new(Notify::new());
        (Self::Held(release.clone(), Box::new(self)), release)
    }
}

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) form: HashMap<String, String>,
    pub(crate) authorization: Option<String>,
}

/// What happened, in order, at the provider and in the store.
pub(crate) type Journal = Arc<Mutex<Vec<String>>>;

#[derive(Default)]
struct Script {
    replies: HashMap<String, VecDeque<Reply>>,
    asked: Vec<Asked>,
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) journal: Journal,
    script: Arc<Mutex<Script>>,
    heard: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (script, heard, journal) = (Arc::default(), Arc::new(Notify::new()), Journal::default());
        let task = tokio::spawn(accept(listener, Arc::clone(&script), heard.clone(), journal.clone()));
        Self { address, journal, script, heard, task }
    }

    /// The answers of a path, in order; the last one stays.
    pub(crate) fn on(&self, path: &str, replies: impl IntoIterator<Item = Reply>) {
        let replies = replies.into_iter().collect();
        self.script.lock().unwrap().replies.insert(path.to_owned(), replies);
    }

    pub(crate) fn asked(&self, path: &str) -> Vec<Asked> {
        self.script.lock().unwrap().asked.iter().filter(|asked| asked.path == path).cloned().collect()
    }

    /// Waits until a path was asked so many times.
    pub(crate) async fn heard(&self, path: &str, times: usize) {
        while self.asked(path).len() < times {
            self.heard.notified().await;
        }
    }

    /// Connections are refused from here on.
    pub(crate) async fn stop(&mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }

    /// Listens again, at the same address.
    pub(crate) async fn resume(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        let (script, heard, journal) = (self.script.clone(), self.heard.clone(), self.journal.clone());
        self.task = tokio::spawn(accept(listener, script, heard, journal));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, script: Arc<Mutex<Script>>, heard: Arc<Notify>, journal: Journal) {
    loop {
        let (stream, _): (TcpStream, _) = listener.accept().await.unwrap();
        let (script, heard, journal) = (script.clone(), heard.clone(), journal.clone());
        tokio::spawn(async move {
            let (read, mut write) = stream.into_split();
            let Some(asked) = read_request(read).await else { return };
            journal.lock().unwrap().push(describe(&asked));
            let reply = {
                let mut script = script.lock().unwrap();
                let reply = next(&mut script.replies, &asked.path);
                script.asked.push(asked);
                reply
            };
            heard.notify_one();
            write_reply(&mut write, reply).await;
        });
    }
}

fn describe(asked: &Asked) -> String {
    match (asked.form.get("grant_type"), asked.form.get("token")) {
        (Some(grant), _) => format!("{} {grant}", asked.path),
        (None, Some(token)) => format!("{} {token}", asked.path),
        (None, None) => asked.path.clone(),
    }
}

fn next(replies: &mut HashMap<String, VecDeque<Reply>>, path: &str) -> Reply {
    let nothing = Reply::Raw { status: 404, content_type: "text/plain", body: "nothing here".to_owned() };
    let Some(queue) = replies.get_mut(path) else { return nothing };
    if queue.len() > 1 { queue.pop_front().unwrap() } else { queue.front().cloned().unwrap_or(nothing) }
}

pub(crate) async fn read_request(stream: impl AsyncRead + Unpin) -> Option<Asked> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let (mut length, mut authorization) = (0, None);
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok()?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let form = url::form_urlencoded::parse(&body).into_owned().collect();
    Some(Asked { path, form, authorization })
}

pub(crate) async fn write_reply(stream: &mut (impl AsyncWrite + Unpin), reply: Reply) {
    let (status, content_type, body) = match reply {
        Reply::Json(status, body) => (status, "application/json; charset=utf-8", body.to_string()),
        Reply::Raw { status, content_type, body } => (status, content_type, body),
        Reply::HangUp => return,
        Reply::Held(release, reply) => {
            release.notified().await;
            return Box::pin(write_reply(stream, *reply)).await;
        }
    };
    let location = if (300..400).contains(&status) { "Location: /elsewhere\r\n" } else { "" };
    let content_type =
        if content_type.is_empty() { String::new() } else { format!("Content-Type: {content_type}\r\n") };
    let head = format!(
        "HTTP/1.1 {status} Scripted\r\n{location}{content_type}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that left is no failure of the server.
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(body.as_bytes()).await;
    let _ = stream.shutdown().await;
}
