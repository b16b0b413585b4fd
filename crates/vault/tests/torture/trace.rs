//! What a process did to files, as `strace -xx` wrote it down.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The calls that change files, folders, or what of them survives.
pub(crate) const CALLS: &str = "openat,creat,pwrite64,write,pwritev,writev,fsync,fdatasync,ftruncate,truncate,fallocate,lseek,link,\
     linkat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,close,dup,dup2,dup3";

/// One call that changed something.
#[derive(Debug)]
pub(crate) enum Call {
    /// Opened, and made if it was not there.
    Open {
        path: PathBuf,
        file: File,
        creates: bool,
        truncates: bool,
    },
    Write {
        file: File,
        at: Option<u64>,
        bytes: Vec<u8>,
    },
    Truncate {
        file: File,
        length: u64,
    },
    /// The next write without an offset comes there. What was read before it does not count: seek between.
    Seek {
        file: File,
        to: u64,
    },
    Sync {
        file: File,
    },
    /// The system said that it could not.
    FailedSync {
        file: File,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    MakeDir {
        path: PathBuf,
    },
}

/// One opening of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct File(usize);

/// The calls below a folder that succeeded, or failed to sync, in their order. A call that is not understood ends the test.
pub(crate) fn parse(log: &str, below: &Path) -> Vec<Call> {
    let mut open = HashMap::new();
    log.lines().enumerate().filter_map(|(number, line)| parse_line(line, number, below, &mut open)).collect()
}

fn parse_line(line: &str, number: usize, below: &Path, open: &mut HashMap<i64, File>) -> Option<Call> {
    assert!(!line.contains("<unfinished"), "two threads at once: {line}");
    let (_, call) = line.split_once(' ')?;
    let (name, rest) = call.trim_start().split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let result: i64 = result.split([' ', '<']).next()?.parse().ok()?;
    if result < 0 && !matches!(name, "fsync" | "fdatasync") {
        return None;
    }
    let arguments: Vec<&str> = arguments.trim_end().trim_end_matches(')').split(", ").collect();
    let descriptor = || arguments[0].parse::<i64>().expect("a descriptor");
    let file = |open: &HashMap<i64, File>| open.get(&descriptor()).copied();
    let path = |at: usize| Some(text(arguments[at])).filter(|path| path.starts_with(below));
    match name {
        "openat" => {
            let (path, flags) = (path(1), arguments[2]);
            let file = File(number);
            open.remove(&result);
            let path = path?;
            open.insert(result, file);
            let (creates, truncates) = (flags.contains("O_CREAT"), flags.contains("O_TRUNC"));
            Some(Call::Open { path, file, creates, truncates })
        }
        "close" => {
            open.remove(&descriptor());
            None
        }
        "pwrite64" | "write" => {
            let file = file(open)?;
            let mut bytes = unescape(arguments[1]);
            // A call may write a part.
            bytes.truncate(usize::try_from(result).expect("a length"));
            let at = arguments.get(3).map(|at| at.parse().expect("an offset"));
            Some(Call::Write { file, at, bytes })
        }
        "ftruncate" => {
            Some(Call::Truncate { file: file(open)?, length: arguments[1].parse().expect("a length") })
        }
        "lseek" => Some(Call::Seek { file: file(open)?, to: result.try_into().expect("an offset") }),
        "fsync" | "fdatasync" if result < 0 => Some(Call::FailedSync { file: file(open)? }),
        "fsync" | "fdatasync" => Some(Call::Sync { file: file(open)? }),
        "link" => Some(Call::Link { from: path(0)?, to: path(1)? }),
        "linkat" => Some(Call::Link { from: path(1)?, to: path(3)? }),
        "rename" => Some(Call::Rename { from: path(0)?, to: path(1)? }),
        "unlink" => Some(Call::Unlink { path: path(0)? }),
        "mkdir" => Some(Call::MakeDir { path: path(0)? }),
        other => panic!("the disk of the test does not know `{other}`: {line}"),
    }
}

fn text(quoted: &str) -> PathBuf {
    PathBuf::from(String::from_utf8(unescape(quoted)).expect("paths of the test are plain"))
}

/// `"\x61\x62"` as bytes; everything is written so.
fn unescape(quoted: &str) -> Vec<u8> {
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inner = inner.unwrap_or_else(|| panic!("it was cut off: {}", &quoted[..quoted.len().min(80)]));
    inner
        .split("\\x")
        .skip(1)
        .map(|hex| u8::from_str_radix(hex, 16).expect("two hexadecimal digits"))
        .collect()
}
