//! The two clocks: what was so on a day, and what the registry said at a time.

use crate::env::{Env, NOW, bytes};

/// Statuses at the end of earlier years, from the README of the records.
pub(crate) const EXPECTED: [(&str, [u64; 8]); 7] = [
    ("2012", [0, 0, 7, 1, 2, 0, 0, 123]),
    ("2016", [0, 0, 8, 4, 11, 1, 0, 109]),
    ("2018", [1, 53, 12, 7, 17, 1, 2, 40]),
    ("2019", [0, 49, 13, 9, 21, 1, 2, 38]),
    ("2021", [0, 48, 18, 15, 24, 1, 3, 24]),
    ("2023", [0, 49, 12, 19, 34, 2, 4, 13]),
    ("2025", [0, 48, 7, 26, 43, 2, 5, 2]),
];
pub(crate) const STATUSES: [&str; 8] = [
    "proposed",
    "signed",
    "committed",
    "implementing",
    "completed",
    "suspended",
    "cancelled",
    "not_stated",
];

#[test]
fn statuses_at_the_end_of_a_year() {
    let env = Env::seeded();
    for (year, expected) in EXPECTED {
        let summary = env
            .tpmc(&["summary", "--as-of", year, "--format", "json"])
            .json();
        assert_eq!(summary["as_of"], format!("{year}-12-31"));
        let counts = &summary["total"]["by_status"];
        let found = STATUSES.map(|status| counts[status].as_u64().unwrap_or(0));
        assert_eq!(found, expected, "{year}");
        let list = env
            .tpmc(&["project", "list", "--as-of", year, "--format", "json"])
            .json();
        let list = list.as_array().expect("a list");
        for (status, expected) in STATUSES.iter().zip(expected) {
            let is_one = |project: &&serde_json::Value| {
                project["status"].as_str().unwrap_or("not_stated") == *status
            };
            assert_eq!(
                list.iter().filter(is_one).count() as u64,
                expected,
                "{year} {status}"
            );
        }
    }
}

#[test]
fn the_same_day_in_other_words() {
    let env = Env::seeded();
    let summary = |day: &str| env.tpmc(&["summary", "--as-of", day]).succeeds();
    assert_eq!(summary("2019"), summary("2019-12"));
    assert_eq!(summary("2019-12"), summary("2019-12-31"));
    assert_ne!(
        summary("2019-12-30"),
        summary("2019-12-31"),
        "dates of a year end with it"
    );
    assert_eq!(summary("-1y"), summary("2025-11-23"));
    assert_eq!(summary("-7d"), summary("-1w"));
    assert_eq!(
        summary("2026"),
        summary("2026-11-23"),
        "a year that is not over counts so far"
    );
    assert_eq!(summary("2026-11-23"), env.tpmc(&["summary"]).succeeds());
    let meeting = env
        .tpmc(&["summary", "--as-of", "last-meeting", "--format", "json"])
        .json();
    assert_eq!(meeting["as_of"], "2025-03-22");
}

#[test]
fn pages_say_which_day_and_which_knowledge_they_are_of() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "show_as_of",
        env.tpmc(&["project", "show", "P-0005", "--as-of", "2017"])
    );
    let both = ["--as-of", "2018", "--known-at", "2026-11-23"];
    for (language, name) in [
        ("en", "list_both"),
        ("zh", "list_both_zh"),
        ("ja", "list_both_ja"),
    ] {
        let list = ["project", "list", "--country", "VN", "--lang", language];
        insta::assert_snapshot!(name, env.tpmc(&[&list[..], &both].concat()));
    }
    let shown = env
        .tpmc(&[
            "project",
            "show",
            "P-0005",
            "--format",
            "json",
            "--as-of",
            "2017",
            "--known-at",
            NOW,
        ])
        .json();
    assert_eq!(
        (&shown["as_of"], &shown["known_at"]),
        (&"2017-12-31".into(), &NOW.into())
    );
    let plain = env.tpmc(&["project", "show", "P-0005"]).succeeds();
    assert!(!plain.contains("As of"), "nothing is said of the present");
}

#[test]
fn what_lies_in_the_future_is_refused() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "future_day",
        env.tpmc(&["summary", "--as-of", "2026-11-24"])
    );
    insta::assert_snapshot!(
        "future_time",
        env.tpmc(&["summary", "--known-at", "2026-11-24"])
    );
    env.tpmc(&["log", "--known-at", "2027-01-01T00:00:00Z"])
        .fails_with(1);
    // The day that is not over means now, and the report says so.
    let today = env
        .tpmc(&["summary", "--known-at", "2026-11-23", "--format", "json"])
        .json();
    assert_eq!(today["known_at"], NOW);
    let late = ["summary", "--as-of", "2020", "--known-at", "2019"];
    env.tpmc(&late).fails_with(2);
}

#[test]
fn before_the_first_batch_there_is_no_registry_to_ask() {
    let env = Env::seeded();
    let then = ["--known-at", "2026-11-23T21:59:59Z"];
    insta::assert_snapshot!("nothing_yet", env.tpmc(&[&["summary"], &then[..]].concat()));
    let commands: [&[&str]; 6] = [
        &["project", "list", "--country", "TH"],
        &["project", "show", "F1-001"],
        &["mechanism", "--format", "json"],
        &["log"],
        &["show", "1"],
        &["changes", "--from", "-1y"],
    ];
    for command in commands {
        let refusal = env.tpmc(&[command, &then].concat()).fails_with(1);
        assert!(
            refusal.contains("recorded nothing by"),
            "{command:?}: {refusal}"
        );
    }
    env.tpmc(&["summary", "--known-at", NOW]).succeeds();
}

/// Two batches: reference data first, projects an hour later.
pub(crate) fn in_two_steps() -> Env {
    let env = Env::empty();
    env.run(
        env.command(&["init", "--empty"])
            .env("TPMC_NOW", "2026-11-01T10:00:00Z"),
    )
    .succeeds();
    env.run(
        env.command(&["migrate", "--seeds"])
            .env("TPMC_NOW", "2026-11-01T11:00:00Z"),
    )
    .succeeds();
    env
}

#[test]
fn what_the_registry_said_after_each_batch() {
    let env = in_two_steps();
    let projects = |time: &str| {
        let summary = env
            .tpmc(&["summary", "--known-at", time, "--format", "json"])
            .json();
        summary["total"]["projects"].as_u64().expect("a number")
    };
    env.run(
        env.command(&["undo"])
            .env("TPMC_NOW", "2026-11-01T12:00:00Z"),
    )
    .succeeds();
    assert_eq!(projects("2026-11-01T10:59:59Z"), 0);
    assert_eq!(projects("2026-11-01T11:00:00Z"), 133);
    assert_eq!(
        projects("2026-11-01T20:59:59+09:00"),
        133,
        "an hour later, in Tokyo"
    );
    assert_eq!(projects("2026-11-01T12:00:00Z"), 0);
    let both = [
        "summary",
        "--as-of",
        "2016",
        "--known-at",
        "2026-11-01T11:30:00Z",
        "--format",
        "json",
    ];
    assert_eq!(
        env.tpmc(&both).json()["total"]["by_status"]["completed"],
        11
    );
    let log = env
        .tpmc(&[
            "log",
            "--known-at",
            "2026-11-01T11:30:00Z",
            "--format",
            "json",
        ])
        .json();
    assert_eq!(log.as_array().map(Vec::len), Some(2));
    env.tpmc(&["show", "3", "--known-at", "2026-11-01T11:30:00Z"])
        .fails_with(1);
}

#[test]
fn a_report_is_printed_again_byte_for_byte() {
    let env = in_two_steps();
    let reports: [&[&str]; 7] = [
        &["summary"],
        &["summary", "--format", "json", "--as-of", "-1y"],
        &["project", "list", "--format", "csv"],
        &["project", "show", "F1-001", "--lang", "ja"],
        &["mechanism", "--as-of", "last-meeting"],
        &["log", "--format", "json"],
        &["changes", "--from", "2025", "--format", "markdown"],
    ];
    let at = ["--known-at", "2026-11-02T09:00:00Z"];
    let print = |now: &str| {
        let print = |report: &&[&str]| {
            env.run(env.command(&[*report, &at].concat()).env("TPMC_NOW", now))
                .succeeds()
        };
        reports.iter().map(print).collect::<Vec<_>>()
    };
    let first = print("2026-11-02T09:00:00Z");
    let before = bytes(&env.path("registry.db"));
    env.tpmc(&["undo", "--reason", "a later batch"]).succeeds();
    assert_ne!(before, bytes(&env.path("registry.db")));
    for (again, first) in print("2031-06-01T00:00:00Z").iter().zip(&first) {
        assert_eq!(again, first);
    }
}
