//! The file: begun, given one item after the other, finished; or gone.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use age::stream::StreamWriter;

use crate::cxf::{self, About, CLOSING, Item};
use crate::recipients::Recipients;

/// What `age` keeps of the plain text at a time.
const CHUNK: usize = 64 * 1024;

/// An export that is being written. One that is dropped before [`Export::finish`] leaves no file.
pub struct Export {
    path: PathBuf,
    to: Option<StreamWriter<File>>,
    items: u32,
    finished: bool,
}

impl Export {
    /// Makes the file, for its person alone; it must not exist. A passphrase takes half a second.
    pub fn begin(path: &Path, recipients: Recipients, about: &About) -> io::Result<Self> {
        let file = create(path)?;
        // From here on the file is ours to remove.
        let mut export = Self { path: path.to_owned(), to: None, items: 0, finished: false };
        let to = export.to.insert(recipients.into_encryptor().wrap_output(file)?);
        to.write_all(cxf::opening(about).as_bytes())?;
        Ok(export)
    }

    /// Writes one more.
    pub fn add(&mut self, item: &Item) -> io::Result<()> {
        let to = self.to.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        if self.items > 0 {
            to.write_all(b",")?;
        }
        item.write(to)?;
        self.items += 1;
        Ok(())
    }

    /// Ends the file. It is on the disk when this returns how many items it has.
    pub fn finish(mut self) -> io::Result<u32> {
        let mut to = self.to.take().ok_or(io::ErrorKind::BrokenPipe)?;
        to.write_all(CLOSING.as_bytes())?;
        cover(&mut to)?;
        to.finish()?.sync_all()?;
        sync_folder_of(&self.path)?;
        self.finished = true;
        Ok(self.items)
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        if let Some(to) = &mut self.to {
            cover(to).ok();
        }
        if !self.finished {
            fs::remove_file(&self.path).ok();
        }
    }
}

/// Has white space take the place of what the buffer holds.
fn cover(to: &mut StreamWriter<File>) -> io::Result<()> {
    // Twice: the first may only fill the buffer up.
    to.write_all(&vec![b' '; 2 * CHUNK])
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn sync_folder_of(path: &Path) -> io::Result<()> {
    // Elsewhere folders cannot be opened as files, and the file system does it.
    if cfg!(unix) { File::open(path.parent().unwrap_or(path))?.sync_all() } else { Ok(()) }
}
