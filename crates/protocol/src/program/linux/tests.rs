use std::env;
use std::io::Read as _;
use std::os::unix::net::UnixListener;
use std::process::{Child, Command, Stdio};

use super::super::Programs;
use super::*;

const CONNECT_TO: &str = "LANYARD_TEST_CONNECT_TO";

#[test]
fn the_program_at_the_other_end_is_the_file_that_it_runs() {
    let ours = Programs::at([env::current_exe().unwrap()]);
    for found in [of_peer(&own_pair().0), of_credentials(&own_pair().0)] {
        let Program::File(executable) = found.unwrap() else { panic!("hidden") };
        assert!(ours.contain(&executable));
        assert!(!Programs::beside_this(&["another"]).unwrap().contain(&executable));
    }
}

#[test]
fn a_copy_at_another_place_is_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let (genuine, copy) = (sleep_in(folder.path(), "genuine"), folder.path().join("copy"));
    fs::copy(&genuine, &copy).unwrap();
    let child = Ended::after(&copy);
    assert!(!Programs::at([genuine]).contain(&Executable::of(child.0.id()).unwrap()));
    assert!(Programs::at([copy]).contain(&Executable::of(child.0.id()).unwrap()));
}

#[test]
fn a_program_that_was_replaced_by_an_update_is_still_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = sleep_in(folder.path(), "host");
    let old = Ended::after(&path);
    fs::remove_file(&path).unwrap();
    sleep_in(folder.path(), "host");
    let new = Ended::after(&path);
    let installed = Programs::at([path]);
    assert!(installed.contain(&Executable::of(old.0.id()).unwrap()));
    assert!(installed.contain(&Executable::of(new.0.id()).unwrap()));
}

#[test]
fn a_file_that_calls_itself_deleted_is_not_the_one_that_was() {
    assert_eq!(split_deleted(Path::new("/x/host (deleted)"), 1), ("/x/host (deleted)".into(), false));
    assert_eq!(split_deleted(Path::new("/x/host (deleted)"), 0), ("/x/host".into(), true));
}

#[test]
fn a_process_that_has_ended_is_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let listener = UnixListener::bind(folder.path().join("socket")).unwrap();
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "program::linux::tests::connects_where_it_is_told_to"])
        .env(CONNECT_TO, folder.path().join("socket"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let (peer, _) = listener.accept().unwrap();
    assert!(matches!(of_peer(&peer).unwrap(), Program::File(_)));
    drop(child.stdin.take());
    child.wait().unwrap();
    assert!(of_peer(&peer).is_err());
    assert!(of_credentials(&peer).is_err());
}

/// Not a test: what the one above starts.
#[test]
fn connects_where_it_is_told_to() {
    let Some(path) = env::var_os(CONNECT_TO) else { return };
    let _connected = UnixStream::connect(path).unwrap();
    let _ = io::stdin().read(&mut [0]);
}

#[test]
fn when_a_process_began_is_read_past_a_name_with_brackets() {
    assert!(began(std::process::id()).unwrap() > 0);
    let folder = tempfile::tempdir().unwrap();
    let odd = Ended::after(&sleep_in(folder.path(), "a) b (c"));
    assert!(began(odd.0.id()).unwrap() >= began(std::process::id()).unwrap());
}

fn own_pair() -> (UnixStream, UnixStream) {
    UnixStream::pair().unwrap()
}

/// A program that does nothing for a while, with a name of its own.
fn sleep_in(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    fs::copy("/bin/sleep", &path).unwrap();
    path
}

/// Ends with the test.
struct Ended(Child);

impl Ended {
    fn after(program: &Path) -> Self {
        let child = Command::new(program).arg("60").spawn().unwrap();
        // It is the parent's program until it has begun to be its own.
        while fs::read_link(format!("/proc/{}/exe", child.id())).unwrap() == env::current_exe().unwrap() {
            std::thread::yield_now();
        }
        Self(child)
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
