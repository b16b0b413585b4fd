//! What Windows says of processes and pipes, and what it is told about this one.

#![expect(
    unsafe_code,
    reason = "the calls of Windows; each block gives them what they ask for, and owns what they return"
)]

use std::ffi::{OsString, c_void};
use std::fmt;
use std::io;
use std::os::windows::ffi::OsStringExt as _;
use std::os::windows::io::{AsRawHandle as _, BorrowedHandle, FromRawHandle as _, OwnedHandle};
use std::path::PathBuf;
use std::ptr;

use widestring::{U16CStr, U16CString};
use windows_sys::Win32::Foundation::{ERROR_SUCCESS, HLOCAL, LocalFree};
use windows_sys::Win32::Security::Authorization::{
    ConvertSidToStringSidW, ConvertStringSecurityDescriptorToSecurityDescriptorW, GetSecurityInfo,
    SDDL_REVISION_1, SE_KERNEL_OBJECT,
};
use windows_sys::Win32::Security::{
    DACL_SECURITY_INFORMATION, GetTokenInformation, OWNER_SECURITY_INFORMATION,
    PROTECTED_DACL_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR, PSID, SetKernelObjectSecurity, TOKEN_QUERY,
    TOKEN_USER, TokenUser,
};
use windows_sys::Win32::System::Diagnostics::Debug::{
    SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SetErrorMode,
};
use windows_sys::Win32::System::ErrorReporting::{WER_FAULT_REPORTING_FLAG_NOHEAP, WerSetFlags};
use windows_sys::Win32::System::RemoteDesktop::ProcessIdToSessionId;
use windows_sys::Win32::System::Threading::{
    GetCurrentProcess, GetCurrentProcessId, OpenProcess, OpenProcessToken, PROCESS_ACCESS_RIGHTS,
    PROCESS_NAME_WIN32, PROCESS_QUERY_LIMITED_INFORMATION, QueryFullProcessImageNameW,
};

/// Longest path that Windows knows.
const LONGEST_PATH: usize = 32_768;

/// A security identifier as text: `S-1-5-21-…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sid(String);

impl Sid {
    /// The user's who runs this process.
    pub(crate) fn own() -> io::Result<Self> {
        // SAFETY: a handle that stands for this process; it needs no closing.
        Self::of_process(unsafe { BorrowedHandle::borrow_raw(GetCurrentProcess()) })
    }

    /// The user's who runs a process.
    pub(crate) fn of_process(process: BorrowedHandle<'_>) -> io::Result<Self> {
        let mut token = ptr::null_mut();
        // SAFETY: the handle is open, and `token` has room for one.
        succeeded(unsafe { OpenProcessToken(process.as_raw_handle(), TOKEN_QUERY, &raw mut token) })?;
        // SAFETY: it was opened just now, for us alone.
        let token = unsafe { OwnedHandle::from_raw_handle(token) };
        let mut size = 0;
        // SAFETY: without room it tells how much it needs, and fails.
        unsafe { GetTokenInformation(token.as_raw_handle(), TokenUser, ptr::null_mut(), 0, &raw mut size) };
        // Of a type that is aligned as what is written there.
        let mut user = vec![0_u64; (size as usize).div_ceil(size_of::<u64>())];
        // SAFETY: `user` has room for `size` bytes.
        succeeded(unsafe {
            GetTokenInformation(
                token.as_raw_handle(),
                TokenUser,
                user.as_mut_ptr().cast(),
                size,
                &raw mut size,
            )
        })?;
        // SAFETY: it was filled with a TOKEN_USER, whose SID lies in the same buffer.
        Self::from_raw(unsafe { (*user.as_ptr().cast::<TOKEN_USER>()).User.Sid })
    }

    /// The owner's of a pipe.
    pub(crate) fn of_owner(pipe: BorrowedHandle<'_>) -> io::Result<Self> {
        let (mut owner, mut descriptor) = (ptr::null_mut(), ptr::null_mut());
        // SAFETY: the handle is open; the two have room for one pointer each, and nothing else is asked for.
        let error = unsafe {
            GetSecurityInfo(
                pipe.as_raw_handle(),
                SE_KERNEL_OBJECT,
                OWNER_SECURITY_INFORMATION,
                &raw mut owner,
                ptr::null_mut(),
                ptr::null_mut(),
                ptr::null_mut(),
                &raw mut descriptor,
            )
        };
        if error != ERROR_SUCCESS {
            return Err(io::Error::from_raw_os_error(error.cast_signed()));
        }
        let _descriptor = Allocated(descriptor);
        Self::from_raw(owner)
    }

    fn from_raw(sid: PSID) -> io::Result<Self> {
        let mut text = ptr::null_mut();
        // SAFETY: `sid` is one, and `text` has room for a pointer.
        succeeded(unsafe { ConvertSidToStringSidW(sid, &raw mut text) })?;
        let _text = Allocated(text.cast());
        // SAFETY: it ends with a zero.
        let text = unsafe { U16CStr::from_ptr_str(text) };
        text.to_string().map(Self).map_err(io::Error::other)
    }
}

impl fmt::Display for Sid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Opens a process to ask who runs it, and which file.
pub(crate) fn open_process(process: u32) -> io::Result<OwnedHandle> {
    open_process_for(PROCESS_QUERY_LIMITED_INFORMATION, process)
}

/// The same, with these rights.
pub(crate) fn open_process_for(rights: PROCESS_ACCESS_RIGHTS, process: u32) -> io::Result<OwnedHandle> {
    // SAFETY: no memory is involved.
    let handle = unsafe { OpenProcess(rights, 0, process) };
    if handle.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it was opened just now, for us alone.
    Ok(unsafe { OwnedHandle::from_raw_handle(handle) })
}

/// The file that a process runs.
pub(crate) fn image_of(process: BorrowedHandle<'_>) -> io::Result<PathBuf> {
    let mut path = vec![0_u16; LONGEST_PATH];
    let mut length = u32::try_from(path.len()).map_err(io::Error::other)?;
    // SAFETY: the handle is open, and `path` has room for `length` units.
    succeeded(unsafe {
        QueryFullProcessImageNameW(
            process.as_raw_handle(),
            PROCESS_NAME_WIN32,
            path.as_mut_ptr(),
            &raw mut length,
        )
    })?;
    path.truncate(length as usize);
    Ok(OsString::from_wide(&path).into())
}

/// The session of the desktop that this process belongs to: two people can be signed in at once, and one person twice.
pub(crate) fn own_session() -> io::Result<u32> {
    let mut session = 0;
    // SAFETY: `session` has room for the answer.
    succeeded(unsafe { ProcessIdToSessionId(GetCurrentProcessId(), &raw mut session) })?;
    Ok(session)
}

/// Lets others do with this process only what a descriptor says.
///
/// `descriptor` is in the security descriptor definition language.
pub(crate) fn restrict_this_process(descriptor: &str) -> io::Result<()> {
    let text = U16CString::from_str(descriptor).map_err(io::Error::other)?;
    let mut binary: PSECURITY_DESCRIPTOR = ptr::null_mut();
    // SAFETY: the text ends with a zero, and `binary` has room for a pointer.
    succeeded(unsafe {
        ConvertStringSecurityDescriptorToSecurityDescriptorW(
            text.as_ptr(),
            SDDL_REVISION_1,
            &raw mut binary,
            ptr::null_mut(),
        )
    })?;
    let binary = Allocated(binary);
    let what = DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION;
    // SAFETY: the descriptor was made just now.
    succeeded(unsafe { SetKernelObjectSecurity(GetCurrentProcess(), what, binary.0) })
}

/// Keeps this process's memory out of the reports that Windows makes of a crash.
pub(crate) fn report_no_memory() -> io::Result<()> {
    // SAFETY: neither takes memory.
    unsafe { SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX) };
    // SAFETY: as above.
    let result = unsafe { WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP) };
    if result < 0 { Err(io::Error::from_raw_os_error(result)) } else { Ok(()) }
}

fn succeeded(done: i32) -> io::Result<()> {
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// What Windows allocated for us, to be given back.
struct Allocated(*mut c_void);

impl Drop for Allocated {
    fn drop(&mut self) {
        // SAFETY: it came from a call that says that it is freed with this one, and only here.
        unsafe { LocalFree(self.0 as HLOCAL) };
    }
}
