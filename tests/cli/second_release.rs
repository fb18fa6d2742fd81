//! The records of a newer release reach a registry of the release before it, in which people have worked: a status was recorded with
//! a source of their own, a party corrected, a project added under the next free code, and a shipped project removed.

use std::io::Read as _;

use serde_json::Value;

use crate::env::Env;

/// A registry as the release before made it, with the checkpoint that was published then.
fn worked_in() -> Env {
    let file = std::fs::File::open(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/older_registries.zip"
    ));
    let mut archive = zip::ZipArchive::new(file.expect("the fixture")).expect("an archive");
    let env = Env::empty();
    for (from, to) in [
        ("schema-16.db", "registry.db"),
        ("schema-16.checkpoint", "before.checkpoint"),
    ] {
        let mut bytes = Vec::new();
        let mut file = archive.by_name(from).expect("a file");
        file.read_to_end(&mut bytes).expect("its bytes");
        env.write(to, bytes);
    }
    env
}

/// The answer to a question in SQL, without its heading.
fn asked(env: &Env, sql: &str) -> String {
    let answer = env.tpmc(&["sql", "--format", "csv", sql]).succeeds();
    answer.lines().skip(1).collect::<Vec<_>>().join("\n")
}

fn holds(env: &Env) {
    env.tpmc(&["verify", "--against", "before.checkpoint"])
        .succeeds();
}

fn records(env: &Env) -> String {
    env.tpmc(&["export", "ndjson"]).succeeds()
}

#[test]
fn what_nobody_touched_is_brought_up_to_date_and_the_rest_is_shown() {
    let env = worked_in();
    let look = env.tpmc(&["migrate"]);
    assert_eq!(look.status, 0, "{look}");
    let run = env.tpmc(&["migrate", "--seeds"]);
    assert_eq!(run.status, 0, "{run}");
    for said in [
        "Left as it is: project F1-001, which was changed here and in the release.",
        "Left as it is: party marubeni, which was changed here and in the release.",
        "Left out: project P-0050, which was removed here.",
        "Left out: project P-0057, because your own project has this code.",
        "Left out: source S-0296, because your own source has this code.",
    ] {
        assert!(run.stderr.contains(said), "{said}\n{run}");
    }
    assert!(run.stdout.contains("Met on 12 November"), "{run}");
    let log = env.tpmc(&["log", "--format", "json"]).json();
    let last = &log.as_array().expect("batches")[0];
    assert_eq!(last["command"], "migrate");
    assert!(
        last["reason"]
            .as_str()
            .expect("a reason")
            .starts_with("Records shipped with tpmc")
    );
    // What people recorded stands.
    assert_eq!(
        asked(&env, "SELECT title_en FROM v_project WHERE code = 'P-0057'"),
        "Cold stores in Da Nang"
    );
    assert_eq!(
        asked(&env, "SELECT status FROM v_project WHERE code = 'F1-001'"),
        "implementing"
    );
    assert_eq!(
        asked(&env, "SELECT count(*) FROM v_project WHERE code = 'P-0050'"),
        "0"
    );
    assert_eq!(
        asked(
            &env,
            "SELECT title_zh_basis FROM v_project WHERE code = 'F1-003'"
        ),
        "translated"
    );
    holds(&env);
    // It is not asked for twice, and what is open is asked again.
    let again = env.tpmc(&["migrate", "--seeds"]);
    assert!(
        again
            .stderr
            .contains("There are no records of this release to take in without a decision."),
        "{again}"
    );
    env.tpmc(&["undo"]).succeeds();
    holds(&env);
    assert_eq!(asked(&env, "SELECT count(*) FROM v_project"), "108");
}

#[test]
fn decisions_settle_everything_and_one_undo_takes_them_back() {
    let env = worked_in();
    env.tpmc(&["migrate"]).succeeds();
    let before = records(&env);
    let run = env.tpmc(&[
        "migrate",
        "--seeds",
        "--take-shipped",
        "marubeni",
        "--take-mine",
        "F1-001",
        "--move-local",
        "P-0057=P-0090,S-0296",
        "--reason",
        "The new release",
    ]);
    assert_eq!(run.status, 0, "{run}");
    assert!(
        run.stderr.contains("Your source S-0296 is S-0400 now"),
        "{run}"
    );
    assert!(
        run.stderr.contains("Your project P-0057 is P-0090 now"),
        "{run}"
    );
    // The record that was moved kept its identity and its source, and is still counted.
    assert_eq!(
        asked(
            &env,
            "SELECT p.title_en, e.source FROM v_project p JOIN v_event e ON e.project = p.code WHERE p.code = 'P-0090'"
        ),
        "Cold stores in Da Nang,S-0400"
    );
    assert_eq!(
        asked(
            &env,
            "SELECT source FROM v_event WHERE project = 'F1-001' AND status = 'implementing'"
        ),
        "S-0400"
    );
    assert_eq!(
        asked(
            &env,
            "SELECT count(*) FROM v_party WHERE code = 'marubeni' AND note LIKE 'Met on%'"
        ),
        "0"
    );
    assert_eq!(asked(&env, "SELECT count(*) FROM v_project"), "133");
    holds(&env);
    // What was kept is not asked about again; what was removed is named each time.
    let again = env.tpmc(&["migrate", "--seeds"]);
    assert!(!again.stderr.contains("F1-001"), "{again}");
    assert!(
        again.stderr.contains("P-0050, which was removed here"),
        "{again}"
    );
    env.tpmc(&["undo"]).succeeds();
    assert_eq!(before, records(&env));
    holds(&env);
    env.tpmc(&["redo"]).succeeds();
    assert_eq!(asked(&env, "SELECT count(*) FROM v_project"), "133");
    holds(&env);
}

#[test]
fn a_removed_record_comes_back_when_it_is_asked_for() {
    let env = worked_in();
    env.tpmc(&["migrate", "--seeds", "--take-shipped", "P-0050"])
        .succeeds();
    assert_eq!(
        asked(&env, "SELECT title_en FROM v_project WHERE code = 'P-0050'"),
        "Asia Direct Cable"
    );
}

#[test]
fn decisions_about_nothing_are_refused_and_record_nothing() {
    let env = worked_in();
    env.tpmc(&["migrate"]).succeeds();
    let before = records(&env);
    for (arguments, why) in [
        (
            ["--take-mine", "P-0001"],
            "there is nothing to decide about it",
        ),
        (
            ["--move-local", "P-0057=P-0060"],
            "belongs to a record of this release",
        ),
        (
            ["--move-local", "S-0296,P-0057=P-01"],
            "another form than codes have",
        ),
    ] {
        let run = env.tpmc(&["migrate", "--seeds", arguments[0], arguments[1]]);
        assert!(run.fails_with(1).contains(why), "{arguments:?}");
    }
    let twice = env.tpmc(&[
        "migrate",
        "--seeds",
        "--take-mine",
        "F1-001",
        "--take-shipped",
        "F1-001",
    ]);
    assert!(twice.fails_with(1).contains("two decisions"));
    assert_eq!(before, records(&env));
}

#[test]
fn a_source_of_the_same_address_becomes_the_shipped_one() {
    let env = worked_in();
    env.tpmc(&["migrate"]).succeeds();
    // The address of a source that this release brings, recorded here first.
    let fresh = Env::seeded();
    let url = asked(&fresh, "SELECT url FROM v_source WHERE code = 'S-0310'");
    env.tpmc(&["source", "set", "S-0296", "--url", &url])
        .succeeds();
    let run = env.tpmc(&["migrate", "--seeds"]);
    assert!(
        run.stderr
            .contains("S-0310, because your source S-0296 has its address"),
        "{run}"
    );
    env.tpmc(&["undo"]).succeeds();
    let run = env.tpmc(&["migrate", "--seeds", "--move-local", "all"]);
    assert!(
        run.stderr.contains("Your source S-0296 is S-0310 now"),
        "{run}"
    );
    assert_eq!(
        asked(
            &env,
            "SELECT source FROM v_event WHERE project = 'F1-001' AND status = 'implementing'"
        ),
        "S-0310"
    );
    holds(&env);
}

#[test]
fn two_offices_hold_equal_shipped_records() {
    let (one, other) = (worked_in(), worked_in());
    other.tpmc(&["migrate"]).succeeds();
    other
        .tpmc(&["party", "set", "itochu", "--note", "Asked in Tokyo."])
        .succeeds();
    let every = [
        "migrate",
        "--seeds",
        "--take-shipped",
        "all",
        "--move-local",
        "all",
    ];
    one.tpmc(&every).succeeds();
    other.tpmc(&every).succeeds();
    let shipped = records(&Env::seeded());
    let held = |env: &Env| -> std::collections::BTreeMap<String, Value> {
        let parse = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
        records(env)
            .lines()
            .map(parse)
            .filter_map(|line| {
                let id = line["document"]["id"].as_str()?;
                Some((id.to_owned(), line.clone()))
            })
            .collect()
    };
    let (one, other) = (held(&one), held(&other));
    let mut compared = 0;
    for line in shipped.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let Some(id) = line["document"]["id"].as_str() else {
            continue;
        };
        assert_eq!(one.get(id), Some(&line), "{id}");
        assert_eq!(other.get(id), Some(&line), "{id}");
        compared += 1;
    }
    assert!(compared > 1_700, "{compared}");
}
