//! The package for Fedora and its kin. rpm finds the libraries that it requires by itself.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::About;
use super::tree::Tree;
use crate::failure::{OrFail, Result};
use crate::run;

/// Packs a tree; returns the file.
pub(super) fn build(about: &About, tree: &Tree, out: &Path) -> Result<PathBuf> {
    let top = about.work.join("rpmbuild");
    fs::create_dir_all(&top).or_fail(&format!("make {}", top.display()))?;
    let spec = top.join("lanyard.spec");
    let filled = include_str!("files/lanyard.spec")
        .replace("@VERSION@", about.version)
        .replace("@TREE@", &tree.root.display().to_string())
        .replace("@FILES@", &listing(tree)?);
    fs::write(&spec, filled).or_fail("write lanyard.spec")?;
    let mut command = about.command("rpmbuild");
    command.args(["-bb", "--quiet", "--define"]).arg(format!("_topdir {}", top.display())).arg(&spec);
    run::logged("rpmbuild", &mut command)?;

    let name = format!("lanyard-{}-1.{}.rpm", about.version, std::env::consts::ARCH);
    let (built, rpm) = (top.join("RPMS").join(std::env::consts::ARCH).join(&name), out.join(&name));
    fs::copy(&built, &rpm).or_fail(&format!("copy {}", built.display()))?;
    Ok(rpm)
}

/// The section `%files`.
fn listing(tree: &Tree) -> Result<String> {
    let mut text = String::new();
    for path in tree.files()? {
        let kind = if path.starts_with("etc") { "%config(noreplace) " } else { "" };
        let _ = writeln!(text, "{kind}/{}", path.display());
    }
    for folder in
        ["/usr/lib/lanyard", "/usr/share/lanyard", "/usr/share/lanyard/extension", "/usr/share/doc/lanyard"]
    {
        let _ = writeln!(text, "%dir {folder}");
    }
    Ok(text)
}
