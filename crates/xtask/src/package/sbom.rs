//! The bill of materials: `CycloneDX` 1.5, as JSON (ECMA-424; <https://cyclonedx.org/docs/1.5/json/>).

use std::fmt::Write;

use super::parts::{Part, Registry};

/// Lists every part that is shipped, with what it is known by, its licence and its hash.
pub(super) fn sbom(version: &str, parts: &[Part]) -> String {
    let components: Vec<String> = parts.iter().map(component).collect();
    let about = format!(
        r#"{{"type":"application","bom-ref":"lanyard","name":"lanyard","version":{},"licenses":[{}]}}"#,
        text(version),
        licence("Apache-2.0")
    );
    format!(
        "{{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\n\"metadata\":{{\"component\":{about}}},\n\
         \"components\":[\n{}\n]}}\n",
        components.join(",\n")
    )
}

fn component(part: &Part) -> String {
    let purl = text(&purl(part));
    let (name, version, algorithm) = (text(&part.name), text(&part.version), algorithm(part.registry));
    let (hash, licence) = (text(&part.hash), licence(&part.licence));
    format!(
        r#"{{"type":"library","bom-ref":{purl},"name":{name},"version":{version},"purl":{purl},"licenses":[{licence}],"hashes":[{{"alg":"{algorithm}","content":{hash}}}]}}"#
    )
}

/// <https://github.com/package-url/purl-spec>
fn purl(part: &Part) -> String {
    let kind = match part.registry {
        Registry::Crates => "cargo",
        Registry::Npm => "npm",
    };
    format!("pkg:{kind}/{}@{}", part.name.replace('@', "%40"), part.version.replace('+', "%2B"))
}

fn algorithm(registry: Registry) -> &'static str {
    match registry {
        Registry::Crates => "SHA-256",
        Registry::Npm => "SHA-512",
    }
}

fn licence(expression: &str) -> String {
    format!(r#"{{"expression":{}}}"#, text(expression))
}

/// A string of JSON (RFC 8259, section 7).
fn text(text: &str) -> String {
    let mut written = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => written.extend(['\\', letter]),
            control if control < ' ' => _ = write!(written, "\\u{:04x}", u32::from(control)),
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::package::parts;

    #[test]
    fn a_string_reads_as_what_it_was() {
        for plain in ["MIT OR Apache-2.0", "a \"b\" \\ \n\u{1} ü", ""] {
            assert_eq!(serde_json::from_str::<String>(&text(plain)).unwrap(), plain);
        }
    }

    #[test]
    fn it_has_what_the_format_requires_and_each_part_once() {
        let parts = parts::shipped().unwrap();
        let bom: Value = serde_json::from_str(&sbom("1.2.3", &parts)).unwrap();
        assert_eq!((&bom["bomFormat"], &bom["specVersion"]), (&"CycloneDX".into(), &"1.5".into()));
        assert_eq!(bom["version"], 1);
        let about = &bom["metadata"]["component"];
        assert_eq!((&about["type"], &about["version"]), (&"application".into(), &"1.2.3".into()));
        let components = bom["components"].as_array().unwrap();
        assert_eq!(components.len(), parts.len());
        let mut refs: Vec<&str> = components.iter().map(|it| it["bom-ref"].as_str().unwrap()).collect();
        refs.sort_unstable();
        refs.dedup();
        assert_eq!(refs.len(), parts.len());
        for component in components {
            for required in ["type", "name", "version", "purl"] {
                assert!(component[required].as_str().is_some_and(|said| !said.is_empty()), "{component}");
            }
            assert!(component["licenses"][0]["expression"].is_string(), "{component}");
            assert!(component["hashes"][0]["content"].is_string(), "{component}");
        }
    }

    #[test]
    fn a_scope_is_escaped_and_named_by_its_registry() {
        let part = |registry, name: &str| Part {
            registry,
            name: name.into(),
            version: "1.0.0+2".into(),
            licence: "MIT".into(),
            hash: "ff".into(),
            folder: std::path::PathBuf::new(),
        };
        assert_eq!(purl(&part(Registry::Npm, "@a/b")), "pkg:npm/%40a/b@1.0.0%2B2");
        assert_eq!(purl(&part(Registry::Crates, "ring")), "pkg:cargo/ring@1.0.0%2B2");
    }
}
