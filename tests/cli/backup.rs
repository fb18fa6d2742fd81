//! `tpmc backup` and `tpmc restore`: copies that are checked, and what they replace.

use crate::env::{Env, bytes};
use crate::tamper;

/// Names in the folder of the test that begin so.
fn files(env: &Env, beginning: &str) -> Vec<String> {
    let folder = std::fs::read_dir(env.path("")).expect("the folder");
    let names = folder.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.starts_with(beginning))
        .collect();
    names.sort();
    names
}

fn note(env: &Env, note: &str) {
    env.tpmc(&["party", "set", "marubeni", "--note", note])
        .succeeds();
}

#[test]
fn a_copy_is_the_registry_and_never_overwrites() {
    let env = Env::seeded();
    note(&env, "before");
    let checkpoint = env.tpmc(&["checkpoint"]).succeeds();
    let run = env.tpmc(&["backup", "copy.db"]);
    insta::assert_snapshot!(run.stderr, @"Wrote copy.db with 2 batches and 1542 records, and found nothing wrong with it.");
    assert_eq!(run.succeeds(), checkpoint, "the copy comes to the same");
    let copied = bytes(&env.path("copy.db"));
    insta::assert_snapshot!(env.tpmc(&["backup", "copy.db"]), @r#"
    [standard error]
    error: there is a file at "copy.db" already
    hint: choose another path, or remove the file yourself
    [exit status: 1]
    "#);
    assert_eq!(bytes(&env.path("copy.db")), copied);
    env.tpmc(&["backup", "registry.db"]).fails_with(1);
    env.tpmc(&["backup", "."]).fails_with(1);
    insta::assert_snapshot!(env.tpmc(&["backup", "no-such-disk/copy.db"]), @r#"
    [standard error]
    error: cannot write "no-such-disk/copy.db"
      caused by: No such file or directory (os error 2)
    [exit status: 3]
    "#);
    assert_eq!(files(&env, "no-such-disk"), [""; 0]);
    assert_eq!(files(&env, ".copy"), [""; 0], "no draft is left behind");
}

#[test]
fn what_does_not_verify_is_no_backup() {
    let env = tamper::tampered("UPDATE project SET status = 'completed' WHERE code = 'F1-001'");
    insta::assert_snapshot!(env.tpmc(&["backup", "copy.db"]), @"
    [standard error]
    error: the copy does not verify (1 finding), so it was thrown away
    hint: `tpmc verify` lists what is wrong with the file that was copied; `tpmc export sqlite` copies it as it is
    [exit status: 1]
    ");
    assert_eq!(files(&env, "copy"), [""; 0]);
}

#[test]
fn what_is_replaced_is_kept() {
    let env = Env::seeded();
    env.tpmc(&["backup", "copy.db"]).succeeds();
    note(&env, "later");
    note(&env, "later still");
    let replaced = bytes(&env.path("registry.db"));
    // Somebody reads all the while, and goes on reading what was there.
    let reader = rusqlite::Connection::open(env.path("registry.db")).expect("the registry");
    let reading = reader
        .unchecked_transaction()
        .expect("a transaction that reads");
    let batches = || {
        let count = reading.query_row("SELECT count(*) FROM batch", [], |row| row.get::<_, i64>(0));
        count.expect("a count")
    };
    assert_eq!(batches(), 3);
    let run = env.tpmc(&["restore", "copy.db"]);
    assert_eq!(batches(), 3, "the old file is read to the end");
    insta::assert_snapshot!(run.stderr, @"
    Restored registry.db: 1 batch and 1542 records, and nothing wrong with them.
    The registry that was there is kept as registry.db.replaced-20261123T220000Z.
    It has 2 batches more, from batch 2 on: `tpmc log --registry registry.db.replaced-20261123T220000Z` shows them.
    ");
    assert_eq!(run.succeeds(), env.tpmc(&["checkpoint"]).succeeds());
    env.tpmc(&["verify"]).succeeds();
    let kept = "registry.db.replaced-20261123T220000Z";
    assert_eq!(bytes(&env.path(kept)), replaced, "byte for byte");
    assert!(env.path("copy.db").exists(), "the backup stays");
    // Back again, in the same second: no name is used twice.
    env.tpmc(&["restore", kept]).succeeds();
    assert_eq!(
        files(&env, "registry.db"),
        ["registry.db", kept, &format!("{kept}-2")]
    );
    assert!(env.tpmc(&["show", "3"]).succeeds().contains("later still"));
}

#[test]
fn a_damaged_backup_changes_nothing() {
    let env = Env::seeded();
    env.tpmc(&["backup", "copy.db"]).succeeds();
    let copy = rusqlite::Connection::open(env.path("copy.db")).expect("the copy");
    copy.execute_batch("UPDATE party SET name_en = 'Nobody' WHERE code = 'marubeni'")
        .expect("tampering");
    drop(copy);
    let before = bytes(&env.path("registry.db"));
    env.tpmc(&["restore", "copy.db"]).fails_with(1);
    env.write("other.db", "a letter");
    insta::assert_snapshot!(env.tpmc(&["restore", "other.db"]), @r#"
    [standard error]
    error: "other.db" is not a registry of this program
    hint: check the path; `tpmc init` creates a new registry
    [exit status: 1]
    "#);
    env.tpmc(&["restore", "missing.db"]).fails_with(1);
    env.tpmc(&["restore", "registry.db"]).fails_with(1);
    assert_eq!(bytes(&env.path("registry.db")), before);
    assert_eq!(files(&env, "registry.db"), ["registry.db"]);
    assert_eq!(files(&env, ".registry"), [""; 0], "no draft is left behind");
}

#[test]
fn a_registry_is_brought_back_where_none_or_a_ruin_is() {
    let env = Env::seeded();
    env.tpmc(&["backup", "copy.db"]).succeeds();
    std::fs::remove_file(env.path("registry.db")).expect("an accident");
    env.tpmc(&["restore", "copy.db"]).succeeds();
    assert_eq!(files(&env, "registry.db"), ["registry.db"]);
    env.write("registry.db", "what a virus leaves");
    env.write("registry.db-journal", "half a page");
    let told = env.tpmc(&["restore", "copy.db"]);
    assert!(told.stderr.contains("It could not be read."), "{told}");
    env.tpmc(&["verify"]).succeeds();
    let kept = "registry.db.replaced-20261123T220000Z";
    assert_eq!(bytes(&env.path(kept)), b"what a virus leaves");
    assert!(
        !env.path("registry.db-journal").exists(),
        "it is not taken for a part of the new file"
    );
}

#[test]
fn another_registry_is_told_from_an_older_state() {
    let env = Env::seeded();
    let later = |env: &Env, arguments: &[&str]| {
        env.run(
            env.command(arguments)
                .env("TPMC_NOW", "2026-11-24T08:00:00Z"),
        )
    };
    later(&env, &["init", "--registry", "other.db"]).succeeds();
    let run = env.tpmc(&["restore", "other.db"]);
    assert!(
        run.stderr
            .contains("It was another registry, tpmc.registry/"),
        "{run}"
    );
}

#[test]
fn nobody_may_be_writing_to_what_is_replaced() {
    let env = Env::seeded();
    env.tpmc(&["backup", "copy.db"]).succeeds();
    let writer = rusqlite::Connection::open(env.path("registry.db")).expect("the registry");
    writer.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let refused = env.tpmc(&["restore", "copy.db"]).fails_with(3);
    assert!(refused.contains("locked by another program"), "{refused}");
    assert_eq!(files(&env, "registry.db"), ["registry.db"]);
}
