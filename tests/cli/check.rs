//! `tpmc check`

use crate::env::Env;

#[test]
fn the_shipped_records_have_no_errors() {
    let env = Env::seeded();
    let json = env.tpmc(&["check", "--format", "json"]).json();
    assert_eq!(json["standing"]["error"], serde_json::Value::Null);
    insta::assert_snapshot!("warnings", env.tpmc(&["check", "--severity", "warning"]));
    insta::assert_snapshot!(
        "japanese",
        env.tpmc(&["check", "--rule", "no-status,mode-missing", "--lang", "ja"])
    );
    insta::assert_snapshot!(
        "chinese",
        env.tpmc(&["check", "--rule", "side-missing", "--lang", "zh"])
    );
    insta::assert_snapshot!(
        "csv",
        env.tpmc(&["check", "--rule", "no-status", "--format", "csv"])
    );
    insta::assert_snapshot!(
        "markdown",
        env.tpmc(&["check", "--rule", "no-status", "--format", "markdown"])
    );
    insta::assert_snapshot!("unknown_rule", env.tpmc(&["check", "--rule", "no-statu"]));
}

#[test]
fn the_day_that_is_asked_about_counts() {
    let env = Env::seeded();
    let stands = |day: &str| {
        let json = env
            .tpmc(&[
                "check",
                "--rule",
                "suspended-without-news",
                "--format",
                "json",
                "--as-of",
                day,
            ])
            .json();
        json["findings"].as_array().expect("findings").len()
    };
    assert_eq!((stands("2024-06"), stands("2026-06")), (1, 2));
}

#[test]
fn a_waiver_counts_until_its_last_day() {
    let env = Env::seeded();
    let waive = |until: &str| {
        env.tpmc(&[
            "check",
            "waive",
            "no-status",
            "P-0022",
            "--owner",
            "Tokyo office",
            "--reason",
            "the parties were asked",
            "--until",
            until,
        ])
    };
    insta::assert_snapshot!("past", waive("2026-11-22"));
    insta::assert_snapshot!("recorded", waive("2027-03-31"));
    insta::assert_snapshot!("list", env.tpmc(&["check", "waivers"]));
    insta::assert_snapshot!("accepted", env.tpmc(&["check", "--rule", "no-status"]));
    insta::assert_snapshot!(
        "accepted_shown",
        env.tpmc(&["check", "--rule", "no-status", "--waived"])
    );
    let later = env.run(
        env.command(&["check", "--rule", "no-status,waiver-expired"])
            .env("TPMC_NOW", "2027-04-01T00:00:00Z"),
    );
    insta::assert_snapshot!("expired", later);
    insta::assert_snapshot!(
        "withdrawn",
        env.tpmc(&["check", "waive", "no-status", "P-0022", "--withdraw"])
    );
    insta::assert_snapshot!("none", env.tpmc(&["check", "waivers"]));
}

#[test]
fn a_waiver_says_who_and_why_about_a_record_that_exists() {
    let env = Env::seeded();
    let base = ["check", "waive", "no-status"];
    for rest in [
        &["P-0022"][..],
        &["P-0022", "--owner", "A", "--until", "2027-01-01"],
        &[
            "P-0022",
            "--owner",
            " ",
            "--reason",
            "x",
            "--until",
            "2027-01-01",
        ],
        &[
            "P-9999",
            "--owner",
            "A",
            "--reason",
            "x",
            "--until",
            "2027-01-01",
        ],
        &[
            "P-0022",
            "--owner",
            "A",
            "--reason",
            "x",
            "--until",
            "2027-02-30",
        ],
        &["P-0022", "--withdraw"],
    ] {
        let run = env.tpmc(&[&base[..], rest].concat());
        assert!([1, 2].contains(&run.status), "{rest:?}: {run}");
    }
}

#[test]
fn one_record_alone() {
    let env = Env::seeded();
    let json = env
        .tpmc(&["check", "--record", "p-0020", "--format", "json"])
        .json();
    let found = json["findings"].as_array().expect("findings");
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|finding| finding["record"] == "P-0020"),
        "{json}"
    );
    env.tpmc(&["check", "--record", "P-9999"]).fails_with(1);
}
