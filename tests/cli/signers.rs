//! Who must have signed, and when.

use crate::checkpoint::{WITNESS, key, with_keys};
use crate::env::{Env, bytes};
use crate::tamper::findings;
use crate::trust::*;

#[test]
fn every_key_that_is_named_must_have_signed() {
    let env = with_keys(Env::seeded());
    sign(&env, "a.checkpoint");
    env.tpmc(&["prove", "F1-001", "--checkpoint", "a.checkpoint", "-o", "p"])
        .succeeds();
    env.tpmc(&[
        "prove",
        "--from",
        "0",
        "--checkpoint",
        "a.checkpoint",
        "-o",
        "g",
    ])
    .succeeds();
    env.tpmc(&[
        "bundle",
        "--checkpoint",
        "a.checkpoint",
        "--log-key",
        "log.vkey",
        "-o",
        "b.zip",
    ])
    .succeeds();
    let keys = ["--key", "log.vkey", "--key", "witness.vkey"];
    for what in [
        &["--against", "a.checkpoint"][..],
        &["--proof", "p"],
        &["--bundle", "b.zip"],
    ] {
        env.tpmc(&[&["verify"], what, &keys[..2]].concat())
            .succeeds();
        let run = env.tpmc(&[&["verify"], what, &keys].concat());
        assert_eq!(run.status, 1, "{run}");
        // A line may be folded within the name.
        let said: String = run.to_string().split_whitespace().collect();
        assert!(said.contains("notsignedbytokyo.example/witness"), "{run}");
    }
    env.tpmc(&[&WITNESS[..], &["-o", "a.checkpoint"]].concat())
        .succeeds();
    let against = [&["verify", "--against", "a.checkpoint"], &keys[..]].concat();
    let text = env.tpmc(&against).succeeds();
    assert!(
        text.contains("tokyo.example/witness (2026-11-23T22:00:00Z)"),
        "{text}"
    );
    let json = env
        .tpmc(&[&against[..], &["--format", "json"]].concat())
        .json();
    assert_eq!(json["signatures"][1]["name"], "tokyo.example/witness");
    assert_eq!(json["signatures"][1]["time"], "2026-11-23T22:00:00Z");
    assert_eq!(json["signatures"][0]["time"], serde_json::Value::Null);
    // A key with nothing to check says nothing.
    env.tpmc(&["verify", "--key", "witness.vkey"]).fails_with(2);
}

#[test]
fn a_policy_says_which_witnesses_are_enough() {
    let env = with_keys(Env::seeded());
    key(
        &env,
        "beijing",
        &["--name", "beijing.example/witness", "--witness"],
    );
    sign(&env, "a.checkpoint");
    let vkey = |file: &str| String::from_utf8(bytes(&env.path(file))).expect("text");
    let policy = |least: &str| {
        let text = format!(
            "log {}witness tokyo {}witness beijing {}group offices {least} tokyo beijing\nquorum offices\n",
            vkey("log.vkey"),
            vkey("witness.vkey"),
            vkey("beijing.vkey")
        );
        env.write("policy", text);
        env.tpmc(&[
            "verify",
            "--against",
            "a.checkpoint",
            "--witnesses",
            "policy",
            "--format",
            "json",
        ])
    };
    let id = [["checkpoint_signature", "entry 1735", "a.checkpoint"]];
    assert_eq!(findings(policy("any")), id);
    env.tpmc(&[&WITNESS[..], &["-o", "a.checkpoint"]].concat())
        .succeeds();
    assert!(findings(policy("any")).is_empty());
    assert_eq!(findings(policy("all")), id);
    env.write("policy", "quorum both\n");
    let refused = env
        .tpmc(&[
            "verify",
            "--against",
            "a.checkpoint",
            "--witnesses",
            "policy",
        ])
        .fails_with(1);
    assert!(
        refused.contains("line 1: no witness or group of this name"),
        "{refused}"
    );
}

#[test]
fn a_cosignature_of_an_impossible_time_is_found() {
    for time in ["2001-01-01T00:00:00Z", "2101-01-01T00:00:00Z"] {
        let env = with_keys(Env::seeded());
        sign(&env, "a.checkpoint");
        let mut witness = env.command(&[&WITNESS[..], &["-o", "a.checkpoint"]].concat());
        env.run(witness.env("TPMC_NOW", time)).succeeds();
        env.tpmc(&["prove", "F1-001", "--checkpoint", "a.checkpoint", "-o", "p"])
            .succeeds();
        let keys = ["--key", "log.vkey", "--key", "witness.vkey"];
        let against = ["verify", "--format", "json", "--against", "a.checkpoint"];
        let found = findings(env.tpmc(&[&against[..], &keys].concat()));
        assert_eq!(found, [["cosignature_time", "entry 1735", "a.checkpoint"]]);
        let refused = env
            .tpmc(&[&["verify", "--proof", "p"], &keys[..]].concat())
            .fails_with(1);
        assert!(refused.contains(time), "{refused}");
    }
}
