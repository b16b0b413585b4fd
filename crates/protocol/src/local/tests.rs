//! What holds on every system.

use std::path::Path;

use super::*;

pub(super) fn paths(directory: &Path) -> Paths {
    let runtime = directory.join("run");
    Paths { data: directory.into(), config: directory.into(), state: directory.into(), runtime }
}

pub(super) fn this_program() -> Programs {
    Programs::at([std::env::current_exe().unwrap()])
}

#[test]
fn one_companion_listens_and_a_second_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    let _first = listen(&paths).unwrap();
    assert!(matches!(listen(&paths), Err(LocalError::AlreadyRunning)));
    connect_to(&paths, &this_program()).unwrap();
}

#[test]
fn whoever_listens_and_is_not_lanyard_is_not_spoken_to() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    let _this_test = listen(&paths).unwrap();
    assert!(matches!(connect(&paths), Err(LocalError::ForeignProgram)));
}

#[test]
fn nobody_there_is_not_running() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(connect(&paths(directory.path())), Err(LocalError::NotRunning)));
}
