use super::super::tests::{paths, this_program};
use super::super::{connect, connect_to};
use super::*;

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
