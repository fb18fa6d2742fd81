//! The catalogue of refusals: what is said, and with which status.

use std::fs;

use crate::env::{Env, bytes};

/// Snapshots one refusal, and proves that the file it is about is left as it was.
macro_rules! refused {
    ($name:literal, $content:expr) => {{
        let env = Env::empty();
        let path = env.write("registry.db", $content);
        let before = bytes(&path);
        insta::assert_snapshot!($name, env.tpmc(&["summary"]));
        assert_eq!(bytes(&path), before);
    }};
}

#[test]
fn a_named_file_that_does_not_exist() {
    let env = Env::empty();
    insta::assert_snapshot!(env.tpmc(&["summary"]));
    assert!(
        !env.path("registry.db").exists(),
        "nothing is created by accident"
    );
}

#[test]
fn a_file_that_is_not_a_registry() {
    refused!(
        "not_a_database",
        "code,title\nP-0001,Butendiek\n".repeat(100)
    );
    refused!("an_empty_file", "");
    let env = Env::empty();
    let other =
        rusqlite::Connection::open(env.path("registry.db")).expect("another program's file");
    other
        .execute_batch("CREATE TABLE contacts (name TEXT)")
        .expect("a table");
    insta::assert_snapshot!("another_programs_database", env.tpmc(&["summary"]));
}

#[test]
fn a_folder() {
    let env = Env::empty();
    fs::create_dir(env.path("registry.db")).expect("a folder");
    insta::assert_snapshot!("a_folder", env.tpmc(&["summary"]));
    insta::assert_snapshot!("init_on_a_folder", env.tpmc(&["init"]));
}

#[test]
fn another_schema() {
    let env = Env::seeded();
    let set = |version: i64| {
        let file = rusqlite::Connection::open(env.path("registry.db")).expect("the file");
        file.pragma_update(None, "user_version", version)
            .expect("a version");
    };
    set(1000);
    let newer = env.tpmc(&["summary"]).fails_with(3);
    assert!(
        newer.contains("has schema 1000, and this program is older"),
        "{newer}"
    );
    assert!(newer.contains("hint: install the newer program"), "{newer}");
    env.tpmc(&["migrate"]).fails_with(3);
    set(1);
    let older = env.tpmc(&["project", "list"]).fails_with(3);
    assert!(older.contains("has the older schema 1"), "{older}");
    assert!(
        older.contains("hint: bring it up to date with `tpmc migrate`"),
        "{older}"
    );
}

#[test]
fn a_file_that_may_only_be_read_can_be_read() {
    let env = Env::seeded();
    let path = env.path("registry.db");
    let mut permissions = fs::metadata(&path).expect("metadata").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("read-only");
    assert!(env.tpmc(&["summary"]).succeeds().contains("52 agreements"));
}

#[test]
fn a_registry_is_never_overwritten() {
    let env = Env::seeded();
    let before = bytes(&env.path("registry.db"));
    insta::assert_snapshot!("init_on_a_registry", env.tpmc(&["init"]));
    insta::assert_snapshot!(
        "result_over_the_registry",
        env.tpmc(&["summary", "-o", "registry.db", "--format", "csv"])
    );
    assert_eq!(bytes(&env.path("registry.db")), before);
}

#[test]
fn words_that_are_not_known() {
    let env = Env::seeded();
    insta::assert_snapshot!("unknown_code", env.tpmc(&["project", "show", "P-9999"]));
    insta::assert_snapshot!("not_a_code", env.tpmc(&["project", "show", "Butendiek"]));
    insta::assert_snapshot!(
        "unknown_country",
        env.tpmc(&["project", "list", "--country", "Thialand"])
    );
    insta::assert_snapshot!(
        "unknown_mode",
        env.tpmc(&["project", "list", "--mode", "enginering"])
    );
    insta::assert_snapshot!(
        "unknown_party",
        env.tpmc(&["summary", "--party", "Marubeny"])
    );
    insta::assert_snapshot!("unknown_forum", env.tpmc(&["summary", "--forum", "F7"]));
    insta::assert_snapshot!("one_dimension", env.tpmc(&["summary", "--by", "mode"]));
    insta::assert_snapshot!(
        "the_future",
        env.tpmc(&["summary", "--as-of", "2027-01-01"])
    );
    insta::assert_snapshot!(
        "no_such_day",
        env.tpmc(&["summary", "--as-of", "2019-02-30"])
    );
    insta::assert_snapshot!("unknown_command", env.tpmc(&["sumary"]));
}

#[test]
fn results_that_cannot_be_written() {
    let env = Env::seeded();
    insta::assert_snapshot!("no_format", env.tpmc(&["summary", "-o", "summary.pdf"]));
    insta::assert_snapshot!(
        "no_folder",
        env.tpmc(&["summary", "-o", "nowhere/summary.csv"])
    );
    assert!(!env.path("summary.pdf").exists());
}

#[test]
fn what_is_recorded_is_told_or_refused_beforehand() {
    let env = Env::seeded();
    let mut add = vec!["source", "add", "https://example.org/report"];
    add.extend(["--title", "A report", "--confidence", "low"]);
    let with = |more: [&'static str; 2]| [add.clone(), more.to_vec()].concat();
    let before = bytes(&env.path("registry.db"));
    for format in ["toml", "html", "xlsx"] {
        env.tpmc(&with(["--format", format])).fails_with(1);
    }
    env.tpmc(&with(["-o", "added.pdf"])).fails_with(1);
    assert_eq!(bytes(&env.path("registry.db")), before);
    insta::assert_snapshot!(
        "recorded_and_not_shown",
        env.tpmc(&with(["-o", "nowhere/added.json"]))
    );
    env.tpmc(&["undo", "2"]).succeeds();
}

#[test]
fn a_reader_that_has_seen_enough() {
    let env = Env::seeded();
    let mut child = env
        .command(&["project", "list", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    assert!(child.wait().expect("an end").success());
}
