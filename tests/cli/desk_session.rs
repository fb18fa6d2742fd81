//! A working day of the secretariat: a new project with three partners, corrected, and its status with a source.

use crate::env::Env;

/// What is typed, one command a line; a vertical bar ends a word.
const SESSION: &str = "\
project|add|--title-en|Monsoon wind farm, second phase|--title-zh|老挝季风风电二期|--host|Laos|--sector|energy
project|set|P-0057|--title-ja|モンスーン風力発電所第2期|--mode|investment|--mode-basis|coded
party|add|--name-en|Lao Wind Power|--country|Laos|--kind|company
participation|add|P-0057|lao-wind-power|--role|owner|--share|25
participation|add|P-0057|丸紅|--role|sponsor|--share|40
participation|add|P-0057|Powerchina|--role|contractor
participation|set|P-0057|2|--share|45|--reason|the release says 45
status|P-0057|committed|--on|2026-10-30|--source|https://example.org/monsoon|--note|Contract signed
milestone|add|P-0057|First turbine runs|--due|2028-06
source|set|S-0296|--publisher|Example Press|--publisher-kind|press|--confidence|medium
";

#[test]
fn a_project_is_logged_and_corrected() {
    let env = Env::seeded();
    for line in SESSION.lines() {
        let words: Vec<&str> = line.split('|').collect();
        env.tpmc(&words).succeeds();
    }
    insta::assert_snapshot!("session", env.tpmc(&["project", "show", "P-0057"]));
    insta::assert_snapshot!(
        "session_ja",
        env.tpmc(&["project", "show", "P-0057", "--lang", "ja"])
    );
}
