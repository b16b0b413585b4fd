use std::io::{Read as _, Write as _};

use super::super::connect_to;
use super::super::tests::{paths, this_program};
use super::*;
use crate::program::{Program, Programs, of_peer};

#[test]
fn both_ends_speak_at_once_and_see_who_the_other_is() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    let listener = listen(&paths).unwrap();
    let client = thread::spawn(move || {
        let stream = connect_to(&paths, &this_program()).unwrap();
        thread::scope(|scope| {
            // A reader that waits does not hold up a writer.
            let heard = scope.spawn(|| {
                let mut heard = [0];
                (&stream).read_exact(&mut heard).unwrap();
                heard
            });
            (&stream).write_all(b"?").unwrap();
            heard.join().unwrap()
        })
    });
    let peer = listener.socket.accept().unwrap();
    check_peer(&peer).unwrap();
    let Program::File(executable) = of_peer(&peer).unwrap() else { panic!("hidden") };
    assert!(this_program().contain(&executable));
    assert!(!Programs::beside_this(&["another"]).unwrap().contain(&executable));
    let mut asked = [0];
    (&peer).read_exact(&mut asked).unwrap();
    (&peer).write_all(b"!").unwrap();
    assert_eq!((asked, client.join().unwrap()), (*b"?", *b"!"));
}

#[test]
fn the_pipe_is_its_maker_s_and_lets_in_nobody_else() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    let _listener = listen(&paths).unwrap();
    let pipe = open_pipe(&pipe_name(&paths).unwrap()).unwrap();
    assert_eq!(Sid::of_owner(pipe.as_handle()).unwrap(), Sid::own().unwrap());
}
