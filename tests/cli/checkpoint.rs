//! `tpmc checkpoint`, `key`, `witness` and `prove`: what is signed, and everything that is refused.

use crate::env::{Env, bytes};
use crate::tamper::{findings, founded, open, record, rehash, stable};

/// Makes a key in `FILE.key` and keeps its verifier key in `FILE.vkey`.
pub(crate) fn key(env: &Env, file: &str, arguments: &[&str]) {
    let path = format!("{file}.key");
    let vkey = env
        .tpmc(&[&["key", "new", "-o", &path], arguments].concat())
        .succeeds();
    env.write(&format!("{file}.vkey"), vkey);
}

/// A registry with the key of its log and that of a witness.
pub(crate) fn with_keys(env: Env) -> Env {
    key(&env, "log", &[]);
    key(
        &env,
        "witness",
        &["--name", "tokyo.example/witness", "--witness"],
    );
    env
}

fn read(env: &Env, file: &str) -> String {
    String::from_utf8(bytes(&env.path(file))).expect("text")
}

pub(crate) const WITNESS: [&str; 7] = [
    "witness",
    "a.checkpoint",
    "--key",
    "witness.key",
    "--log-key",
    "log.vkey",
    "-q",
];

#[test]
fn a_checkpoint_in_every_form() {
    let env = with_keys(Env::seeded());
    insta::assert_snapshot!("unsigned", stable(&env.tpmc(&["checkpoint"])));
    insta::assert_snapshot!(
        "signed",
        stable(&env.tpmc(&["checkpoint", "--key", "log.key"]))
    );
    for format in ["json", "csv", "markdown"] {
        let run = env.tpmc(&["checkpoint", "--key", "log.key", "--format", format]);
        assert!(run.succeeds().contains("tpmc.registry/"), "{format}");
    }
    let then = env
        .tpmc(&["checkpoint", "--known-at", "2020-01-01"])
        .succeeds();
    assert_eq!(then.lines().nth(1), Some("0"), "nothing was recorded then");
}

#[test]
fn keys_are_secret_and_never_overwritten() {
    let env = with_keys(Env::seeded());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = env
            .path("log.key")
            .metadata()
            .expect("the key")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let before = bytes(&env.path("log.key"));
    insta::assert_snapshot!("key_exists", env.tpmc(&["key", "new", "-o", "log.key"]));
    assert!(before == bytes(&env.path("log.key")));
    insta::assert_snapshot!("key_without_place", env.tpmc(&["key", "new"]));
    insta::assert_snapshot!(
        "key_name",
        env.tpmc(&["key", "new", "-o", "x.key", "--name", "a b"])
    );
    let shown = env
        .tpmc(&["key", "show", "log.key", "--format", "json"])
        .json();
    assert_eq!(shown["log_key"], read(&env, "log.vkey").trim_end());
    assert!(
        !env.tpmc(&["key", "show", "log.key"])
            .succeeds()
            .contains("PRIVATE")
    );
    env.tpmc(&["key", "show", "log.vkey"]).fails_with(1);
    insta::assert_snapshot!(
        "key_missing",
        env.tpmc(&["checkpoint", "--key", "nothing.key"])
    );
}

#[test]
fn a_key_of_another_name_does_not_sign_for_the_log() {
    let env = with_keys(Env::seeded());
    insta::assert_snapshot!(stable(&env.tpmc(&["checkpoint", "--key", "witness.key"])));
}

#[test]
fn a_log_does_not_sign_two_pasts() {
    let env = with_keys(founded());
    let before = bytes(&env.path("registry.db"));
    record(&env);
    env.tpmc(&["checkpoint", "--key", "log.key"]).succeeds();
    let after = bytes(&env.path("registry.db"));
    std::fs::write(env.path("registry.db"), before).expect("an old copy");
    insta::assert_snapshot!(
        "log_rollback",
        stable(&env.tpmc(&["checkpoint", "--key", "log.key"]))
    );
    std::fs::write(env.path("registry.db"), after).expect("the new file");
    let db = open(&env);
    db.execute_batch("UPDATE entry SET bytes = replace(bytes, 'Atyrau', 'Aktau')")
        .expect("a change");
    rehash(&db);
    drop(db);
    env.tpmc(&["rebuild"]).succeeds();
    insta::assert_snapshot!(
        "log_fork",
        stable(&env.tpmc(&["checkpoint", "--key", "log.key"]))
    );
}

#[test]
fn a_checkpoint_that_was_altered_or_is_somebody_elses() {
    let env = with_keys(Env::seeded());
    let verify = |file: &str, keys: &[&str]| {
        let mut arguments = vec!["verify", "--format", "json", "--against", file];
        keys.iter().for_each(|key| arguments.extend(["--key", key]));
        findings(env.tpmc(&arguments))
    };
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", "a.checkpoint"])
        .succeeds();
    assert!(verify("a.checkpoint", &["log.vkey"]).is_empty());
    let id = |found: Vec<[String; 3]>| found.into_iter().map(|[id, ..]| id).collect::<Vec<_>>();
    env.write(
        "altered.checkpoint",
        read(&env, "a.checkpoint").replacen("\n1735\n", "\n1734\n", 1),
    );
    assert_eq!(
        id(verify("altered.checkpoint", &["log.vkey"])),
        ["checkpoint_signature", "checkpoint_root"]
    );
    assert_eq!(
        id(verify("a.checkpoint", &["witness.vkey"])),
        ["checkpoint_signature"]
    );
    env.tpmc(&["checkpoint", "-o", "bare.checkpoint"])
        .succeeds();
    assert_eq!(
        id(verify("bare.checkpoint", &["log.vkey"])),
        ["checkpoint_signature"]
    );
    let other = Env::empty();
    other.tpmc(&["init"]).succeeds();
    env.write("other.checkpoint", other.tpmc(&["checkpoint"]).succeeds());
    assert_eq!(id(verify("other.checkpoint", &[])), ["checkpoint_origin"]);
    env.write("nonsense.checkpoint", "nothing");
    insta::assert_snapshot!(
        "not_a_checkpoint",
        env.tpmc(&["verify", "--against", "nonsense.checkpoint"])
    );
    insta::assert_snapshot!(
        "not_a_key",
        env.tpmc(&["verify", "--against", "a.checkpoint", "--key", "nobody"])
    );
}

#[test]
fn two_offices_sign() {
    let env = with_keys(founded());
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", "a.checkpoint"])
        .succeeds();
    insta::assert_snapshot!("cosigned", stable(&env.tpmc(&WITNESS[..6])));
    let first = read(&env, "a.checkpoint");
    record(&env);
    env.tpmc(&[
        "prove",
        "--from",
        "a.checkpoint",
        "--key",
        "log.key",
        "-o",
        "growth.proof",
    ])
    .succeeds();
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", "a.checkpoint"])
        .succeeds();
    insta::assert_snapshot!(
        "cosigned_again",
        stable(&env.tpmc(&[&WITNESS[..6], &["-o", "b.checkpoint"]].concat()))
    );
    let both = [
        "verify",
        "--against",
        "b.checkpoint",
        "--key",
        "log.vkey",
        "--key",
        "witness.vkey",
    ];
    env.tpmc(&both).succeeds();
    env.write("a.checkpoint", first);
    insta::assert_snapshot!("witness_rollback", stable(&env.tpmc(&WITNESS)));
    // What was signed is proved to those who hold an old checkpoint and no registry.
    std::fs::remove_file(env.path("registry.db")).expect("no registry");
    let growth = [
        "verify",
        "--proof",
        "growth.proof",
        "--key",
        "log.vkey",
        "--against",
        "a.checkpoint",
    ];
    insta::assert_snapshot!("growth_verified", stable(&env.tpmc(&growth)));
    insta::assert_snapshot!("growth_without_earlier", env.tpmc(&growth[..5]));
}

#[test]
fn a_witness_needs_no_registry_but_a_proof() {
    let env = with_keys(founded());
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", "a.checkpoint"])
        .succeeds();
    env.tpmc(&WITNESS).succeeds();
    record(&env);
    env.tpmc(&[
        "prove",
        "--from",
        "a.checkpoint",
        "--key",
        "log.key",
        "-o",
        "growth.proof",
    ])
    .succeeds();
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", "a.checkpoint"])
        .succeeds();
    std::fs::remove_file(env.path("registry.db")).expect("no registry");
    env.tpmc(&WITNESS).fails_with(1);
    let proof = read(&env, "growth.proof");
    let last = proof.lines().nth(3).expect("a hash").to_owned();
    env.write(
        "forged.proof",
        proof
            .replace(&last, &"A".repeat(43))
            .replace(&"A".repeat(43), &format!("{}=", "A".repeat(43))),
    );
    env.tpmc(&[&WITNESS[..], &["--proof", "forged.proof"]].concat())
        .fails_with(1);
    env.tpmc(&[&WITNESS[..], &["--proof", "growth.proof"]].concat())
        .succeeds();
}

#[test]
fn a_witness_refuses_a_fork_and_what_the_log_did_not_sign() {
    let env = with_keys(founded());
    env.tpmc(&["checkpoint", "-o", "a.checkpoint"]).succeeds();
    env.tpmc(&WITNESS).fails_with(1);
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", "a.checkpoint"])
        .succeeds();
    let wrong = [
        "witness",
        "a.checkpoint",
        "--key",
        "witness.key",
        "--log-key",
        "witness.vkey",
    ];
    insta::assert_snapshot!("witness_wrong_key", stable(&env.tpmc(&wrong)));
    env.tpmc(&WITNESS).succeeds();
    record(&env);
    let db = open(&env);
    db.execute_batch("UPDATE entry SET bytes = replace(bytes, 'Thailand', 'Siam')")
        .expect("a change");
    rehash(&db);
    drop(db);
    env.tpmc(&["rebuild"]).succeeds();
    let elsewhere = ["--first", "--key-memory", "elsewhere"];
    let sign = ["checkpoint", "--key", "log.key", "-o", "a.checkpoint"];
    env.tpmc(&[&sign[..], &elsewhere].concat()).succeeds();
    insta::assert_snapshot!("witness_fork", stable(&env.tpmc(&WITNESS)));
}

#[test]
fn a_proof_of_a_record() {
    let env = with_keys(Env::seeded());
    let prove = |code: &str, file: &str| {
        env.tpmc(&["prove", code, "--key", "log.key", "-o", file])
            .succeeds()
    };
    prove("P-0002", "a.tlog-proof");
    prove("P-0003", "b.tlog-proof");
    let verify = |file: &str, more: &[&str]| {
        env.tpmc(&[&["verify", "--proof", file, "--key", "log.vkey"], more].concat())
    };
    insta::assert_snapshot!("proof_verified", stable(&verify("b.tlog-proof", &[])));
    assert_eq!(
        verify("a.tlog-proof", &["--record", "P-0002", "--format", "json"]).json()["code"],
        "P-0002"
    );
    insta::assert_snapshot!(
        "proof_of_another_record",
        stable(&verify("b.tlog-proof", &["--record", "P-0002"]))
    );
    // The entry of one record under the place of another.
    let (a, b) = (read(&env, "a.tlog-proof"), read(&env, "b.tlog-proof"));
    let extra = |text: &str| text.lines().nth(1).expect("extra").to_owned();
    env.write("c.tlog-proof", a.replace(&extra(&a), &extra(&b)));
    insta::assert_snapshot!("proof_mixed", stable(&verify("c.tlog-proof", &[])));
    env.write("d.tlog-proof", a.replace(&format!("{}\n", extra(&a)), ""));
    insta::assert_snapshot!("proof_without_entry", stable(&verify("d.tlog-proof", &[])));
    let entry: String = open(&env)
        .query_row(
            "SELECT bytes FROM entry WHERE kind = 'project' AND code = 'P-0002'",
            [],
            |row| row.get(0),
        )
        .expect("the entry");
    env.write("entry.json", entry);
    verify("d.tlog-proof", &["--entry", "entry.json"]).succeeds();
    env.tpmc(&["checkpoint", "-o", "bare.checkpoint"])
        .succeeds();
    verify("a.tlog-proof", &["--against", "bare.checkpoint"]).fails_with(1);
    env.tpmc(&["verify", "--proof", "a.tlog-proof", "--key", "witness.vkey"])
        .fails_with(1);
    env.tpmc(&["verify", "--proof", "a.tlog-proof"])
        .fails_with(2);
}

#[test]
fn a_proof_that_cannot_be_made() {
    let env = with_keys(Env::seeded());
    insta::assert_snapshot!(
        "prove_nobody",
        env.tpmc(&["prove", "P-9999", "--key", "log.key"])
    );
    env.tpmc(&["prove", "--entry", "999999", "--key", "log.key"])
        .fails_with(1);
    env.tpmc(&["prove", "--from", "999999", "--key", "log.key"])
        .fails_with(1);
    env.tpmc(&["prove", "P-0002"]).fails_with(2);
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", "a.checkpoint"])
        .succeeds();
    env.tpmc(&["prove", "--entry", "0", "--checkpoint", "a.checkpoint"])
        .succeeds();
    let other = Env::empty();
    other.tpmc(&["init"]).succeeds();
    other.write("a.checkpoint", read(&env, "a.checkpoint"));
    insta::assert_snapshot!(
        "prove_for_another_registry",
        stable(&other.tpmc(&["prove", "P-0002", "--checkpoint", "a.checkpoint"]))
    );
}
