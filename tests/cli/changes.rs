//! `tpmc changes`

use crate::env::{Env, NOW};

#[test]
fn since_the_last_meeting() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "since_the_last_meeting",
        env.tpmc(&["changes", "--from", "last-meeting"])
    );
    for language in ["zh", "ja"] {
        let name = format!("since_the_last_meeting_{language}");
        insta::assert_snapshot!(
            name,
            env.tpmc(&["changes", "--from", "last-meeting", "--lang", language])
        );
    }
    for format in ["json", "csv", "markdown"] {
        let name = format!("months_in_{format}");
        let months = [
            "changes", "--from", "2025-08", "--to", "2025-11", "--format", format,
        ];
        insta::assert_snapshot!(name, env.tpmc(&months));
    }
}

/// Every status that a summary shows at the end is one that changes tells, coming from the status at the beginning.
#[test]
fn changes_and_summaries_agree() {
    let env = Env::seeded();
    let statuses = |day: &str| {
        let list = env
            .tpmc(&["project", "list", "--as-of", day, "--format", "json"])
            .json();
        let list = list.as_array().expect("a list").clone();
        let status =
            |project: serde_json::Value| (project["code"].to_string(), project["status"].clone());
        list.into_iter()
            .map(status)
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    for (from, to) in [
        ("2012", "2016"),
        ("2016", "2018"),
        ("2018", "2019"),
        ("2019", "2025"),
        ("2025", "2026"),
        ("1900", "2026"),
    ] {
        let first = (from.parse::<u32>().expect("a year") + 1).to_string();
        let changes = env
            .tpmc(&["changes", "--from", &first, "--to", to, "--format", "json"])
            .json();
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        let (before, after) = (statuses(from), statuses(to));
        for (code, status) in &after {
            if before[code] != *status {
                expected.push((code.clone(), before[code].clone(), status.clone()));
            }
        }
        for group in ["new", "moved"] {
            for project in changes[group].as_array().expect("a group") {
                let to = if group == "new" {
                    &project["status"]
                } else {
                    &project["to"]
                };
                if *to != project["from"] {
                    found.push((
                        project["code"].to_string(),
                        project["from"].clone(),
                        to.clone(),
                    ));
                }
            }
        }
        found.sort_by(|left, right| left.0.cmp(&right.0));
        assert!(!found.is_empty());
        assert_eq!(found, expected, "{from} to {to}");
    }
}

#[test]
fn on_the_recorded_clock() {
    let env = Env::empty();
    let on = |time: &str, arguments: &[&str]| {
        env.run(env.command(arguments).env("TPMC_NOW", time))
            .succeeds()
    };
    on("2026-11-01T10:00:00Z", &["init", "--empty"]);
    on("2026-11-02T10:00:00Z", &["migrate", "--seeds"]);
    on("2026-11-03T10:00:00Z", &["undo"]);
    let groups = |arguments: &[&str]| {
        let changes = env
            .tpmc(&[&["changes", "--format", "json"], arguments].concat())
            .json();
        ["new", "removed", "moved"].map(|group| changes[group].as_array().map_or(0, Vec::len))
    };
    assert_eq!(
        groups(&["--recorded", "--from", "2026-11-01", "--to", "2026-11-02"]),
        [133, 0, 0]
    );
    assert_eq!(
        groups(&["--recorded", "--from", "2026-11-02T10:00:00Z"]),
        [0, 133, 0]
    );
    assert_eq!(
        groups(&["--recorded", "--from", "2026-11-01"]),
        [0, 0, 0],
        "there and back again"
    );
    assert_eq!(
        groups(&["--recorded", "--from", "-1y", "--known-at", "2026-11-02"]),
        [133, 0, 0]
    );
    assert_eq!(groups(&["--since-batch", "2"]), [0, 133, 0]);
    assert_eq!(groups(&["--since-batch", "3"]), [0, 0, 0]);
    insta::assert_snapshot!(
        "nothing_since",
        env.tpmc(&["changes", "--since-batch", "3"])
    );
    insta::assert_snapshot!(
        "unknown_batch",
        env.tpmc(&["changes", "--since-batch", "9"])
    );
    let removed = env.tpmc(&["changes", "--since-batch", "2"]).succeeds();
    assert!(
        removed.starts_with("Changes in the registry from Batch 2 to Batch 3\n\n133 projects."),
        "{removed}"
    );
}

#[test]
fn what_cannot_be_asked() {
    let env = Env::seeded();
    for (name, arguments) in [
        ("from_the_future", &["--from", "2027"][..]),
        ("to_the_future", &["--from", "2020", "--to", "2026-12-01"]),
        ("backwards", &["--from", "2020", "--to", "2019"]),
        ("a_time_on_the_effective_clock", &["--from", NOW]),
        (
            "recorded_in_the_future",
            &["--recorded", "--from", "2026-11-23T23:00:00Z"],
        ),
        ("no_date", &["--from", "yesterday"]),
    ] {
        insta::assert_snapshot!(name, env.tpmc(&[&["changes"], arguments].concat()));
    }
}

#[test]
fn the_last_meeting_is_where_it_begins() {
    let env = Env::seeded();
    let said = env.tpmc(&["changes", "--from", "last-meeting"]).succeeds();
    assert_eq!(env.tpmc(&["changes"]).succeeds(), said);
    let said = env
        .tpmc(&["changes", "--recorded", "--from", "last-meeting"])
        .succeeds();
    assert_eq!(env.tpmc(&["changes", "--recorded"]).succeeds(), said);
}

/// What was recorded otherwise since the first day stands in the briefing, what a registry began with does not.
#[test]
fn the_briefing_tells_what_was_corrected() {
    let env = Env::seeded();
    let before = env.tpmc(&["changes", "--format", "json"]).json();
    assert_eq!(before["recorded"]["corrected"], serde_json::json!([]));
    env.tpmc(&["project", "set", "F1-017", "--mode", "investment"])
        .succeeds();
    let after = env.tpmc(&["changes", "--format", "json"]).json();
    let corrected = &after["recorded"]["corrected"];
    assert_eq!(corrected[0]["code"], "F1-017");
    assert_eq!(corrected[0]["fields"][0]["after"], "investment");
    assert_eq!(after["moved"], before["moved"]);
    for language in ["en", "zh", "ja"] {
        let run = env.tpmc(&["changes", "--from", "2026-05", "--lang", language]);
        insta::assert_snapshot!(format!("briefing_corrected_{language}"), run);
    }
}

/// A day, a month or a year counts whole at both ends; only a meeting is followed by the day after it.
#[test]
fn the_first_and_the_last_day_count() {
    let env = Env::seeded();
    for (code, on) in [
        ("F1-001", "2025-03-31"),
        ("F1-002", "2025-04-01"),
        ("F1-003", "2026-03-31"),
        ("F1-004", "2026-04-01"),
    ] {
        env.tpmc(&[
            "status",
            code,
            "implementing",
            "--on",
            on,
            "--source",
            "S-0002",
        ])
        .succeeds();
    }
    let moved = |from: &str, to: &str| {
        let arguments = ["changes", "--from", from, "--to", to, "--format", "json"];
        let changes = env.tpmc(&arguments).json();
        let moved = changes["moved"].as_array().expect("a list").clone();
        let codes = moved
            .iter()
            .map(|one| one["code"].as_str().unwrap_or_default());
        let ours: Vec<String> = codes
            .filter(|code| ["F1-001", "F1-002", "F1-003", "F1-004"].contains(code))
            .map(str::to_owned)
            .collect();
        (ours, changes["from"].clone(), changes["to"].clone())
    };
    for (from, to) in [("2025-04", "2026-03"), ("2025-04-01", "2026-03-31")] {
        let (codes, first, last) = moved(from, to);
        assert_eq!(codes, ["F1-002", "F1-003"], "{from} to {to}");
        assert_eq!((first, last), ("2025-04-01".into(), "2026-03-31".into()));
    }
    assert_eq!(moved("2026", "2026").0, ["F1-003", "F1-004"]);
    assert_eq!(moved("2026-04-01", "2026-04-01").0, ["F1-004"]);
    assert_eq!(moved("-1y", "2026").1, "2025-11-23");
    let meeting = env.tpmc(&["changes", "--format", "json"]).json();
    assert_eq!(meeting["from"], "2025-03-23");
    assert_eq!(meeting["after_meeting"]["on_date"], "2025-03-22");
    let refused = ["changes", "--recorded", "--as-of", "2026"];
    assert!(env.tpmc(&refused).fails_with(1).contains("--from and --to"));
}

/// On the recorded clock, too: what was recorded on the first day is a change, what was there before is not.
#[test]
fn the_first_day_of_recording_counts() {
    let env = Env::seeded();
    let set = ["project", "set", "F1-017", "--mode", "investment"];
    env.run(env.command(&set).env("TPMC_NOW", "2026-11-25T10:00:00Z"))
        .succeeds();
    let corrected = |from: &str| {
        let asked = ["changes", "--recorded", "--from", from, "--format", "json"];
        let asked = env.run(env.command(&asked).env("TPMC_NOW", "2026-11-26T10:00:00Z"));
        let changes = asked.json();
        let count = changes["corrected"].as_array().map_or(0, Vec::len);
        (count, changes["first_day"].clone())
    };
    assert_eq!(corrected("2026-11-25"), (1, "2026-11-25".into()));
    assert_eq!(corrected("2026-11-26"), (0, "2026-11-26".into()));
    assert_eq!(corrected("-1d"), (1, "2026-11-25".into()));
}
