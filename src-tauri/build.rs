//! Embeds what the window shows and what it may ask for.

use std::path::Path;

fn main() {
    assert!(
        Path::new("../ui/dist/index.html").exists(),
        "\nerror: the window's pages are not built\nhint: run `cargo xtask setup`, or `node ui/build.ts`\n"
    );
    println!("cargo::rerun-if-changed=../ui/dist");
    let commands = tauri_build::AppManifest::new().commands(&["request", "subscribe"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    tauri_build::try_build(attributes).expect("tauri.conf.json and capabilities/ are valid");
}
