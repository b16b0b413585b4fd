//! The package for Debian and its kin.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::About;
use super::tree::{self, Tree};
use crate::failure::{Failure, OrFail, Result};
use crate::run;

/// Packs a tree; returns the file.
pub(super) fn build(about: &About, tree: &Tree, out: &Path) -> Result<PathBuf> {
    let control = tree.root.join("DEBIAN");
    let (files, size) = (tree.files()?, installed_size(tree)?);
    let depends = depends(about, tree)?;
    let architecture = run::output(Command::new("dpkg").arg("--print-architecture"))?.trim().to_owned();
    fs::create_dir_all(&control).or_fail(&format!("make {}", control.display()))?;
    let write =
        |name: &str, text: &str| fs::write(control.join(name), text).or_fail(&format!("write {name}"));
    let fields = [
        ("@VERSION@", about.version),
        ("@ARCHITECTURE@", &architecture),
        ("@DEPENDS@", &depends),
        ("@SIZE@", &size),
    ];
    let filled = fields
        .iter()
        .fold(include_str!("files/control").to_owned(), |text, (from, to)| text.replace(from, to));
    write("control", &filled)?;
    // What an administrator changed in /etc stays theirs on an upgrade, and goes with a purge.
    let (conffiles, others): (Vec<PathBuf>, Vec<PathBuf>) =
        files.into_iter().partition(|path| path.starts_with("etc"));
    let listed: Vec<String> = conffiles.iter().map(|path| format!("/{}\n", path.display())).collect();
    write("conffiles", &listed.concat())?;
    write("md5sums", &md5sums(tree, &others)?)?;
    tree::settle(about, &control)?;

    let deb = out.join(format!("lanyard_{}_{architecture}.deb", about.version));
    let mut command = about.command("dpkg-deb");
    // One thread: the number of threads shows in the compressed bytes.
    command.args(["--root-owner-group", "-Zxz", "--threads-max=1", "--build"]).args([&tree.root, &deb]);
    run::output(&mut command)?;
    Ok(deb)
}

/// The libraries that the programs are linked with, as packages of the system that this runs on.
fn depends(about: &About, tree: &Tree) -> Result<String> {
    let scratch = about.work.join("shlibdeps");
    fs::create_dir_all(scratch.join("debian")).or_fail("make a folder for dpkg-shlibdeps")?;
    // It wants to be in a source package.
    fs::write(scratch.join("debian/control"), "Source: lanyard\n\nPackage: lanyard\nArchitecture: any\n")
        .or_fail("write a control file for dpkg-shlibdeps")?;
    let mut command = about.command("dpkg-shlibdeps");
    command.arg("-O").args(tree.programs().map(|program| {
        let mut option = std::ffi::OsString::from("-e");
        option.push(program);
        option
    }));
    let said = run::output(command.current_dir(&scratch))?;
    let found = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    found.map(|libraries| format!("{libraries}, ca-certificates, xdg-utils")).ok_or_else(|| {
        Failure::new(format!("dpkg-shlibdeps found no libraries: {said}"), "see what it says of the programs")
    })
}

/// In kibibytes, each file rounded up.
fn installed_size(tree: &Tree) -> Result<String> {
    let mut total = 0;
    for path in tree.files()? {
        let path = tree.root.join(path);
        total +=
            fs::symlink_metadata(&path).or_fail(&format!("read {}", path.display()))?.len().div_ceil(1024);
    }
    Ok(total.to_string())
}

fn md5sums(tree: &Tree, files: &[PathBuf]) -> Result<String> {
    let plain = files.iter().filter(|path| !tree.root.join(path).is_symlink());
    run::output(Command::new("md5sum").args(plain).current_dir(&tree.root))
}
