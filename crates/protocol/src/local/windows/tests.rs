use std::io::{Read as _, Write as _};

use super::super::connect_to;
use super::*;
use crate::program::{Program, Programs, of_peer};

fn paths(directory: &Path) -> Paths {
    let runtime = directory.join("run");
    Paths { data: directory.into(), config: directory.into(), state: directory.into(), runtime }
}

fn this_program() -> Programs {
    Programs::at([std::env::current_exe().unwrap()])
}

#[test]
fn one_companion_listens_and_a_second_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    let _first = listen(&paths).unwrap();
    assert!(matches!(listen(&paths), Err(LocalError::AlreadyRunning)));
}

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
fn whoever_listens_and_is_not_lanyard_is_not_spoken_to() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    let _this_test = listen(&paths).unwrap();
    let nobody_here = Programs::at([directory.path().join("lanyard-companion.exe")]);
    assert!(matches!(connect_to(&paths, &nobody_here), Err(LocalError::ForeignProgram)));
}

#[test]
fn the_pipe_is_its_maker_s_and_lets_in_nobody_else() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    let _listener = listen(&paths).unwrap();
    let pipe = open_pipe(&pipe_name(&paths).unwrap()).unwrap();
    assert_eq!(Sid::of_owner(pipe.as_handle()).unwrap(), Sid::own().unwrap());
}

#[test]
fn nobody_there_is_not_running() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(super::super::connect(&paths(directory.path())), Err(LocalError::NotRunning)));
}
