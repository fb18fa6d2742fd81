//! `tpmc summary`

use crate::env::{Env, NOW};

#[test]
fn the_whole_registry() {
    insta::assert_snapshot!(Env::seeded().tpmc(&["summary"]));
}

#[test]
fn in_chinese_and_japanese() {
    let env = Env::seeded();
    insta::assert_snapshot!("chinese", env.tpmc(&["summary", "--lang", "zh"]));
    insta::assert_snapshot!("japanese", env.tpmc(&["summary", "--lang", "ja"]));
    let by_locale = env.run(env.command(&["summary"]).env("LC_ALL", "ja_JP.UTF-8"));
    assert_eq!(
        by_locale.succeeds(),
        env.tpmc(&["summary", "--lang", "ja"]).succeeds()
    );
}

#[test]
fn in_other_formats() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "json",
        env.tpmc(&["summary", "--format", "json", "--mode", "investment"])
    );
    insta::assert_snapshot!(
        "csv",
        env.tpmc(&["summary", "--format", "csv", "--forum", "F1"])
    );
    insta::assert_snapshot!(
        "markdown",
        env.tpmc(&["summary", "--format", "markdown", "--forum", "F1"])
    );
}

#[test]
fn every_column() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "all_hosts",
        env.tpmc(&["summary", "--all", "--forum", "other"])
    );
    insta::assert_snapshot!(
        "by_sector_and_side",
        env.tpmc(&["summary", "--by", "sector,side"])
    );
}

/// Years stay in their order: the latest are shown, and the earlier ones stand before them as one.
#[test]
fn by_year_and_by_party() {
    let env = Env::seeded();
    let other = ["--forum", "other"];
    let run = env.tpmc(&[&["summary", "--by", "side,year"], &other[..]].concat());
    insta::assert_snapshot!("by_year", run);
    let japanese = [
        "summary",
        "--by",
        "mode,party",
        "--forum",
        "f1",
        "--lang",
        "ja",
    ];
    insta::assert_snapshot!("by_party_ja", env.tpmc(&japanese));
    let rows = [
        "summary",
        "--by",
        "party,status",
        "--forum",
        "f1",
        "--country",
        "TH",
    ];
    insta::assert_snapshot!("party_by_row", env.tpmc(&rows));
    let forums = env.tpmc(&[&["summary", "--by", "region,forum"], &other[..]].concat());
    let heading = "Region  Other projects  All  Impl.  Share";
    assert!(
        forums.stdout.contains(heading),
        "that they belong to none is known: {}",
        forums.stdout
    );
}

#[test]
fn filtered() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "filtered",
        env.tpmc(&[
            "summary",
            "--country",
            "泰国,VN",
            "--side",
            "japanese",
            "--year",
            "2018"
        ])
    );
    insta::assert_snapshot!(
        "nothing_matches",
        env.tpmc(&["summary", "--country", "TH", "--year", "1999"])
    );
}

/// Each condition of the filter must choose the same projects in a list as in a summary.
#[test]
fn a_list_and_a_summary_agree() {
    let env = Env::seeded();
    let conditions: &[&[&str]] = &[
        &["--mode", "not_stated"],
        &["--country", "not_stated,TH"],
        &["--status", "signed", "--status", "not_stated"],
        &["--sector", "energy"],
        &["--side", "host"],
        &["--forum", "other"],
        &["--party", "Marubeni"],
        &["--party", "丸紅"],
        &["--year", "2018"],
        &["--year", "not_stated"],
        &["--identified", "false"],
        &["--status", "implementing", "--as-of", "2018"],
        &["--year", "2016", "--as-of", "2017"],
    ];
    for condition in conditions {
        let summary = env
            .tpmc(&[&["summary", "--format", "json"], *condition].concat())
            .json();
        let list = env
            .tpmc(&[&["project", "list", "--format", "json"], *condition].concat())
            .json();
        let listed = list.as_array().expect("a list").len();
        assert!(listed > 0 && listed < 133, "{condition:?} chooses {listed}");
        assert_eq!(summary["total"]["projects"], listed, "{condition:?}");
    }
}

#[test]
fn the_default_registry_is_created_on_first_use() {
    let env = Env::empty();
    let first = env.run(env.command(&["summary"]).env_remove("TPMC_REGISTRY"));
    assert!(
        first
            .stderr
            .starts_with("Created [FOLDER]/.local/share/tpmc/registry.db"),
        "{}",
        first.stderr
    );
    assert_eq!(first.stderr.lines().count(), 1);
    let first = first.succeeds();
    let second = env.run(env.command(&["summary"]).env_remove("TPMC_REGISTRY"));
    assert_eq!(second.stderr, "");
    assert_eq!(second.succeeds(), first);
}

#[test]
fn a_variable_that_is_set_to_nothing_says_nothing() {
    let env = Env::seeded();
    let usual = env.tpmc(&["summary"]).succeeds();
    for name in ["TPMC_LANG", "TPMC_ACTOR"] {
        let other = env.run(env.command(&["summary"]).env(name, ""));
        assert_eq!(other.succeeds(), usual, "{name}");
    }
    let first = env.run(env.command(&["summary", "-v"]).env("TPMC_REGISTRY", ""));
    assert!(
        first
            .stderr
            .contains("Created [FOLDER]/.local/share/tpmc/registry.db"),
        "{}",
        first.stderr
    );
    // A file that is named on the command line must have a name.
    let refused = env.tpmc(&["summary", "--registry", ""]);
    assert_eq!(refused.status, 2, "{}", refused.stderr);
}

#[test]
fn into_a_file() {
    let env = Env::seeded();
    for (name, format) in [
        ("a.json", "json"),
        ("a.csv", "csv"),
        ("a.md", "markdown"),
        ("a.txt", "text"),
    ] {
        let run = env.tpmc(&["summary", "-o", name]);
        assert_eq!(
            (run.stdout.as_str(), run.stderr),
            ("", format!("Wrote {name}.\n"))
        );
        let written = std::fs::read_to_string(env.path(name)).expect("a file");
        let mark = if format == "csv" { "\u{feff}" } else { "" };
        let printed = env.tpmc(&["summary", "--format", format]).succeeds();
        assert_eq!(written, format!("{mark}{printed}"));
    }
}

#[test]
fn an_empty_registry() {
    let env = Env::empty();
    env.tpmc(&["init", "--empty"]).succeeds();
    insta::assert_snapshot!("empty", env.tpmc(&["summary"]));
    let summary = env.tpmc(&["summary", "--format", "json"]).json();
    assert_eq!(summary["as_of"], NOW[..10]);
    assert_eq!(summary["groups"].as_array().map(Vec::len), Some(0));
}

#[test]
fn an_empty_registry_says_so_everywhere() {
    let env = Env::empty();
    env.tpmc(&["init", "--empty"]).succeeds();
    for command in ["summary", "progress", "pace", "report"] {
        for (language, said) in [
            ("en", "The registry holds no projects yet."),
            ("zh", "登记册中尚无项目。"),
            ("ja", "まだ案件が登録されていません。"),
        ] {
            let page = env.tpmc(&[command, "--lang", language]).succeeds();
            assert!(page.contains(said), "{command} {language}: {page}");
            assert!(!page.contains('─'), "{command} {language}: an empty table");
        }
    }
}
