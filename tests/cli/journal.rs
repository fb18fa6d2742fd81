//! `tpmc log`, `tpmc show`, `tpmc undo` and `tpmc redo`

use std::process::Command;

use crate::env::{Env, bytes};

/// A registry in three batches: reference data, projects and parties, and what the argument does on the third day.
fn registry(then: &[&str]) -> Env {
    let env = Env::empty();
    let on = |day: &str, arguments: &[&str]| {
        let mut command: Command = env.command(arguments);
        command.env("TPMC_NOW", format!("2026-11-0{day}T10:00:00Z"));
        env.run(&mut command).succeeds();
    };
    on("1", &["init", "--empty", "--reason", "a new office"]);
    on("2", &["migrate", "--seeds"]);
    on("3", then);
    env
}

#[test]
fn the_batches_in_every_format() {
    let env = registry(&["undo", "--reason", "the wrong file"]);
    insta::assert_snapshot!("log", env.tpmc(&["log"]));
    for (format, name) in [
        ("json", "log_json"),
        ("csv", "log_csv"),
        ("markdown", "log_markdown"),
    ] {
        insta::assert_snapshot!(name, env.tpmc(&["log", "--format", format, "--limit", "2"]));
    }
    insta::assert_snapshot!(
        "log_limited_zh",
        env.tpmc(&["log", "--limit", "1", "--lang", "zh"])
    );
    insta::assert_snapshot!("log_ja", env.tpmc(&["log", "--lang", "ja"]));
}

#[test]
fn one_batch() {
    let env = registry(&["undo"]);
    insta::assert_snapshot!("show_many", env.tpmc(&["show", "2"]));
    insta::assert_snapshot!("show_undo_ja", env.tpmc(&["show", "3", "--lang", "ja"]));
    let all = env.tpmc(&["show", "2", "--all"]).succeeds();
    assert_eq!(all.matches("Added: Project ").count(), 133);
    let json = env.tpmc(&["show", "2", "--format", "json"]).json();
    assert_eq!(json["records"].as_array().map(Vec::len), Some(458));
    assert_eq!(
        (&json["batch"]["number"], &json["batch"]["undone_by"]),
        (&2.into(), &3.into())
    );
    let csv = env.tpmc(&["show", "2", "--format", "csv"]).succeeds();
    assert!(
        csv.contains("\n2,project,F1-001,added,,,mode,added,,industrial_finance\n"),
        "a row for each field"
    );
    for nonsense in ["0", "4", "-1"] {
        env.tpmc(&["show", "--", nonsense]).fails_with(1);
    }
    insta::assert_snapshot!("show_unknown", env.tpmc(&["show", "9"]));
    env.tpmc(&["show", "two"]).fails_with(2);
}

#[test]
fn the_history_of_a_record() {
    let env = registry(&["undo"]);
    insta::assert_snapshot!("history_of_a_party", env.tpmc(&["log", "marubeni"]));
    insta::assert_snapshot!(
        "history_zh",
        env.tpmc(&["log", "marubeni", "--lang", "zh", "--limit", "1"])
    );
    insta::assert_snapshot!("history_csv", env.tpmc(&["log", "TH", "--format", "csv"]));
    insta::assert_snapshot!(
        "history_markdown",
        env.tpmc(&["log", "F1", "--format", "markdown"])
    );
    let changes = |code: &str| {
        let steps = env.tpmc(&["log", code, "--format", "json"]).json();
        let steps = steps.as_array().expect("steps").clone();
        steps
            .iter()
            .map(|step| step["change"].as_str().expect("a word").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(changes("F1-001"), ["removed", "added"]);
    assert_eq!(changes("f1-001"), ["removed", "added"], "in either case");
    assert_eq!(changes("S-0001"), ["added"]);
    assert_eq!(changes("M-001"), ["added"]);
    insta::assert_snapshot!("history_unknown", env.tpmc(&["log", "F1-053"]));
    env.tpmc(&["log", "TH", "--kind", "party"]).fails_with(1);
    env.tpmc(&["log", "TH", "--kind", "country"]).succeeds();
    env.tpmc(&["log", "--kind", "country"]).fails_with(2);
}

#[test]
fn a_preview_records_nothing() {
    let env = registry(&["undo"]);
    let before = bytes(&env.path("registry.db"));
    insta::assert_snapshot!("preview", env.tpmc(&["redo", "--dry-run"]));
    assert_eq!(before, bytes(&env.path("registry.db")));
}

#[test]
fn back_and_forth() {
    let env = registry(&["undo"]);
    let projects =
        || env.tpmc(&["summary", "--format", "json"]).json()["total"]["projects"].clone();
    assert_eq!(projects(), 0);
    insta::assert_snapshot!(
        "redone",
        env.tpmc(&["redo", "--reason", "it was the right file"])
    );
    assert_eq!(projects(), 133);
    insta::assert_snapshot!("nothing_to_redo", env.tpmc(&["redo"]));
    env.tpmc(&["undo", "-q"]).succeeds();
    insta::assert_snapshot!("nothing_to_undo", env.tpmc(&["undo"]));
    insta::assert_snapshot!("undone_already", env.tpmc(&["undo", "2"]));
    env.tpmc(&["undo", "5"]).succeeds();
    assert_eq!(projects(), 133, "an undo can be undone by its number");
    insta::assert_snapshot!("log_back_and_forth", env.tpmc(&["log"]));
}

#[test]
fn the_first_batch_goes_only_when_nothing_needs_it() {
    let env = registry(&["undo"]);
    env.tpmc(&["redo"]).succeeds();
    let before = bytes(&env.path("registry.db"));
    let refusal = env.tpmc(&["undo", "1"]).fails_with(1);
    assert!(
        refusal.contains("party acwa-power to country SA, "),
        "{refusal}"
    );
    assert!(refusal.contains(", and more\nhint: "), "{refusal}");
    assert_eq!(before, bytes(&env.path("registry.db")));
    env.tpmc(&["undo"]).succeeds();
    env.tpmc(&["undo", "1"]).succeeds();
    assert_eq!(
        env.tpmc(&["mechanism", "--format", "json"]).json(),
        serde_json::json!([])
    );
    env.tpmc(&["redo"]).succeeds();
    assert_eq!(
        env.tpmc(&["mechanism", "--format", "json"])
            .json()
            .as_array()
            .map(Vec::len),
        Some(36)
    );
}

/// Four days of work at a desk, on a registry with everything in it.
fn at_work() -> Env {
    let env = Env::seeded();
    let on = |day: &str, arguments: &[&str]| {
        let mut command: Command = env.command(arguments);
        command.env("TPMC_NOW", format!("2026-12-0{day}T09:00:00Z"));
        env.run(&mut command).succeeds();
    };
    let completed = [
        "status",
        "P-0012",
        "completed",
        "--on",
        "2026-10-30",
        "--source",
        "S-0002",
    ];
    on(
        "1",
        &[&completed[..], &["--reason", "letter of the ministry"]].concat(),
    );
    on(
        "2",
        &["project", "set", "P-0012", "--sector", "environment"],
    );
    on(
        "3",
        &[
            "project",
            "set",
            "P-0013",
            "--mode",
            "engineering",
            "--note",
            "seen on site",
        ],
    );
    env
}

fn later(env: &Env, arguments: &[&str]) -> crate::env::Run {
    env.run(
        env.command(arguments)
            .env("TPMC_NOW", "2026-12-04T09:00:00Z"),
    )
}

#[test]
fn a_week_at_the_desk() {
    let env = at_work();
    insta::assert_snapshot!("week_log", later(&env, &["log"]));
    insta::assert_snapshot!("week_show", later(&env, &["show", "2"]));
    insta::assert_snapshot!(
        "week_show_json",
        later(&env, &["show", "2", "--format", "json"])
    );
    insta::assert_snapshot!("week_show_zh", later(&env, &["show", "2", "--lang", "zh"]));
    insta::assert_snapshot!("week_show_ja", later(&env, &["show", "4", "--lang", "ja"]));
    insta::assert_snapshot!(
        "week_history",
        later(&env, &["log", "P-0012", "--limit", "2"])
    );
    insta::assert_snapshot!(
        "week_changes",
        later(&env, &["changes", "--since-batch", "1"])
    );
    let happened = later(&env, &["changes", "--from", "2026-09", "--format", "json"]).json();
    assert_eq!(happened["moved"][0]["code"], "P-0012");
    // What was not known yet had not happened, as far as the registry could tell.
    let then = [
        "changes",
        "--from",
        "2026-10",
        "--known-at",
        "2026-11-30",
        "--format",
        "json",
    ];
    assert_eq!(later(&env, &then).json()["projects"], 0);
    let as_of = [
        "project",
        "show",
        "P-0012",
        "--as-of",
        "2026-11-30",
        "--format",
        "json",
    ];
    assert_eq!(later(&env, &as_of).json()["status"], "completed");
    let both = [&as_of[..], &["--known-at", "2026-11-30"]].concat();
    assert_eq!(later(&env, &both).json()["status"], "implementing");
}

#[test]
fn a_week_taken_back() {
    let env = at_work();
    let project = || later(&env, &["project", "show", "P-0012", "--format", "json"]).json();
    assert_eq!(project()["status"], "completed");
    insta::assert_snapshot!("week_overtaken", later(&env, &["undo", "2"]));
    insta::assert_snapshot!("week_preview", later(&env, &["undo", "3", "--dry-run"]));
    later(&env, &["undo", "3", "--reason", "energy after all"]).succeeds();
    insta::assert_snapshot!("week_undone", later(&env, &["undo", "2"]));
    assert_eq!(
        (&project()["status"], &project()["sector"]),
        (&"implementing".into(), &"energy".into())
    );
    let untouched = Env::seeded()
        .tpmc(&["project", "show", "P-0012"])
        .succeeds();
    assert_eq!(
        later(&env, &["project", "show", "P-0012"]).succeeds(),
        untouched
    );
}

/// Batches of three people on three days.
fn of_three() -> Env {
    let env = Env::seeded();
    for (day, actor, arguments) in [
        (1, "li", &["project", "set", "P-0012", "--note", "one"][..]),
        (2, "sato", &["party", "set", "marubeni", "--note", "two"]),
        (3, "wang", &["project", "set", "P-0013", "--note", "three"]),
    ] {
        let mut command = env.command(arguments);
        command.env("TPMC_NOW", format!("2026-12-0{day}T09:00:00Z"));
        env.run(command.env("TPMC_ACTOR", actor)).succeeds();
    }
    env
}

#[test]
fn the_log_is_filtered() {
    let env = of_three();
    let numbers = |arguments: &[&str]| {
        let log = [&["log", "--format", "json"], arguments].concat();
        let log = later(&env, &log).json();
        let log = log.as_array().expect("batches").clone();
        let numbers = log.iter().map(|line| {
            let number = line.get("number").or_else(|| line["batch"].get("number"));
            number
                .and_then(serde_json::Value::as_i64)
                .expect("a number")
        });
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(
        numbers(&[]),
        [4, 3, 2, 1],
        "TPMC_ACTOR says who records, not whose batches"
    );
    assert_eq!(numbers(&["--actor", "li"]), [2]);
    assert_eq!(numbers(&["--actor", "nobody"]), [] as [i64; 0]);
    assert_eq!(numbers(&["--command", "project"]), [4, 2]);
    assert_eq!(numbers(&["--command", "project set"]), [4, 2]);
    assert_eq!(numbers(&["--command", "proj"]), [] as [i64; 0]);
    assert_eq!(numbers(&["--record", "marubeni"]), [3, 1]);
    assert_eq!(numbers(&["--since", "2026-12-02"]), [4, 3]);
    assert_eq!(numbers(&["--since", "2026-12"]), [4, 3, 2]);
    assert_eq!(numbers(&["--since", "2026-12-02T09:00:01Z"]), [4]);
    assert_eq!(numbers(&["--until", "2026-12-02"]), [3, 2, 1]);
    assert_eq!(numbers(&["--until", "2026-12-02T08:59:59Z"]), [2, 1]);
    assert_eq!(
        numbers(&["--since", "2026-12-01", "--until", "2026-12-01"]),
        [2]
    );
    let two = [
        &["--record", "P-0012", "--actor", "li"][..],
        &["--limit", "1"],
    ]
    .concat();
    assert_eq!(numbers(&two), [2]);
    assert_eq!(numbers(&["P-0012", "--actor", "li"]), [2]);
    assert_eq!(numbers(&["P-0012", "--until", "2026-11-30"]), [1]);
    let left_out = later(&env, &["log", "--command", "project", "--limit", "1"]).succeeds();
    assert!(
        left_out.contains("One older batch is not shown."),
        "{left_out}"
    );
    later(&env, &["log", "--record", "P-9999"]).fails_with(1);
}

#[test]
fn the_last_batch_of_another_is_undone_by_its_number_only() {
    let env = of_three();
    let run = |actor: &str, arguments: &[&str]| {
        let mut command = env.command(arguments);
        command.env("TPMC_NOW", "2026-12-04T09:00:00Z");
        env.run(command.env("TPMC_ACTOR", actor))
    };
    let before = bytes(&env.path("registry.db"));
    let refusal = run("li", &["undo"]).fails_with(1);
    assert_eq!(
        refusal,
        "error: the last batch that can be undone is not yours: wang recorded batch 4 at 2026-12-03T09:00:00Z with `project set`\n\
         hint: to do it all the same, name the batch: `tpmc undo 4`\n"
    );
    assert_eq!(before, bytes(&env.path("registry.db")));
    run("wang", &["undo"]).succeeds();
    let refusal = run("li", &["redo"]).fails_with(1);
    assert!(refusal.contains("wang recorded batch 5"), "{refusal}");
    assert!(refusal.contains("`tpmc undo 5`"), "{refusal}");
    run("wang", &["redo"]).succeeds();
    run("li", &["undo", "4"]).succeeds();
}
