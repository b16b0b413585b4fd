//! What the command prints, as a person sees it, where no companion runs. With one: `tests/e2e`.

#[test]
fn transcripts_are_as_they_stand() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let home = home.path().to_str().expect("a plain path");
    trycmd::TestCases::new()
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home)
        .env("XDG_DATA_HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("PATH", "")
        .case("tests/cmd/*.trycmd");
}
