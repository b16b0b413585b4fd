use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::path::Path;

use super::*;

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
    connect_to(&paths, &this_program()).unwrap();
}

#[test]
fn a_socket_left_behind_is_replaced() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    drop(listen(&paths).unwrap());
    assert!(matches!(connect(&paths), Err(LocalError::NotRunning)));
    let _second = listen(&paths).unwrap();
    connect_to(&paths, &this_program()).unwrap();
}

#[test]
fn a_folder_that_others_can_enter_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    drop(listen(&paths).unwrap());
    std::fs::set_permissions(&paths.runtime, Permissions::from_mode(0o755)).unwrap();
    assert!(matches!(listen(&paths), Err(LocalError::NotPrivate(_))));
    assert!(matches!(connect(&paths), Err(LocalError::NotPrivate(_))));
}

#[test]
fn a_folder_that_is_a_link_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    let elsewhere = directory.path().join("elsewhere");
    make_private(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &paths.runtime).unwrap();
    assert!(matches!(connect(&paths), Err(LocalError::NotPrivate(_))));
}

#[test]
fn a_socket_that_is_a_link_or_a_file_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    make_private(&paths.runtime).unwrap();
    let elsewhere = directory.path().join("elsewhere.sock");
    let _squatter = UnixListener::bind(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, paths.socket()).unwrap();
    assert!(matches!(connect(&paths), Err(LocalError::NotASocket(_))));
    // Whoever listens takes the name, not what the link leads to.
    let _companion = listen(&paths).unwrap();
    connect_to(&paths, &this_program()).unwrap();
    assert!(elsewhere.exists());
    std::fs::remove_file(paths.socket()).unwrap();
    std::fs::write(paths.socket(), "").unwrap();
    assert!(matches!(connect(&paths), Err(LocalError::NotASocket(_))));
}

#[test]
fn a_lock_that_is_a_link_is_refused_and_what_it_leads_to_stays_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    make_private(&paths.runtime).unwrap();
    let elsewhere = directory.path().join("elsewhere");
    std::os::unix::fs::symlink(&elsewhere, paths.lock()).unwrap();
    assert!(matches!(listen(&paths), Err(LocalError::Io { .. })));
    assert!(!elsewhere.exists());
}

#[test]
fn a_folder_that_is_a_file_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    std::fs::write(&paths.runtime, "").unwrap();
    assert!(listen(&paths).is_err());
    assert!(matches!(connect(&paths), Err(LocalError::NotPrivate(_))));
}

#[test]
#[ignore = "gives a folder away"]
fn root_only_a_folder_that_belongs_to_another_user_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let paths = paths(directory.path());
    drop(listen(&paths).unwrap());
    std::os::unix::fs::chown(&paths.runtime, Some(65534), Some(65534)).unwrap();
    assert!(matches!(listen(&paths), Err(LocalError::NotPrivate(_))));
    assert!(matches!(connect(&paths), Err(LocalError::NotPrivate(_))));
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
