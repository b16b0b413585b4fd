//! A disk whose power can be cut: it knows what was synced and what a cut may lose or tear.
//!
//! What was written to a file is safe once the file was synced, a name once its folder was. Of the rest each sector of
//! 512 bytes may be there or not, in any order; the names of one folder come in their order. That is less than the usual
//! file systems promise. Where syncing failed, what was not synced is there or not once and for all: Linux takes it for
//! written, and a later sync that succeeds says nothing of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::random::Random;
use crate::trace::{Call, File};

const SECTOR: usize = 512;

pub(crate) struct Disk {
    root: PathBuf,
    nodes: Vec<Node>,
    /// Names as the processes see them.
    names: BTreeMap<PathBuf, usize>,
    /// Names as the next start is sure to see them.
    synced_names: BTreeMap<PathBuf, usize>,
    /// What happened to names since then.
    pending: Vec<NameChange>,
    open: HashMap<File, (usize, u64)>,
}

enum Node {
    Dir,
    File { synced: Vec<u8>, pending: Vec<Change> },
}

enum Change {
    Write(u64, Vec<u8>),
    Truncate(u64),
}

struct NameChange {
    path: PathBuf,
    /// None where the name was removed.
    node: Option<usize>,
}

/// How much of what was not synced a cut leaves.
#[derive(Clone, Copy)]
enum Left {
    All,
    Nothing,
    /// So many changes of a file, and a part of the next.
    First(usize),
    Some,
}

impl Disk {
    /// The files below a folder, all of them synced.
    pub(crate) fn read(root: &Path) -> Self {
        let mut disk = Self {
            root: root.into(),
            nodes: vec![Node::Dir],
            names: BTreeMap::from([(root.into(), 0)]),
            synced_names: BTreeMap::new(),
            pending: Vec::new(),
            open: HashMap::new(),
        };
        disk.read_dir(root);
        disk.synced_names.clone_from(&disk.names);
        disk
    }

    fn read_dir(&mut self, dir: &Path) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let node = if path.is_dir() {
                Node::Dir
            } else {
                Node::File { synced: fs::read(&path).unwrap(), pending: Vec::new() }
            };
            self.nodes.push(node);
            self.names.insert(path.clone(), self.nodes.len() - 1);
            if path.is_dir() {
                self.read_dir(&path);
            }
        }
    }

    /// Does what a process did.
    pub(crate) fn follow(&mut self, call: Call, random: &mut Random) {
        match call {
            Call::Open { path, file, creates, truncates } => self.open_file(path, file, creates, truncates),
            Call::Write { file, at, bytes } => {
                let (node, position) = self.open.get_mut(&file).unwrap();
                let offset = at.unwrap_or(*position);
                *position = offset + u64::try_from(bytes.len()).unwrap();
                let node = *node;
                self.change(node, Change::Write(offset, bytes));
            }
            Call::Seek { file, to } => self.open.get_mut(&file).unwrap().1 = to,
            Call::Truncate { file, length } => self.change(self.open[&file].0, Change::Truncate(length)),
            Call::Sync { file } => self.sync(self.open[&file].0),
            Call::FailedSync { file } => self.fail_to_sync(self.open[&file].0, random),
            Call::Link { from, to } => self.name(to, Some(self.names[&from])),
            Call::Rename { from, to } => {
                self.name(to, Some(self.names[&from]));
                self.name(from, None);
            }
            Call::Unlink { path } => self.name(path, None),
            Call::MakeDir { path } => {
                self.nodes.push(Node::Dir);
                self.name(path, Some(self.nodes.len() - 1));
            }
        }
    }

    /// Writes what a cut at this moment may leave to another folder.
    pub(crate) fn cut(&self, random: &mut Random, to: &Path) {
        let mut names = self.synced_names.clone();
        let mut stopped = BTreeSet::new();
        let left = *random.one_of(&[Left::All, Left::Nothing, Left::Some]);
        for change in &self.pending {
            let dir = change.path.parent().unwrap();
            let kept = match left {
                Left::All => true,
                Left::Nothing => false,
                Left::Some | Left::First(_) => !stopped.contains(dir) && !random.once_in(3),
            };
            if kept {
                set(&mut names, &change.path, change.node);
            } else {
                stopped.insert(dir);
            }
        }
        let left = match random.below(4) {
            0 => Left::All,
            1 => Left::Nothing,
            2 => Left::First(random.below(6)),
            _ => Left::Some,
        };
        // A folder comes before what is in it.
        for (path, node) in &names {
            let target = to.join(path.strip_prefix(&self.root).unwrap());
            if !target.parent().unwrap().is_dir() {
                continue;
            }
            match &self.nodes[*node] {
                Node::Dir => make_private_dir(&target),
                Node::File { synced, pending } => {
                    fs::write(&target, torn(synced, pending, left, random)).unwrap();
                    fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
                }
            }
        }
    }

    fn open_file(&mut self, path: PathBuf, file: File, creates: bool, truncates: bool) {
        let node = match self.names.get(&path) {
            Some(node) => *node,
            None if creates => {
                self.nodes.push(Node::File { synced: Vec::new(), pending: Vec::new() });
                self.name(path, Some(self.nodes.len() - 1));
                self.nodes.len() - 1
            }
            None => panic!("{} was opened and never made", path.display()),
        };
        self.open.insert(file, (node, 0));
        if truncates {
            self.change(node, Change::Truncate(0));
        }
    }

    fn change(&mut self, node: usize, change: Change) {
        match &mut self.nodes[node] {
            Node::File { pending, .. } => pending.push(change),
            Node::Dir => panic!("a folder is not written to"),
        }
    }

    fn sync(&mut self, node: usize) {
        match &mut self.nodes[node] {
            Node::File { synced, pending } => {
                for change in pending.drain(..) {
                    change.apply(synced, |_| true);
                }
            }
            Node::Dir => {
                let dir = self.names.iter().find(|(_, other)| **other == node).unwrap().0.clone();
                let (safe, rest) = std::mem::take(&mut self.pending)
                    .into_iter()
                    .partition(|it| it.path.parent() == Some(&dir));
                self.pending = rest;
                let safe: Vec<NameChange> = safe;
                for change in safe {
                    set(&mut self.synced_names, &change.path, change.node);
                }
            }
        }
    }

    fn fail_to_sync(&mut self, node: usize, random: &mut Random) {
        // The names of a folder are in the journal of the file system, which does not forget them.
        if let Node::File { synced, pending } = &mut self.nodes[node] {
            for change in pending.drain(..) {
                change.apply(synced, |_| random.once_in(2));
            }
        }
    }

    fn name(&mut self, path: PathBuf, node: Option<usize>) {
        set(&mut self.names, &path, node);
        self.pending.push(NameChange { path, node });
    }
}

impl Change {
    /// Applies those sectors of the change that are `kept`.
    fn apply(&self, bytes: &mut Vec<u8>, mut kept: impl FnMut(usize) -> bool) {
        match self {
            Self::Truncate(length) => {
                if kept(0) {
                    bytes.resize(usize::try_from(*length).unwrap(), 0);
                }
            }
            Self::Write(offset, new) => {
                let mut at = usize::try_from(*offset).unwrap();
                let mut rest = &new[..];
                while !rest.is_empty() {
                    let (part, after) = rest.split_at(rest.len().min(SECTOR - at % SECTOR));
                    if kept(at / SECTOR) {
                        bytes.resize(bytes.len().max(at + part.len()), 0);
                        bytes[at..at + part.len()].copy_from_slice(part);
                    }
                    (at, rest) = (at + part.len(), after);
                }
            }
        }
    }
}

fn torn(synced: &[u8], pending: &[Change], left: Left, random: &mut Random) -> Vec<u8> {
    let mut bytes = synced.to_vec();
    for (number, change) in pending.iter().enumerate() {
        match left {
            Left::All => change.apply(&mut bytes, |_| true),
            Left::First(count) if number < count => change.apply(&mut bytes, |_| true),
            Left::First(count) if number == count => {
                let mut torn = false;
                change.apply(&mut bytes, |_| {
                    torn |= random.once_in(4);
                    !torn
                });
            }
            Left::First(_) | Left::Nothing => {}
            Left::Some => change.apply(&mut bytes, |_| !random.once_in(3)),
        }
    }
    bytes
}

fn set(names: &mut BTreeMap<PathBuf, usize>, path: &Path, node: Option<usize>) {
    match node {
        Some(node) => _ = names.insert(path.into(), node),
        None => _ = names.remove(path),
    }
}

pub(crate) fn make_private_dir(path: &Path) {
    fs::create_dir_all(path).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn what_was_synced_is_kept_and_what_was_not_can_be_lost_or_torn() {
    let place = tempfile::tempdir().unwrap();
    let (root, target) = (place.path().join("root"), place.path().join("cut"));
    make_private_dir(&root);
    let path = root.join("file");
    let log = format!(
        "1 openat(AT_FDCWD, \"{0}\", O_RDWR|O_CREAT, 0600) = 3\n1 pwrite64(3, \"{1}\", 4, 0) = 4\n1 fsync(3) = 0\n\
         1 openat(AT_FDCWD, \"{2}\", O_RDONLY) = 4\n1 fsync(4) = 0\n1 pwrite64(3, \"{3}\", 1024, 0) = 1024\n",
        hex(path.to_str().unwrap().as_bytes()),
        hex(b"safe"),
        hex(root.to_str().unwrap().as_bytes()),
        hex(&[b'x'; 1024]),
    );
    let mut disk = Disk::read(&root);
    let mut random = Random::from_seed(1);
    for call in crate::trace::parse(&log, &root) {
        disk.follow(call, &mut random);
    }
    let mut found = BTreeSet::new();
    for _ in 0..100 {
        make_private_dir(&target);
        disk.cut(&mut random, &target);
        let bytes = fs::read(target.join("file")).unwrap();
        found.insert(bytes.chunks(SECTOR).map(|sector| sector[0]).collect::<Vec<u8>>());
        fs::remove_dir_all(&target).unwrap();
    }
    let expected: [&[u8]; 4] = [b"s", b"sx", b"x", b"xx"];
    assert_eq!(found, expected.map(<[u8]>::to_vec).into());
}

#[cfg(test)]
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("\\x{byte:02x}"))
}
