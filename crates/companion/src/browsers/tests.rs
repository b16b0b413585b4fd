use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

/// A person's home with a host program, and nothing else.
struct Home {
    folder: tempfile::TempDir,
    host: PathBuf,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = folder.path().join("lanyard-native-host");
        fs::write(&host, "").unwrap();
        Self { folder, host }
    }

    fn with(directories: &[&str]) -> Self {
        let home = Self::new();
        for directory in directories {
            fs::create_dir_all(home.folder.path().join(directory)).unwrap();
        }
        home
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn find(&self) -> Vec<Found> {
        let home = self.folder.path().to_owned();
        let places = Places {
            config: home.join(".config"),
            state: home.join(".local/state/lanyard"),
            path: vec![home.join("bin")],
            home,
        };
        find_in(&places, &self.host)
    }

    fn only(&self) -> Found {
        let mut found = self.find();
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    fn install(&self) -> Result<(), InstallError> {
        install(&self.only(), &self.host)
    }
}

const CHROMIUM: &str = ".config/chromium";
const MANIFEST: &str = ".config/chromium/NativeMessagingHosts/lanyard.native_host.json";

#[test]
fn browsers_that_are_not_here_are_not_found_and_get_nothing() {
    let home = Home::new();
    assert!(home.find().is_empty());
    assert!(!home.path(".config").exists() && !home.path(".mozilla").exists());
}

#[test]
fn every_browser_has_a_manifest_of_its_own_kind_in_a_directory_of_its_own() {
    let home = Home::with(&[
        CHROMIUM,
        ".config/google-chrome",
        ".config/microsoft-edge",
        ".config/BraveSoftware/Brave-Browser",
        ".config/vivaldi",
        ".mozilla",
        ".librewolf",
    ]);
    for found in home.find() {
        assert_eq!(found.state, ManifestState::Missing, "{}", found.name);
        install(&found, &home.host).unwrap();
        let text = fs::read_to_string(&found.manifest).unwrap();
        let (own, other) = match found.family {
            Family::Chromium => ("allowed_origins", "allowed_extensions"),
            Family::Firefox => ("allowed_extensions", "allowed_origins"),
        };
        assert!(text.contains(own) && !text.contains(other), "{text}");
    }
    assert_eq!(home.find().len(), 7);
    assert!(home.find().iter().all(|found| found.state == ManifestState::Installed));
}

#[test]
fn a_program_on_the_path_is_a_browser_that_was_not_used_yet() {
    let home = Home::with(&["bin"]);
    fs::write(home.path("bin/vivaldi-stable"), "").unwrap();
    assert_eq!(home.only().name, "Vivaldi");
}

#[test]
fn one_of_ours_that_is_out_of_date_is_replaced_and_removed_on_request() {
    let home = Home::with(&[CHROMIUM]);
    home.install().unwrap();
    let text = fs::read_to_string(home.path(MANIFEST)).unwrap();
    let old = text.replace(home.host.to_str().unwrap(), "/old/lanyard-native-host");
    fs::write(home.path(MANIFEST), old).unwrap();
    assert_eq!(home.only().state, ManifestState::Outdated);
    home.install().unwrap();
    assert_eq!(home.only().state, ManifestState::Installed);
    uninstall(&home.only()).unwrap();
    assert_eq!(home.only().state, ManifestState::Missing);
    uninstall(&home.only()).unwrap();
}

#[test]
fn what_the_person_had_removed_stays_away_until_they_ask() {
    let home = Home::with(&[CHROMIUM]);
    put_right(&home.only(), &home.host).unwrap();
    uninstall(&home.only()).unwrap();
    put_right(&home.only(), &home.host).unwrap();
    assert_eq!(home.only().state, ManifestState::Missing);
    home.install().unwrap();
    assert_eq!(home.only().state, ManifestState::Installed);
    fs::remove_file(home.path(MANIFEST)).unwrap();
    put_right(&home.only(), &home.host).unwrap();
    assert_eq!(home.only().state, ManifestState::Installed, "lost, not removed on request");
}

#[test]
fn a_strangers_file_is_left_alone() {
    let home = Home::with(&[".config/chromium/NativeMessagingHosts"]);
    for stranger in ["{}", r#"{"name":"lanyard.native_host","path":"/opt/stranger"}"#, "not json"] {
        fs::write(home.path(MANIFEST), stranger).unwrap();
        assert!(matches!(home.install(), Err(InstallError::Foreign(_))));
        assert!(matches!(uninstall(&home.only()), Err(InstallError::Foreign(_))));
        assert_eq!(fs::read_to_string(home.path(MANIFEST)).unwrap(), stranger);
    }
}

#[test]
fn nothing_is_written_through_a_link() {
    let home = Home::with(&[".config/chromium/NativeMessagingHosts", "elsewhere"]);
    fs::write(home.path("elsewhere/file"), "theirs").unwrap();
    symlink(home.path("elsewhere/file"), home.path(MANIFEST)).unwrap();
    assert!(matches!(home.install(), Err(InstallError::Foreign(_))));
    assert_eq!(fs::read_to_string(home.path("elsewhere/file")).unwrap(), "theirs");

    let home = Home::with(&[CHROMIUM, "elsewhere"]);
    symlink(home.path("elsewhere"), home.path(".config/chromium/NativeMessagingHosts")).unwrap();
    assert!(matches!(home.install(), Err(InstallError::Foreign(_))));
    assert_eq!(fs::read_dir(home.path("elsewhere")).unwrap().count(), 0);
}

#[test]
fn a_browser_in_a_sandbox_is_found_and_said() {
    let home = Home::with(&["snap/firefox", ".var/app/com.google.Chrome"]);
    let found = home.find();
    assert_eq!(found.len(), 2);
    for found in found {
        assert_eq!(found.state, ManifestState::Sandboxed);
        assert!(matches!(install(&found, &home.host), Err(InstallError::Sandboxed(_))));
        assert!(!found.manifest.exists());
    }
}

#[test]
fn without_the_host_nothing_is_written() {
    let home = Home::with(&[CHROMIUM]);
    fs::remove_file(&home.host).unwrap();
    assert!(matches!(home.install(), Err(InstallError::NoHost(_))));
    assert!(!home.path(MANIFEST).exists());
}

#[test]
fn a_profile_that_cannot_be_written_to_is_named() {
    let home = Home::with(&[CHROMIUM]);
    // A file where the folder belongs: root, too, cannot write through that.
    fs::write(home.path(".config/chromium/NativeMessagingHosts"), "").unwrap();
    fs::set_permissions(home.path(CHROMIUM), fs::Permissions::from_mode(0o500)).unwrap();
    let refused = home.install().unwrap_err();
    fs::set_permissions(home.path(CHROMIUM), fs::Permissions::from_mode(0o700)).unwrap();
    assert!(
        matches!(&refused, InstallError::Io { path, .. } | InstallError::Foreign(path) if path.starts_with(home.path(CHROMIUM)))
    );
    assert!(!refused.hint().is_empty());
}
