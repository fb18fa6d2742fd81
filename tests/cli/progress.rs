//! `tpmc progress`

use crate::env::Env;

#[test]
fn in_every_language_and_format() {
    let env = Env::seeded();
    insta::assert_snapshot!("progress_text", env.tpmc(&["progress"]));
    insta::assert_snapshot!(
        "progress_japanese",
        env.tpmc(&["progress", "--lang", "ja", "--as-of", "2019"])
    );
    for format in ["json", "csv", "markdown"] {
        let run = env.tpmc(&["progress", "--as-of", "2016", "--format", format]);
        insta::assert_snapshot!(format!("progress_{format}"), run);
    }
}

#[test]
fn the_limits_can_be_moved() {
    let env = Env::seeded();
    let count = |months: &str| {
        let report = env
            .tpmc(&["progress", "--silent-months", months, "--format", "json"])
            .json();
        report["groups"][0]["silent"]
            .as_array()
            .expect("a list")
            .len()
    };
    assert_eq!(
        count("96"),
        38,
        "the others were heard of after 23 November 2018"
    );
    assert_eq!(count("97"), 0);
}

#[test]
fn of_some_projects_only() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "progress_filtered",
        env.tpmc(&["progress", "--country", "TH", "--side", "japanese"])
    );
    insta::assert_snapshot!(
        "progress_of_none",
        env.tpmc(&["progress", "--country", "ZW", "--lang", "zh"])
    );
    let one = env
        .tpmc(&["progress", "--forum", "F1", "--format", "json"])
        .json();
    let all = env.tpmc(&["progress", "--format", "json"]).json();
    assert_eq!(one["groups"][0], all["groups"][0]);
    assert_eq!(one["groups"][1]["projects"], 52);
    assert_eq!(one["filter"]["forum"][0], "F1");
}
