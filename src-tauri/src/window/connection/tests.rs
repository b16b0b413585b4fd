use std::sync::Arc;
use std::sync::mpsc;
use std::thread;

use lanyard_protocol::envelope::{Outcome, Reply};
use lanyard_protocol::window::Page;
use serde::Serialize;

use super::*;

#[test]
fn a_request_reaches_the_companion_with_its_id() {
    let (connection, companion, _reading) = connect(|_| {});
    connection.send(&Envelope { id: 7, request: Request::Lock {} }).unwrap();
    let received = receive(&companion);
    assert_eq!(received.id, 7);
    assert!(matches!(received.request, Request::Lock {}));
}

#[test]
fn a_request_above_the_limit_is_refused_and_not_sent() {
    let (connection, companion, _reading) = connect(|_| {});
    let request = Request::Apps { query: "x".repeat(MAX_REQUEST), limit: 1 };
    assert_eq!(connection.send(&Envelope { id: 1, request }).unwrap_err().code, Code::Invalid);
    connection.send(&Envelope { id: 2, request: Request::Lock {} }).unwrap();
    assert_eq!(receive(&companion).id, 2);
}

#[test]
fn replies_and_events_wait_for_a_listener_and_keep_their_order() {
    let (seen, shown) = mpsc::channel();
    let (connection, companion, _reading) = connect(move |message| seen.send(name(message)).unwrap());
    send(&companion, &event(Event::AppsChanged {}));
    send(&companion, &Incoming::Reply(Reply { id: 1, result: Outcome::Ok(Response::Done {}) }));
    assert_eq!(shown.iter().take(2).collect::<Vec<_>>(), ["apps_changed", "reply"]);

    let (heard, names) = mpsc::channel();
    connection.listen(move |message| heard.send(name(&message)).unwrap());
    send(&companion, &event(Event::Show { page: Page::Apps }));
    assert_eq!(names.iter().take(3).collect::<Vec<_>>(), ["apps_changed", "reply", "show"]);
}

#[test]
fn the_end_of_the_companion_is_the_end_of_reading_and_of_sending() {
    let (connection, companion, reading) = connect(|_| {});
    drop(companion);
    reading.join().unwrap().unwrap();
    let problem = connection.send(&Envelope { id: 1, request: Request::Lock {} }).unwrap_err();
    assert_eq!(problem.code, Code::Unavailable);
}

#[test]
fn an_unknown_message_ends_the_connection() {
    let (_connection, companion, reading) = connect(|_| {});
    send(&companion, &serde_json::json!({"event": {"reboot": {}}}));
    assert!(reading.join().unwrap().is_err());
}

#[test]
fn half_a_message_ends_the_connection() {
    let (_connection, mut companion, reading) = connect(|_| {});
    companion.write_all(&[9, 0, 0, 0, b'{']).unwrap();
    drop(companion);
    assert!(reading.join().unwrap().is_err());
}

type Reading = thread::JoinHandle<Result<(), Box<dyn Error + Send + Sync>>>;

fn connect(seen: impl Fn(&Incoming) + Send + 'static) -> (Arc<Connection>, UnixStream, Reading) {
    let (ours, companion) = UnixStream::pair().unwrap();
    let connection = Arc::new(Connection::new(ours.try_clone().unwrap()));
    let reader = Arc::clone(&connection);
    (connection, companion, thread::spawn(move || reader.read(ours, seen)))
}

fn receive(mut companion: &UnixStream) -> Envelope<Request> {
    let frame = framing::read_frame(&mut companion, MAX_REQUEST).unwrap().unwrap();
    serde_json::from_slice(&frame).unwrap()
}

fn send(mut companion: &UnixStream, message: &impl Serialize) {
    companion.write_all(&framing::encode(message)).unwrap();
}

fn event(event: Event) -> Incoming {
    Incoming::Event(event)
}

fn name(message: &Incoming) -> &'static str {
    match message {
        Message::Reply(_) => "reply",
        Message::Event(Event::State(_)) => "state",
        Message::Event(Event::AppsChanged {}) => "apps_changed",
        Message::Event(Event::ActivityAdded {}) => "activity_added",
        Message::Event(Event::Show { .. }) => "show",
    }
}
