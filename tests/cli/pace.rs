//! `tpmc pace`

use crate::env::Env;

#[test]
fn in_every_language_and_format() {
    let env = Env::seeded();
    insta::assert_snapshot!("pace_text", env.tpmc(&["pace"]));
    let by_mode = [
        "pace",
        "--from",
        "committed",
        "--to",
        "completed",
        "--by",
        "mode",
    ];
    insta::assert_snapshot!("pace_by_mode", env.tpmc(&by_mode));
    let compared = [
        &by_mode[..],
        &["--compare", "investment,engineering", "--lang", "zh"],
    ]
    .concat();
    insta::assert_snapshot!("pace_compared_chinese", env.tpmc(&compared));
    insta::assert_snapshot!(
        "pace_japanese",
        env.tpmc(&["pace", "--forum", "F1", "--lang", "ja"])
    );
    for format in ["json", "csv", "markdown"] {
        let run = env.tpmc(&[
            "pace",
            "--from",
            "committed",
            "--sector",
            "automotive",
            "--format",
            format,
        ]);
        insta::assert_snapshot!(format!("pace_{format}"), run);
    }
}

#[test]
fn what_cannot_be_asked() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "pace_backwards",
        env.tpmc(&["pace", "--from", "completed", "--to", "committed"])
    );
    env.tpmc(&["pace", "--compare", "a,b"]).fails_with(2);
}
