//! `tpmc import` of our own exports: the rebuilt registry is equal to the original.

use serde_json::Value;

use crate::env::{Env, bytes};

/// A registry with more than one batch, and a record whose texts are difficult.
fn changed() -> Env {
    let env = Env::seeded();
    env.tpmc(&[
        "project",
        "add",
        "--title-en",
        "=HYPERLINK(\"http://a\");|\\ 丸紅",
        "--note=-1\r\n\t'x'\u{202e}",
        "--host",
        "TH",
        "--host",
        "VN",
    ])
    .succeeds();
    env.tpmc(&[
        "project", "set", "P-0001", "--note", "'=", "--reason", "a test",
    ])
    .succeeds();
    env
}

/// The records, the project sheet and the summary of a registry.
fn says(env: &Env, registry: &str) -> Vec<String> {
    let run = |arguments: &[&str]| {
        env.tpmc(&[arguments, &["--registry", registry]].concat())
            .succeeds()
    };
    vec![
        run(&["export", "ndjson"]),
        run(&["export", "json"]),
        run(&["export", "csv"]),
        run(&["summary", "--format", "json"]),
    ]
}

#[test]
fn a_registry_rebuilt_from_records_is_equal() {
    let env = changed();
    let original = says(&env, "registry.db");
    for (format, file) in [
        ("json", "x.json"),
        ("ndjson", "x.ndjson"),
        ("datapackage", "x.zip"),
        ("datapackage", "package"),
    ] {
        env.tpmc(&["export", format, "-o", file]).succeeds();
        let rebuilt = format!("{file}.db");
        env.tpmc(&["import", "records", file, "--registry", &rebuilt])
            .succeeds();
        assert!(says(&env, &rebuilt) == original, "{file}");
        env.tpmc(&[
            "export",
            "datapackage",
            "-o",
            "again.zip",
            "--registry",
            &rebuilt,
        ])
        .succeeds();
        if file == "x.zip" {
            assert!(bytes(&env.path("again.zip")) == bytes(&env.path("x.zip")));
        }
    }
    let left: Vec<_> = std::fs::read_dir(env.path(""))
        .expect("the folder")
        .collect();
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    assert!(
        left.iter()
            .flatten()
            .all(|entry| !hidden(&entry.file_name())),
        "{left:?}"
    );
}

#[test]
fn a_registry_rebuilt_from_the_journal_has_its_history() {
    let env = changed();
    env.tpmc(&["export", "ndjson", "--journal", "-o", "journal.ndjson"])
        .succeeds();
    let run = env.tpmc(&[
        "import",
        "records",
        "journal.ndjson",
        "--registry",
        "rebuilt.db",
    ]);
    insta::assert_snapshot!(run);
    assert!(says(&env, "rebuilt.db") == says(&env, "registry.db"));
    let again = env
        .tpmc(&["export", "ndjson", "--journal", "--registry", "rebuilt.db"])
        .succeeds();
    assert!(again.as_bytes() == bytes(&env.path("journal.ndjson")));
    // The tiles hold the tree: with them the root is the same.
    let tiles = "SELECT level, number, hex(hashes) AS hashes FROM tile ORDER BY 1, 2";
    let tree = |registry| {
        env.tpmc(&["sql", tiles, "--format", "json", "--registry", registry])
            .succeeds()
    };
    assert_eq!(tree("rebuilt.db"), tree("registry.db"));
    let batches = "SELECT * FROM batch ORDER BY number";
    let batches = |registry| {
        env.tpmc(&["sql", batches, "--format", "json", "--registry", registry])
            .succeeds()
    };
    assert_eq!(batches("rebuilt.db"), batches("registry.db"));
    // And it can be written to.
    env.tpmc(&[
        "project",
        "set",
        "P-0001",
        "--note",
        "later",
        "--registry",
        "rebuilt.db",
    ])
    .succeeds();
}

#[test]
fn a_journal_that_was_tampered_with_is_refused() {
    let env = changed();
    let journal = env.tpmc(&["export", "ndjson", "--journal"]).succeeds();
    let lines: Vec<&str> = journal.lines().collect();
    let closing = lines
        .iter()
        .position(|line| line.contains("\"kind\":\"batch\""))
        .expect("a closing entry");
    let mut cases: Vec<(&str, Vec<String>)> = Vec::new();
    let mut case = |name, change: &dyn Fn(&mut Vec<String>)| {
        let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        change(&mut changed);
        cases.push((name, changed));
    };
    case("an entry is left out", &|lines| drop(lines.remove(3)));
    case("an entry is doubled", &|lines| {
        lines.insert(3, lines[3].clone());
    });
    case("an entry is spaced", &|lines| {
        lines[3] = lines[3].replace(":", ": ");
    });
    case("the closing entry is left out", &|lines| {
        drop(lines.remove(closing));
    });
    case("the end is cut off", &|lines| drop(lines.pop()));
    case("a field is added", &|lines| {
        lines[3] = lines[3].replacen("{\"alpha3\"", "{\"aaa\":1,\"alpha3\"", 1);
    });
    case("the batches change places", &|lines| {
        lines.rotate_left(closing + 1);
    });
    case("it is no journal", &|lines| lines[3] = "x".to_owned());
    for (name, lines) in cases {
        env.write("bad.ndjson", lines.join("\n") + "\n");
        let said = env
            .tpmc(&["import", "records", "bad.ndjson", "--registry", "bad.db"])
            .fails_with(1);
        assert!(
            said.contains("journal is damaged: entry") || said.contains("is not closed"),
            "{name}: {said}"
        );
        assert!(
            !env.path("bad.db").exists(),
            "{name} left a registry behind"
        );
    }
}

#[test]
fn what_is_no_export_is_refused() {
    let env = Env::seeded();
    env.tpmc(&["export", "ndjson", "-o", "good.ndjson"])
        .succeeds();
    let good = String::from_utf8(bytes(&env.path("good.ndjson"))).expect("UTF-8");
    let project = good
        .lines()
        .find(|line| line.contains("\"kind\":\"project\""))
        .expect("a project");
    let mut unknown: Value = serde_json::from_str(project).expect("JSON");
    unknown["document"]["colour"] = "red".into();
    for (name, content) in [
        ("empty.ndjson", String::new()),
        ("empty.json", "{}".to_owned()),
        ("other.json", "[1]".to_owned()),
        (
            "newer.json",
            "{\"format\":\"tpmc-records\",\"version\":2,\"records\":{}}".to_owned(),
        ),
        ("unknown.ndjson", unknown.to_string()),
        ("alone.ndjson", project.to_owned()),
        ("twice.ndjson", format!("{good}{project}\n")),
        ("notes.txt", good.clone()),
        ("broken.zip", "PK".to_owned()),
    ] {
        env.write(name, content);
        let run = env.tpmc(&["import", "records", name, "--registry", "new.db"]);
        insta::assert_snapshot!(format!("refused_{name}"), run);
        assert!(
            !env.path("new.db").exists(),
            "{name} left a registry behind"
        );
    }
    insta::assert_snapshot!(
        "refused_missing",
        env.tpmc(&["import", "records", "nothing.json", "--registry", "new.db"])
    );
    insta::assert_snapshot!(
        "refused_existing",
        env.tpmc(&["import", "records", "good.ndjson"])
    );
    env.write("latin.ndjson", b"{\"batch\":1,\"code\":\"\xe9\"}\n");
    let said = env.tpmc(&["import", "records", "latin.ndjson", "--registry", "new.db"]);
    let said = said.fails_with(1);
    assert!(said.contains("line 1: it is not text in UTF-8"), "{said}");
    std::fs::create_dir(env.path("folder")).expect("a folder");
    insta::assert_snapshot!(
        "refused_folder",
        env.tpmc(&["import", "records", "folder", "--registry", "new.db"])
    );
}
