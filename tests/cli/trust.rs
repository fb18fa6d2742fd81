//! Attacks on those who sign and those who check: a forged tile, another past, a key under another name, a signature that is missing.

use rusqlite::Connection;

use crate::bundle::copy;
use crate::checkpoint::{WITNESS, with_keys};
use crate::env::{Env, MEMORY, bytes};
use crate::tamper::{founded, open, record, rehash};

/// Options with which the log's key signs as on a machine that does not know it.
pub(crate) const ELSEWHERE: [&str; 3] = ["--first", "--key-memory", "elsewhere"];

pub(crate) fn sign(env: &Env, file: &str) {
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", file])
        .succeeds();
}

/// A registry of which both keys signed the first batch, and another past of it beside it, `fork`: its first batch was recorded
/// by somebody else, and it has grown since. Nothing in it contradicts anything else in it.
pub(crate) fn forked() -> (Env, Env) {
    let env = with_keys(founded());
    sign(&env, "a.checkpoint");
    env.tpmc(&WITNESS).succeeds();
    let fork = Env::empty();
    copy(&env.path(""), &fork.path(""));
    let db = open(&fork);
    db.execute_batch(
        "UPDATE entry SET bytes = replace(bytes, '\"actor\":\"secretariat\"', '\"actor\":\"nobody\"') WHERE kind = 'batch';
         UPDATE batch SET actor = 'nobody'",
    )
    .expect("another past");
    rehash(&db);
    drop(db);
    record(&fork);
    fork.tpmc(&["verify"]).succeeds();
    (env, fork)
}

/// Puts the leaf hashes that were signed into the tile of the fork in which the two pasts differ.
pub(crate) fn forge_tile(env: &Env, fork: &Env) {
    let tile = |db: &Connection, number: i64| -> Vec<u8> {
        let query = "SELECT hashes FROM tile WHERE level = 0 AND number = ?";
        db.query_row(query, [number], |row| row.get(0))
            .expect("a tile")
    };
    let connect = |env: &Env| Connection::open(env.path("registry.db")).expect("the registry");
    let db = connect(env);
    let last = "SELECT max(number) FROM tile WHERE level = 0";
    let last = db.query_row(last, [], |row| row.get(0)).expect("a tile");
    let mut forged = tile(&db, last);
    let db = connect(fork);
    let whole = tile(&db, last);
    assert!(
        forged.len() < whole.len(),
        "the tile was not full when it was signed"
    );
    forged.extend_from_slice(&whole[forged.len()..]);
    let sql = "UPDATE tile SET hashes = ? WHERE level = 0 AND number = ?";
    db.execute(sql, (forged, last)).expect("a forged tile");
}

#[test]
fn neither_key_signs_another_past() {
    let (env, fork) = forked();
    let refused = fork.tpmc(&["checkpoint", "--key", "log.key"]).fails_with(1);
    assert!(
        refused.contains("not the one that was signed before"),
        "{refused}"
    );
    // The log's key signs it on a machine that knows nothing; the witness does not.
    let signed = ["checkpoint", "--key", "log.key", "-o", "a.checkpoint"];
    fork.tpmc(&[&signed[..], &ELSEWHERE].concat()).succeeds();
    let refused = fork.tpmc(&WITNESS).fails_with(1);
    assert!(
        refused.contains("not the one that was signed before"),
        "{refused}"
    );
    let size = String::from_utf8(bytes(&env.path("a.checkpoint"))).expect("text");
    let size = size.lines().nth(1).expect("a size").to_owned();
    let elsewhere = ["--key-memory", "elsewhere"];
    let growth = ["prove", "--from", &size, "--key", "log.key", "-o", "growth"];
    fork.tpmc(&[&growth[..], &elsewhere].concat()).succeeds();
    fork.tpmc(&[&WITNESS[..], &["--proof", "growth"]].concat())
        .fails_with(1);
    for said in [
        [
            "verify",
            "--against",
            "a.checkpoint",
            "--key",
            "witness.vkey",
        ],
        ["verify", "--against", "a.checkpoint", "--key", "log.vkey"],
    ] {
        env.write("a.checkpoint", bytes(&fork.path("a.checkpoint")));
        env.tpmc(&said).fails_with(1);
    }
}

#[test]
fn a_forged_tile_makes_nobody_sign() {
    let (env, fork) = forked();
    let signed = ["checkpoint", "--key", "log.key", "-o", "a.checkpoint"];
    fork.tpmc(&[&signed[..], &ELSEWHERE].concat()).succeeds();
    forge_tile(&env, &fork);
    for command in [
        &["checkpoint", "--key", "log.key"][..],
        &["prove", "--from", "1", "--key", "log.key"],
        &["bundle", "--key", "log.key", "-o", "b.zip"],
        &WITNESS,
    ] {
        let refused = fork.tpmc(command).fails_with(1);
        assert!(
            refused.contains("does not verify"),
            "{command:?}: {refused}"
        );
    }
}

#[test]
fn a_key_remembers_under_every_name() {
    let (_, fork) = forked();
    let signed = ["checkpoint", "--key", "log.key", "-o", "a.checkpoint"];
    fork.tpmc(&[&signed[..], &ELSEWHERE].concat()).succeeds();
    std::fs::copy(fork.path("witness.key"), fork.path("copied.key")).expect("a copy");
    let mut names = vec!["copied.key"];
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink("witness.key", fork.path("linked.key")).expect("a link");
        names.push("linked.key");
    }
    for name in names {
        let witness = [
            "witness",
            "a.checkpoint",
            "--key",
            name,
            "--log-key",
            "log.vkey",
        ];
        let refused = fork.tpmc(&witness).fails_with(1);
        assert!(
            refused.contains("not the one that was signed before"),
            "{refused}"
        );
    }
}

#[test]
fn a_key_that_the_machine_does_not_know_signs_only_when_asked() {
    let env = with_keys(Env::seeded());
    let sign = [
        "checkpoint",
        "--key",
        "log.key",
        "--key-memory",
        "elsewhere",
    ];
    let refused = env.tpmc(&sign).fails_with(1);
    assert!(refused.contains("does not know what"), "{refused}");
    assert!(refused.contains("--first"), "{refused}");
    assert!(!env.path("elsewhere").exists());
    let first = [&sign[..], &["--first"]].concat();
    env.tpmc(&first).succeeds();
    env.tpmc(&sign).succeeds();
    let refused = env.tpmc(&first).fails_with(1);
    assert!(refused.contains("not the first signature"), "{refused}");
    // What is remembered must be what the key signed.
    for entry in walk(&env, "elsewhere") {
        if entry.to_string_lossy().contains("log-") {
            let kept = String::from_utf8(bytes(&entry)).expect("text");
            std::fs::write(&entry, kept.replacen("\n1735\n", "\n1\n", 1)).expect("altered");
        }
    }
    let refused = env.tpmc(&sign).fails_with(1);
    assert!(refused.contains("was altered"), "{refused}");
    env.tpmc(&["checkpoint", "--first"]).fails_with(2);
}

/// The files in a folder, however deep.
pub(crate) fn walk(env: &Env, folder: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(env.path(folder)).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(walk(env, &path.to_string_lossy()));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn what_earlier_releases_kept_beside_the_key_is_believed() {
    let (env, fork) = forked();
    let last = walk(&env, MEMORY);
    let last = last
        .iter()
        .find(|path| path.to_string_lossy().contains("witness-"));
    let kept = bytes(last.expect("what the witness signed"));
    let origin = String::from_utf8(kept.clone()).expect("text");
    let origin = origin.lines().next().expect("an origin").replace('/', "-");
    std::fs::remove_dir_all(fork.path(MEMORY)).expect("no memory");
    let signed = ["checkpoint", "--key", "log.key", "-o", "a.checkpoint"];
    fork.tpmc(&[&signed[..], &ELSEWHERE].concat()).succeeds();
    fork.write(&format!("witness.key.{origin}.checkpoint"), kept);
    let refused = fork.tpmc(&WITNESS).fails_with(1);
    assert!(
        refused.contains("not the one that was signed before"),
        "{refused}"
    );
}

#[test]
fn two_witnesses_at_once_do_not_forget() {
    let env = with_keys(founded());
    sign(&env, "a.checkpoint");
    record(&env);
    sign(&env, "b.checkpoint");
    let witness = |file: &str| {
        let mut command = env.command(&[
            "witness",
            file,
            "--key",
            "witness.key",
            "--log-key",
            "log.vkey",
            "-q",
        ]);
        command
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("it runs")
    };
    let mut both = [witness("a.checkpoint"), witness("b.checkpoint")];
    let [_, later] = both.each_mut().map(|run| run.wait().expect("it ends"));
    assert!(later.success());
    let refused = env.tpmc(&WITNESS).fails_with(1);
    assert!(refused.contains("has signed"), "{refused}");
}

#[test]
fn a_registry_that_does_not_verify_is_not_signed() {
    let env = with_keys(Env::seeded());
    sign(&env, "a.checkpoint");
    let db = open(&env);
    db.execute_batch("UPDATE project SET title_en = 'Other' WHERE code = 'P-0002'")
        .expect("a change");
    for command in [
        &["checkpoint", "--key", "log.key"][..],
        &["prove", "F1-001", "--key", "log.key"],
        &["prove", "F1-001", "--checkpoint", "a.checkpoint"],
    ] {
        let refused = env.tpmc(command).fails_with(1);
        assert!(
            refused.contains("does not verify"),
            "{command:?}: {refused}"
        );
    }
}

#[test]
fn a_proof_says_that_later_entries_may_have_changed_the_record() {
    let env = with_keys(Env::seeded());
    let first = env.tpmc(&["prove", "P-0002", "--key", "log.key", "--format", "json"]);
    let first = first.json()["entry"].to_string();
    let set = ["project", "set", "P-0002", "--title-en", "Other"];
    env.tpmc(&set).succeeds();
    let prove = env.tpmc(&["prove", "--entry", &first, "--key", "log.key", "-o", "p"]);
    assert!(
        prove.stderr.contains("is not what the registry says now"),
        "{prove}"
    );
    let verify = env.tpmc(&["verify", "--proof", "p", "--key", "log.vkey"]);
    assert!(
        verify.stderr.contains("later entries may have changed"),
        "{verify}"
    );
    verify.succeeds();
    let json = env.tpmc(&[
        "verify", "--proof", "p", "--key", "log.vkey", "--format", "json",
    ]);
    assert!(json.json()["later_entries"].as_u64() > Some(2));
}
