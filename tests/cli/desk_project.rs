//! `tpmc project add|set|remove`

use crate::env::Env;

#[test]
fn a_project_is_added_corrected_and_removed() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "added",
        env.tpmc(&[
            "project",
            "add",
            "--title-en",
            "Wind farm in southern Laos",
            "--title-zh",
            "老挝南部风电",
            "--host",
            "Laos",
            "--host",
            "ベトナム",
            "--mode",
            "investment",
            "--sector",
            "energy",
            "--identifier",
            "XI-TEST:42",
            "--source",
            "https://example.org/wind",
        ])
    );
    insta::assert_snapshot!(
        "set",
        env.tpmc(&[
            "project", "set", "P-0082", "--host", "LA", "--clear", "title_zh", "--reason",
            "misread"
        ])
    );
    insta::assert_snapshot!("removed", env.tpmc(&["project", "remove", "P-0082"]));
    let code = env
        .tpmc(&["project", "add", "--title-en", "Another"])
        .succeeds();
    assert_eq!(code, "P-0083\n", "a code is given once");
    let forum = env
        .tpmc(&[
            "project",
            "add",
            "--title-en",
            "Another",
            "--forum",
            "f1",
            "--new",
        ])
        .succeeds();
    assert_eq!(forum, "F1-053\n");
}

#[test]
fn an_agreement_becomes_identified() {
    let env = Env::seeded();
    let set = [
        "project",
        "set",
        "F1-029",
        "--identified",
        "true",
        "--title-ja",
        "協力覚書",
        "--clear",
        "title_en",
    ];
    insta::assert_snapshot!(
        "identified",
        env.tpmc(&[&set[..], &["--list-number", "7", "--dry-run"]].concat())
    );
    env.tpmc(&[&set[..], &["--list-number", "7"]].concat())
        .succeeds();
    insta::assert_snapshot!(
        "number_taken",
        env.tpmc(&[&set[..], &["--list-number", "3"]].concat())
    );
}

#[test]
fn what_changes_nothing_leaves_no_batch() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "unchanged",
        env.tpmc(&["project", "set", "P-0004", "--host", "TH"])
    );
    insta::assert_snapshot!(
        "unchanged_dry",
        env.tpmc(&["project", "set", "P-0004", "--host", "TH", "--dry-run"])
    );
    insta::assert_snapshot!("nothing_said", env.tpmc(&["project", "set", "P-0004"]));
}

#[test]
fn refusals_name_everything_that_is_wrong() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "several_faults",
        env.tpmc(&[
            "project",
            "set",
            "P-0004",
            "--host",
            "TH,TH",
            "--list-number",
            "3",
            "--identified",
            "false"
        ])
    );
    insta::assert_snapshot!("still_in_use", env.tpmc(&["project", "remove", "P-0022"]));
    insta::assert_snapshot!(
        "unknown_country",
        env.tpmc(&["project", "set", "P-0004", "--host", "Thialand"])
    );
    // The short name of the one, and what people call the other.
    let congo = env.tpmc(&["project", "set", "P-0004", "--host", "Congo"]);
    assert!(
        congo
            .fails_with(1)
            .contains("can be any of CD (Congo (Democratic Republic)), CG (Congo (Republic))")
    );
    insta::assert_snapshot!(
        "ambiguous_country",
        env.tpmc(&["project", "set", "P-0004", "--host", "Korea"])
    );
    insta::assert_snapshot!(
        "unknown_project",
        env.tpmc(&["project", "set", "P-4000", "--host", "TH"])
    );
    env.tpmc(&["project", "add", "--title-en", "\u{3000}"])
        .fails_with(2);
    env.tpmc(&["project", "add"]).fails_with(1);
    let long = "n".repeat(100_001);
    env.tpmc(&["project", "set", "P-0004", "--note", &long])
        .fails_with(2);
}

#[test]
fn orders_to_the_terminal_are_kept_and_never_sent() {
    let env = Env::seeded();
    let title = "red \u{1b}[31m and \u{202e}right to left\u{200f}";
    let added = env.tpmc(&[
        "project",
        "add",
        "--title-en",
        title,
        "--note",
        &"n".repeat(10_000),
    ]);
    assert!(
        !added.stderr.contains('\u{1b}') && !added.stderr.contains('\u{202e}'),
        "{added}"
    );
    let stored = env
        .tpmc(&["project", "show", "P-0082", "--format", "json"])
        .json();
    assert_eq!(stored["title_en"], "red  [31m and right to left");
    let shown = env.tpmc(&["project", "show", "P-0082"]).succeeds();
    assert!(
        !shown.contains('\u{1b}') && !shown.contains('\u{202e}'),
        "{shown}"
    );
}
