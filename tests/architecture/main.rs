//! The module map in `docs/src/architecture.md`, enforced: who may name whom, what every file says first, how long it may be.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop with a message"
)]

mod modules;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use modules::Modules;

/// The top-level modules, each with its rank: a module names only modules of lower ranks.
const RANKS: &[(&str, u8)] = &[
    ("message", 0),
    ("domain", 1),
    ("input", 1),
    ("merkle", 1),
    ("language", 2),
    ("store", 2),
    ("report", 3),
    ("document", 3),
    ("exchange", 4),
    ("render", 4),
    ("error", 5),
    ("output", 6),
    ("args", 7),
    ("context", 8),
    ("commands", 9),
    ("cli", 10),
];

/// What else a module must not name: other crates, the clock, files, the environment.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("domain", &["clap::", "std::fs", "std::env", "Utc::now"]),
    ("merkle", &["diesel::", "rusqlite::", "std::fs", "Utc::now"]),
    ("store", &["clap::"]),
    ("report", &["diesel::", "rusqlite::", "clap::", "std::fs"]),
    ("render", &["diesel::", "rusqlite::", "std::fs"]),
    ("exchange", &["diesel::", "rusqlite::"]),
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
            "store/content",
            "store/tiles",
            "store/search",
            "store/desk",
            "store/tally",
            "store/seed/tests",
        ],
    ),
    (
        "diesel::delete(",
        &["store/desk", "store/record", "store/search", "store/tally"],
    ),
    ("diesel::update(", &["store/desk"]),
    ("anstream::std", &["output"]),
    ("Utc::now()", &["context"]),
];

/// The modules are read once, for two tests.
static MODULES: LazyLock<Modules> = LazyLock::new(|| Modules::parse(&sources()));

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
fn every_module_has_a_rank_and_names_only_lower_ones() {
    let rank = |room: &str| {
        let known = RANKS.iter().find(|(name, _)| *name == room);
        known.unwrap_or_else(|| panic!("{room} has no rank")).1
    };
    let rooms = MODULES.rooms();
    assert_eq!(rooms.len(), RANKS.len());
    for (room, named) in rooms {
        for other in named {
            assert!(rank(&other) < rank(&room), "{room} must not name {other}");
        }
    }
}

#[test]
fn the_map_names_every_module_under_its_rank() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/architecture.md");
    let page = fs::read_to_string(page).expect("the page");
    for (name, rank) in RANKS {
        let mut rows = page
            .lines()
            .filter(|line| line.starts_with(&format!("| {rank} |")));
        let named = format!("`{name}`");
        assert!(
            rows.any(|row| row.contains(&named)),
            "{name} is not in the map"
        );
    }
}

#[test]
fn no_modules_depend_on_each_other_in_a_circle() {
    let graph = MODULES.dependencies();
    assert!(graph.len() > 300, "{} modules were read", graph.len());
    let edges: usize = graph.values().map(BTreeSet::len).sum();
    assert!(edges > 1_000, "{edges} dependencies were read");
    let circles = modules::circles(&graph);
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn modules_name_no_crate_that_is_not_for_them() {
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
