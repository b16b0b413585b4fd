//! `docs/threat-model.md` is true of the tests: each threat says what answers it and what remains, and each test that it
//! names is there and runs.

use std::fs;
use std::path::{Path, PathBuf};

/// What every threat has to say.
const PARTS: [&str; 2] = ["**Answer.** ", "**Remains.** "];

/// What a threat without a test says instead.
const WITHOUT_TEST: [&str; 2] = ["**Not yet.** ", "**Not shown.** "];

/// Rust tests whose names contain this are ignored in an ordinary run, and run by `cargo xtask test` where it is root.
const ROOT_ONLY: &str = "root_only";

struct Threat<'a> {
    title: &'a str,
    text: &'a str,
}

impl<'a> Threat<'a> {
    fn all(page: &'a str) -> Vec<Self> {
        let threats = page.split("\n### ").skip(1);
        let threats = threats.map(|text| text.split_once('\n').expect("a threat has a text"));
        threats
            .map(|(title, text)| Self { title, text: text.split("\n## ").next().unwrap_or(text) })
            .collect()
    }

    /// `name` and file of each test that shows the answer.
    fn tests(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("- `"));
        lines.map(|line| {
            let (name, file) = line.split_once("` (").expect("a test is - `name` (file)");
            (name, file.strip_suffix(')').expect("a test is - `name` (file)"))
        })
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    fs::read_to_string(root().join("docs/threat-model.md")).expect("the page can be read")
}

/// What is wrong with a test that a page names; nothing, where it is there and runs.
fn trouble(name: &str, file: &str, text: &str) -> Option<String> {
    let found = if Path::new(file).extension().is_some_and(|extension| extension == "rs") {
        runs_in_rust(name, text)
    } else {
        runs_in_typescript(name, text)
    };
    (!found).then(|| format!("`{name}` is no test that runs in {file}"))
}

/// Whether there is a function of this name with `#[test]` above it, and nothing that leaves it out.
fn runs_in_rust(name: &str, text: &str) -> bool {
    let begin = format!("fn {name}(");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(at, line)| {
        let is_function = line.starts_with(&begin) || line.starts_with(&format!("async {begin}"));
        let of_another = |line: &&&str| line.is_empty() || line.starts_with('}') || line.contains("fn ");
        let above = lines[..at].iter().rev().take_while(|line| !of_another(line));
        let attributes: Vec<_> = above.collect();
        let has = |what: &str| attributes.iter().any(|line| line.starts_with(what));
        is_function && has("#[test]") && (!has("#[ignore") || name.contains(ROOT_ONLY))
    })
}

/// Whether there is a test, or a group of tests, of this name that nothing leaves out.
fn runs_in_typescript(name: &str, text: &str) -> bool {
    let quoted = [format!("\"{name}\""), format!("`{name}`"), format!("'{name}'")];
    text.lines().map(str::trim).any(|line| {
        let after = ["test(", "describe("].iter().find_map(|begin| line.strip_prefix(begin));
        after.is_some_and(|after| {
            quoted.iter().any(|quoted| after.starts_with(quoted))
                && !after.contains("skip:")
                && !after.contains("todo:")
        })
    })
}

#[test]
fn every_threat_says_what_answers_it_what_remains_and_what_shows_it() {
    let page = page();
    let threats = Threat::all(&page);
    assert!(threats.len() >= 30, "{} threats", threats.len());
    for (place, threat) in threats.iter().enumerate() {
        assert!(threat.title.starts_with(&format!("{}. ", place + 1)), "out of order: {}", threat.title);
        for part in PARTS {
            assert!(threat.text.contains(part), "{} lacks {part}", threat.title);
        }
        let without = WITHOUT_TEST.iter().any(|words| threat.text.contains(words));
        assert!(without || threat.tests().count() > 0, "nothing shows the answer to {}", threat.title);
    }
}

#[test]
fn every_test_that_is_named_is_there_and_runs() {
    let page = page();
    let threats = Threat::all(&page);
    let troubles: Vec<String> = threats
        .iter()
        .flat_map(Threat::tests)
        .filter_map(|(name, file)| match fs::read_to_string(root().join(file)) {
            Ok(text) => trouble(name, file, &text),
            Err(error) => Some(format!("{file}: {error}")),
        })
        .collect();
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

#[test]
fn what_is_left_out_or_only_looks_like_a_test_is_none() {
    let rust = "#[test]\n#[ignore = \"slow\"]\nfn slow() {}\n\n#[test]\n/// Why.\n#[expect(\n    clippy::a,\n    \
                reason = \"b\"\n)]\nfn runs() {}\nfn helper() {}\n#[test]\n#[ignore = \"root\"]\nfn a_root_only() {}\n";
    for (name, runs) in
        [("slow", false), ("runs", true), ("helper", false), ("a_root_only", true), ("run", false)]
    {
        assert_eq!(trouble(name, "a.rs", rust).is_none(), runs, "{name}");
    }
    let typescript = "test(\"runs\", () => {});\n  test(`of ${name}`, async () => {});\ntest.skip(\"left out\", () => {});\n\
                      test(\"later\", { todo: true }, () => {});\n// test(\"a comment\"\n";
    for (name, runs) in
        [("runs", true), ("of ${name}", true), ("left out", false), ("later", false), ("a comment", false)]
    {
        assert_eq!(trouble(name, "a.test.ts", typescript).is_none(), runs, "{name}");
    }
}
