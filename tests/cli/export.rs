//! `tpmc export`: the formats, the choice of records, and what is refused.

use crate::env::{Env, bytes};

/// Formats that are one stream of bytes.
const STREAMS: [&str; 5] = ["csv", "json", "ndjson", "iati", "oc4ids"];

#[test]
fn the_same_registry_gives_the_same_bytes() {
    let env = Env::seeded();
    for format in STREAMS {
        let export = |now: &str| {
            let mut command = env.command(&["export", format, "-q"]);
            env.run(command.env("TPMC_NOW", now)).succeeds()
        };
        let first = export("2026-11-23T22:00:00Z");
        assert!(
            first == export("2027-03-01T09:00:00Z"),
            "{format} depends on the clock"
        );
        env.tpmc(&["export", format, "-o", "out", "-q"]).succeeds();
        assert!(
            bytes(&env.path("out")) == first.as_bytes(),
            "{format} into a file"
        );
    }
    for (format, name) in [("xlsx", "x"), ("sqlite", "s"), ("datapackage", "d")] {
        for place in ["1", "2"] {
            let name = format!("{name}{place}.zip");
            env.tpmc(&["export", format, "-o", &name, "-q"]).succeeds();
        }
        let made = |place: &str| bytes(&env.path(&format!("{name}{place}.zip")));
        assert!(made("1") == made("2"), "{format}");
    }
}

#[test]
fn the_project_sheet() {
    let env = Env::seeded();
    let sheet = env.tpmc(&["export", "csv", "--country", "TH"]).succeeds();
    insta::assert_snapshot!(sheet);
    let mut reader = csv_of(&sheet);
    let codes: Vec<String> = reader
        .records()
        .map(|row| row.expect("CSV")[0].to_owned())
        .collect();
    let listed = env
        .tpmc(&["project", "list", "--country", "TH", "--format", "json"])
        .json();
    let listed = listed.as_array().expect("a list").iter();
    assert_eq!(
        codes,
        listed
            .map(|project| project["code"].as_str().expect("a code"))
            .collect::<Vec<_>>()
    );
}

fn csv_of(text: &str) -> csv::Reader<&[u8]> {
    csv::Reader::from_reader(text.as_bytes())
}

#[test]
fn the_scores_follow_from_the_export() {
    let records = Env::seeded().tpmc(&["export", "json"]).json();
    let records = &records["records"];
    let confidence = |code: &serde_json::Value| {
        let sources = records["source"].as_array().expect("sources");
        let source = sources.iter().find(|source| source["code"] == *code);
        source.expect("a source that is exported")["confidence"].clone()
    };
    for project in records["project"].as_array().expect("projects") {
        let is_stated = |field: &str| !project[field].is_null();
        let list = |field: &str| project[field].as_array().expect("a list").clone();
        let taking_part = list("participations")
            .into_iter()
            .filter(|part| part["prospective"] == false);
        let parties: std::collections::BTreeSet<String> =
            taking_part.map(|part| part["party"].to_string()).collect();
        let provenance = &project["provenance"];
        let named = provenance["sources"].as_array().expect("sources");
        let facts = [
            is_stated("instrument"),
            is_stated("mode"),
            is_stated("sector"),
            !list("hosts").is_empty(),
            parties.len() >= 2,
            !provenance["status"].is_null(),
            !list("amounts").is_empty(),
            !named.is_empty(),
        ];
        let count = u32::try_from(facts.into_iter().filter(|fact| *fact).count()).expect("few");
        assert_eq!(
            provenance["completeness"],
            f64::from(count) / 8.0,
            "{}",
            project["code"]
        );
        for source in named {
            assert_eq!(source["confidence"], confidence(&source["source"]));
        }
    }
}

#[test]
fn a_choice_holds_what_it_refers_to_and_nothing_else() {
    let env = Env::seeded();
    let records = env
        .tpmc(&["export", "json", "--country", "TH", "--as-of", "2018"])
        .json();
    assert_eq!(records["as_of"], "2018-12-31");
    let records = &records["records"];
    let projects = records["project"].as_array().expect("projects");
    assert!(!projects.is_empty() && projects.len() < 20);
    for project in projects {
        for event in project["events"].as_array().expect("events") {
            assert!(
                event["on_date"].as_str().is_none_or(|date| date < "2019"),
                "{event}"
            );
        }
    }
    assert_eq!(records["mechanism_event"], serde_json::json!([]));
    env.tpmc(&["export", "ndjson", "--country", "TH", "-o", "th.ndjson"])
        .succeeds();
    env.tpmc(&["import", "records", "th.ndjson", "--registry", "th.db"])
        .succeeds();
}

#[test]
fn what_was_known_then() {
    let env = Env::seeded();
    env.tpmc(&["export", "json", "--known-at", "2020-01-01"])
        .fails_with(1);
    let all = env.tpmc(&["export", "ndjson"]).succeeds();
    assert!(
        env.tpmc(&["export", "ndjson", "--known-at", "2026-11-23T22:00:00Z"])
            .succeeds()
            == all
    );
}

#[test]
fn what_a_standard_cannot_hold_is_named() {
    let env = Env::seeded();
    for format in ["iati", "oc4ids"] {
        let run = env.tpmc(&["export", format, "--country", "TH", "-o", "out"]);
        insta::assert_snapshot!(format!("loss_{format}"), run);
        env.tpmc(&[
            "export",
            format,
            "--country",
            "TH",
            "-o",
            "out",
            "--loss",
            "loss.csv",
            "-q",
        ])
        .succeeds();
        let loss = String::from_utf8(bytes(&env.path("loss.csv"))).expect("UTF-8");
        assert!(loss.starts_with("\u{feff}code,field,loss\n") && loss.lines().count() > 5);
    }
    let refused = env
        .tpmc(&["export", "iati", "--loss", "registry.db"])
        .fails_with(1);
    assert!(refused.contains("is the registry itself"), "{refused}");
}

#[test]
fn one_activity() {
    let env = Env::seeded();
    let run = env.tpmc(&[
        "export",
        "iati",
        "--party",
        "mizuho",
        "--mode",
        "investment",
        "-q",
    ]);
    insta::assert_snapshot!(run.succeeds());
}

#[test]
fn a_pledge_is_not_a_commitment() {
    let xml = Env::seeded().tpmc(&["export", "iati", "-q"]).succeeds();
    assert!(
        xml.contains("<transaction-type code=\"12\"/>")
            && xml.contains("<transaction-type code=\"2\"/>")
    );
}

#[test]
fn what_is_refused() {
    let env = Env::seeded();
    insta::assert_snapshot!("no_file", env.tpmc(&["export", "xlsx"]));
    insta::assert_snapshot!(
        "a_part_of_a_copy",
        env.tpmc(&["export", "sqlite", "--mode", "investment", "-o", "x.db"])
    );
    insta::assert_snapshot!(
        "a_part_of_the_journal",
        env.tpmc(&["export", "ndjson", "--journal", "--as-of", "2018"])
    );
    insta::assert_snapshot!("journal_as_csv", env.tpmc(&["export", "csv", "--journal"]));
    insta::assert_snapshot!(
        "loss_over_the_export",
        env.tpmc(&["export", "iati", "-o", "x", "--loss", "x"])
    );
    insta::assert_snapshot!(
        "a_strange_reference",
        env.tpmc(&["export", "iati", "--reporting-org", "a b"])
    );
    env.tpmc(&["export", "datapackage", "-o", "package"])
        .succeeds();
    insta::assert_snapshot!(
        "a_folder_that_is_there",
        env.tpmc(&["export", "datapackage", "-o", "package"])
    );
    assert!(
        env.tpmc(&["export", "csv", "-o", "registry.db"])
            .fails_with(1)
            .contains("the registry itself")
    );
    assert!(
        env.tpmc(&["export", "sqlite", "-o", "registry.db"])
            .fails_with(1)
            .contains("the registry itself")
    );
}

#[test]
fn a_copy_is_a_registry() {
    let env = Env::seeded();
    env.tpmc(&["export", "sqlite", "-o", "copy.db"]).succeeds();
    let summary = env.tpmc(&["summary"]).succeeds();
    assert_eq!(
        env.tpmc(&["summary", "--registry", "copy.db"]).succeeds(),
        summary
    );
}

#[test]
fn a_closed_pipe_is_no_error() {
    let env = Env::seeded();
    let mut command = env.command(&["export", "json"]);
    let mut child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
}

#[test]
fn the_help() {
    insta::assert_snapshot!(Env::empty().tpmc(&["export", "--help"]));
}

#[test]
fn a_standard_that_demands_a_project_is_not_written_without_one() {
    let env = Env::seeded();
    for format in ["iati", "oc4ids"] {
        let export = ["export", format, "--country", "TV", "-o", "none"];
        let refused = env.tpmc(&export).fails_with(1);
        assert!(refused.contains("there is nothing to write"), "{refused}");
        assert!(!env.path("none").exists());
    }
}
