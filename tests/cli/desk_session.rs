//! A working day of the secretariat: a new project with three partners, corrected, and its status with a source.

use crate::env::Env;

#[test]
fn a_project_is_logged_and_corrected() {
    let env = Env::seeded();
    let run = |arguments: &[&str]| env.tpmc(arguments);
    run(&[
        "project",
        "add",
        "--title-en",
        "Monsoon wind farm, second phase",
        "--title-zh",
        "老挝季风风电二期",
        "--title-ja",
        "モンスーン風力発電所第2期",
        "--host",
        "Laos",
        "--mode",
        "investment",
        "--mode-basis",
        "coded",
        "--sector",
        "energy",
        "--source",
        "https://example.org/monsoon",
    ])
    .succeeds();
    run(&[
        "party",
        "add",
        "--name-en",
        "Lao Wind Power",
        "--country",
        "Laos",
        "--kind",
        "company",
    ])
    .succeeds();
    run(&[
        "participation",
        "add",
        "P-0057",
        "lao-wind-power",
        "--role",
        "owner",
        "--share",
        "25",
    ])
    .succeeds();
    run(&[
        "participation",
        "add",
        "P-0057",
        "丸紅",
        "--role",
        "sponsor",
        "--share",
        "40",
    ])
    .succeeds();
    run(&[
        "participation",
        "add",
        "P-0057",
        "Powerchina",
        "--role",
        "contractor",
    ])
    .succeeds();
    run(&[
        "participation",
        "set",
        "P-0057",
        "2",
        "--share",
        "45",
        "--reason",
        "the release says 45",
    ])
    .succeeds();
    run(&[
        "status",
        "P-0057",
        "committed",
        "--on",
        "2026-10-30",
        "--source",
        "https://example.org/monsoon",
        "--confidence",
        "medium",
        "--note",
        "Contract signed",
    ])
    .succeeds();
    run(&[
        "milestone",
        "add",
        "P-0057",
        "First turbine runs",
        "--due",
        "2028-06",
    ])
    .succeeds();
    run(&[
        "source",
        "set",
        "S-0296",
        "--publisher",
        "Example Press",
        "--publisher-kind",
        "press",
        "--confidence",
        "medium",
    ])
    .succeeds();
    insta::assert_snapshot!("session", run(&["project", "show", "P-0057"]));
    insta::assert_snapshot!(
        "session_ja",
        run(&["project", "show", "P-0057", "--lang", "ja"])
    );
}
