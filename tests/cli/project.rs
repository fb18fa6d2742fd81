//! `tpmc project list` and `show`, `tpmc mechanism`

use crate::env::Env;

#[test]
fn a_forum_agreement_and_a_later_project() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "show_forum_agreement",
        env.tpmc(&["project", "show", "F1-001"])
    );
    insta::assert_snapshot!(
        "show_later_project",
        env.tpmc(&["project", "show", "P-0002"])
    );
    insta::assert_snapshot!(
        "show_in_japanese",
        env.tpmc(&["project", "show", "P-0004", "--lang", "ja"])
    );
    insta::assert_snapshot!(
        "show_not_identified",
        env.tpmc(&["project", "show", "f1-052", "--lang", "zh"])
    );
}

#[test]
fn one_project_in_other_formats() {
    let env = Env::seeded();
    for format in ["json", "csv", "markdown"] {
        insta::assert_snapshot!(
            format!("show_{format}"),
            env.tpmc(&["project", "show", "F1-004", "--format", format])
        );
    }
}

#[test]
fn one_project_as_of_an_earlier_day() {
    let project = Env::seeded()
        .tpmc(&[
            "project", "show", "P-0002", "--as-of", "2015", "--format", "json",
        ])
        .json();
    assert_eq!(project["status"], "implementing");
    assert_eq!(project["events"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_list_in_every_format() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "list_text",
        env.tpmc(&["project", "list", "--country", "TH"])
    );
    for format in ["json", "csv", "markdown"] {
        insta::assert_snapshot!(
            format!("list_{format}"),
            env.tpmc(&["project", "list", "--country", "MN", "--format", format])
        );
    }
    insta::assert_snapshot!(
        "list_empty",
        env.tpmc(&["project", "list", "--country", "FR"])
    );
}

#[test]
fn a_list_is_in_the_order_of_codes_and_can_be_cut() {
    let env = Env::seeded();
    let codes = |arguments: &[&str]| {
        let list = env
            .tpmc(&[&["project", "list", "--format", "json"], arguments].concat())
            .json();
        let codes = list
            .as_array()
            .expect("a list")
            .iter()
            .map(|project| project["code"].as_str().expect("a code").to_owned());
        codes.collect::<Vec<_>>()
    };
    let all = codes(&[]);
    assert_eq!(all.len(), 133);
    assert!(all.is_sorted());
    assert_eq!(codes(&["--limit", "3"]), all[..3]);
    assert_eq!(codes(&["--limit", "0"]), [""; 0]);
    let japanese = codes(&["--side", "japanese"]);
    assert_eq!(
        codes(&["--side", "japanese", "--limit", "5"]),
        japanese[..5]
    );
}

#[test]
fn the_steps_of_the_cooperation() {
    let env = Env::seeded();
    insta::assert_snapshot!("mechanism_text", env.tpmc(&["mechanism"]));
    insta::assert_snapshot!(
        "mechanism_csv",
        env.tpmc(&["mechanism", "--format", "csv", "--as-of", "2017"])
    );
    let steps = env.tpmc(&["mechanism", "--format", "json"]).json();
    assert_eq!(steps.as_array().map(Vec::len), Some(36));
}
