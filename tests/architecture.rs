//! The module map in `src/lib.rs`, enforced: who may name whom, what every file says first, how long it may be.

#![allow(clippy::expect_used, reason = "a test may stop with a message")]

use std::fs;
use std::path::{Path, PathBuf};

/// What a module must not name.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "domain",
        &[
            "crate::store",
            "crate::report",
            "crate::render",
            "crate::commands",
            "crate::cli",
            "crate::merkle",
            "crate::exchange",
            "clap::",
            "std::fs",
            "std::env",
            "Utc::now",
        ],
    ),
    (
        "merkle",
        &[
            "crate::domain",
            "crate::store",
            "crate::report",
            "crate::render",
            "crate::commands",
            "diesel::",
            "rusqlite::",
            "std::fs",
            "Utc::now",
        ],
    ),
    (
        "store",
        &[
            "crate::report",
            "crate::render",
            "crate::exchange",
            "crate::commands",
            "crate::cli",
            "crate::output",
            "crate::language",
            "clap::",
        ],
    ),
    (
        "report",
        &[
            "crate::render",
            "crate::exchange",
            "crate::commands",
            "crate::cli",
            "diesel::",
            "rusqlite::",
            "clap::",
            "std::fs",
        ],
    ),
    (
        "render",
        &[
            "crate::commands",
            "crate::context",
            "crate::output",
            "diesel::",
            "rusqlite::",
            "std::fs",
        ],
    ),
    (
        "exchange",
        &[
            "crate::render",
            "crate::commands",
            "crate::context",
            "crate::output",
            "diesel::",
            "rusqlite::",
        ],
    ),
    (
        "commands",
        &[
            "diesel::",
            "rusqlite::",
            "crate::store::schema",
            "println!",
            "Utc::now",
            "Uuid::now",
        ],
    ),
];

/// Words that stand only in certain files: the one write path, the one way out, the one place of rusqlite.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite::", &["store/file", "store/error"]),
    (
        "diesel::insert_into(",
        &[
            "store/record",
            "store/journal",
            "store/tiles",
            "store/search",
            "store/tally",
            "store/seed/tests",
        ],
    ),
    (
        "diesel::delete(",
        &["store/record", "store/search", "store/tally"],
    ),
    ("diesel::update(", &[]),
    ("anstream::std", &["output"]),
    ("Utc::now()", &["context"]),
];

fn sources() -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    files.sort();
    let name = |path: &Path| {
        path.strip_prefix(&src)
            .expect("under src")
            .to_string_lossy()
            .replace(".rs", "")
    };
    files
        .iter()
        .map(|path| (name(path), fs::read_to_string(path).expect("readable")))
        .collect()
}

#[test]
fn modules_depend_only_downwards() {
    for (name, text) in sources() {
        let module = name.split('/').next().unwrap_or_default();
        for (_, words) in FORBIDDEN
            .iter()
            .filter(|(forbidden, _)| *forbidden == module)
        {
            for word in *words {
                assert!(!text.contains(word), "{name} must not name {word}");
            }
        }
    }
}

#[test]
fn some_words_have_one_place() {
    for (name, text) in sources() {
        for (word, places) in ONLY_IN {
            let at_home = places
                .iter()
                .any(|place| name == *place || name.starts_with(&format!("{place}/")));
            assert!(
                at_home || !text.contains(word),
                "{name} must not say {word}"
            );
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_can_be_read_in_a_sitting() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name} must say what it is for");
        let lines = text.lines().count();
        assert!(lines <= 400, "{name} has {lines} lines: make it two files");
    }
}
