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
    insta::assert_snapshot!(run.stderr, @"Wrote copy.db with 2 batches and 1734 records, and found nothing wrong with it.");
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
      caused by: no such file or folder (system error 2)
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
    let replaced = env.tpmc(&["checkpoint"]).succeeds();
    // While somebody reads it, it is not replaced.
    let reader = rusqlite::Connection::open(env.path("registry.db")).expect("the registry");
    let read = reader.query_row("SELECT count(*) FROM batch", [], |row| row.get::<_, i64>(0));
    assert_eq!(read.expect("a count"), 3);
    let refused = env.tpmc(&["restore", "copy.db"]).fails_with(3);
    assert!(refused.contains("the registry is locked"), "{refused}");
    drop(reader);
    assert_eq!(files(&env, ""), ["copy.db", "registry.db"]);
    let run = env.tpmc(&["restore", "copy.db"]);
    insta::assert_snapshot!(run.stderr, @"
    Restored registry.db: 1 batch and 1734 records, and nothing wrong with them.
    The registry that was there is kept as registry.db.replaced-20261123T220000Z.
    It has 2 batches more, from batch 2 on: `tpmc log --registry registry.db.replaced-20261123T220000Z` shows them.
    ");
    assert_eq!(run.succeeds(), env.tpmc(&["checkpoint"]).succeeds());
    env.tpmc(&["verify"]).succeeds();
    let kept = "registry.db.replaced-20261123T220000Z";
    assert_eq!(
        env.tpmc(&["checkpoint", "--registry", kept]).succeeds(),
        replaced
    );
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
    assert!(refused.contains("the registry is locked"), "{refused}");
    drop(writer);
    assert_eq!(files(&env, "registry.db"), ["registry.db"]);
}

/// A write that was cut off, as the files of a program that was killed have it.
fn left_behind(env: &Env, mode: &str) -> Vec<u8> {
    let ending = if mode == "wal" { "-wal" } else { "-journal" };
    let writer = rusqlite::Connection::open(env.path("registry.db")).expect("the registry");
    let begun = format!(
        "PRAGMA journal_mode = {mode}; PRAGMA cache_size = 5; PRAGMA wal_autocheckpoint = 0; BEGIN;
        UPDATE source SET note = coalesce(note, '') || hex(zeroblob(500)); UPDATE project SET note = 'half done';"
    );
    writer.execute_batch(&begun).expect("half of a write");
    let left = bytes(&env.path(&format!("registry.db{ending}")));
    assert!(left.len() > 1000);
    drop(writer);
    env.write(&format!("registry.db{ending}"), &left);
    left
}

#[test]
fn what_lies_beside_the_place_is_not_taken_for_a_part_of_the_restored_registry() {
    for mode in ["delete", "wal"] {
        let env = Env::seeded();
        env.tpmc(&["backup", "copy.db"]).succeeds();
        let left = left_behind(&env, mode);
        std::fs::remove_file(env.path("registry.db")).expect("an accident");
        let refused = env.tpmc(&["init"]).fails_with(1);
        assert!(
            refused.contains("a program that was stopped left it"),
            "{refused}"
        );
        let refused = env.tpmc(&["backup", "registry.db", "--registry", "copy.db"]);
        refused.fails_with(1);
        let run = env.tpmc(&["restore", "copy.db"]);
        assert!(
            run.stderr
                .contains("they are kept as registry.db.replaced-20261123T220000Z-"),
            "{run}"
        );
        assert_eq!(
            run.succeeds(),
            env.tpmc(&["checkpoint", "--registry", "copy.db"])
                .succeeds()
        );
        env.tpmc(&["verify"]).succeeds();
        let kept = files(&env, "registry.db.replaced");
        assert_eq!(kept.len(), 1);
        assert_eq!(bytes(&env.path(&kept[0])), left);
    }
}

#[cfg(unix)]
#[test]
fn drafts_follow_no_links_and_are_removed_after_a_program_was_killed() {
    let env = Env::seeded();
    env.write("precious", "x");
    std::os::unix::fs::symlink(env.path("precious"), env.path(".copy.db.a1b2c3.new"))
        .expect("a link");
    env.write(".copy.db.d4e5f6.new", "half a copy");
    env.write(
        ".copy.db.d4e5f6.new-journal",
        "of a program that was killed",
    );
    env.tpmc(&["backup", "copy.db"]).succeeds();
    assert_eq!(bytes(&env.path("precious")), b"x");
    assert_eq!(
        files(&env, ".copy"),
        [".copy.db.a1b2c3.new"],
        "no more than the link is left"
    );
}

#[cfg(unix)]
#[test]
fn a_backup_is_read_from_a_folder_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt as _;

    let env = Env::seeded();
    std::fs::create_dir(env.path("disc")).expect("a folder");
    env.tpmc(&["backup", "disc/copy.db"]).succeeds();
    std::fs::copy(env.path("registry.db"), env.path("disc/registry.db")).expect("a copy");
    let rights =
        |mode| std::fs::set_permissions(env.path("disc"), std::fs::Permissions::from_mode(mode));
    rights(0o555).expect("rights");
    for name in ["disc/copy.db", "disc/registry.db"] {
        env.tpmc(&["summary", "--registry", name]).succeeds();
        env.tpmc(&["verify", "--registry", name]).succeeds();
        env.tpmc(&["sql", "SELECT 1", "--registry", name])
            .succeeds();
    }
    rights(0o755).expect("rights");
}
