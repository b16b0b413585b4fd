//! Keeps secrets out of crash dumps and away from debuggers of the same user.
//!
//! Whoever holds the right to debug any process, as root and administrators do, still reads this one's memory.

use std::io;

/// No dumps of this process, and no reading of its memory by others of the same user.
#[cfg(target_os = "linux")]
pub fn harden() -> io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    no_core_dumps()?;
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

/// No dumps of this process, and no debugger that attaches to it. What keeps others from its memory is the hardened runtime
/// that it is signed with.
#[cfg(target_os = "macos")]
pub fn harden() -> io::Result<()> {
    no_core_dumps()?;
    deny_debuggers()
}

/// No memory in crash reports, and no reading of it by others of the same user.
#[cfg(windows)]
pub fn harden() -> io::Result<()> {
    use crate::windows::{Sid, report_no_memory, restrict_this_process};
    report_no_memory()?;
    // Another process of the same user may end this one, wait for its end, and ask which file it runs. The first entry is
    // for the owner ("owner rights"), who could give itself more otherwise.
    restrict_this_process(&format!("D:P(A;;{ENOUGH};;;OW)(A;;{ENOUGH};;;{})", Sid::own()?))
}

/// `PROCESS_TERMINATE`, `PROCESS_QUERY_LIMITED_INFORMATION` and `SYNCHRONIZE`.
#[cfg(windows)]
const ENOUGH: &str = "0x101001";

/// No file with this process's memory when it crashes.
#[cfg(unix)]
pub fn no_core_dumps() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?)
}

#[cfg(target_os = "macos")]
#[expect(unsafe_code, reason = "the one request of ptrace(2) that touches no memory")]
fn deny_debuggers() -> io::Result<()> {
    // SAFETY: the address and the data are not looked at.
    if unsafe { libc::ptrace(libc::PT_DENY_ATTACH, 0, std::ptr::null_mut(), 0) } == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

#[cfg(test)]
#[cfg(windows)]
mod tests {
    use windows_sys::Win32::System::Threading::{PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_VM_READ};

    use super::*;
    use crate::windows::open_process_for;

    #[test]
    fn a_hardened_process_tells_which_file_it_runs_and_keeps_its_memory() {
        let this = std::process::id();
        open_process_for(PROCESS_VM_READ, this).unwrap();
        harden().unwrap();
        open_process_for(PROCESS_QUERY_LIMITED_INFORMATION, this).unwrap();
        assert!(open_process_for(PROCESS_VM_READ, this).is_err());
    }
}
