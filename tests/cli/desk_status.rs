//! `tpmc status`

use crate::env::Env;

#[test]
fn a_status_with_a_new_source() {
    let env = Env::seeded();
    let status = [
        "status",
        "P-0012",
        "completed",
        "--on",
        "2026-10-30",
        "--source",
        "https://example.org/news",
    ];
    insta::assert_snapshot!("dry_run", env.tpmc(&[&status[..], &["--dry-run"]].concat()));
    insta::assert_snapshot!("recorded", env.tpmc(&status));
    insta::assert_snapshot!("said_twice", env.tpmc(&status));
    let again = [
        "status",
        "P-0013",
        "completed",
        "--on",
        "2026-10",
        "--source",
        "https://example.org/news",
    ];
    insta::assert_snapshot!("known_source", env.tpmc(&again));
    let shown = env
        .tpmc(&["project", "show", "P-0013", "--format", "json"])
        .json();
    assert_eq!(shown["status"], "completed");
    assert_eq!(
        shown["events"]
            .as_array()
            .and_then(|events| events.last())
            .map(|event| &event["source"]),
        Some(&serde_json::json!("S-0400"))
    );
}

#[test]
fn a_step_back_is_said_out_loud() {
    let env = Env::seeded();
    let back = [
        "status",
        "P-0001",
        "implementing",
        "--on",
        "2024",
        "--source",
        "S-0002",
    ];
    insta::assert_snapshot!("step_back", env.tpmc(&back));
    env.tpmc(&[&back[..], &["--reopen"]].concat()).fails_with(2);
    insta::assert_snapshot!(
        "reopened",
        env.tpmc(&[&back[..], &["--reopen", "--reason", "a second phase"]].concat())
    );
}

#[test]
fn what_is_recorded_late_takes_its_place() {
    let env = Env::seeded();
    insta::assert_snapshot!(env.tpmc(&[
        "status",
        "P-0001",
        "implementing",
        "--on",
        "2018",
        "--no-source"
    ]));
}

#[test]
fn dates_and_sources_are_checked() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "future",
        env.tpmc(&[
            "status",
            "P-0004",
            "implementing",
            "--on",
            "2026-11-25",
            "--no-source"
        ])
    );
    insta::assert_snapshot!(
        "no_source",
        env.tpmc(&["status", "P-0004", "implementing", "--on", "2025"])
    );
    for date in [
        "2019-02-30",
        "2019-02-29",
        "0000",
        "0000-01-01",
        "2019-13",
        "tomorrow",
        "",
    ] {
        env.tpmc(&[
            "status",
            "P-0004",
            "implementing",
            "--on",
            date,
            "--no-source",
        ])
        .fails_with(2);
    }
    env.tpmc(&[
        "status",
        "P-0004",
        "implementing",
        "--on",
        "2024-02-29",
        "--source",
        "S-9999",
    ])
    .fails_with(1);
    env.tpmc(&[
        "status",
        "P-0004",
        "implementing",
        "--on",
        "2024-02-29",
        "--source",
        "example",
    ])
    .fails_with(1);
    env.tpmc(&[
        "status",
        "P-0004",
        "implementing",
        "--on",
        "2024-02-29",
        "--no-source",
    ])
    .succeeds();
}
