//! A working day of the secretariat: a new project with three partners, corrected, and its status with a source.

use crate::env::Env;

/// What is typed, one command a line; a vertical bar ends a word.
const SESSION: &str = "\
project|add|--title-en|Monsoon wind farm, second phase|--title-zh|老挝季风风电二期|--host|Laos|--sector|energy
project|set|P-0082|--title-ja|モンスーン風力発電所第2期|--mode|investment|--mode-basis|coded
party|add|--name-en|Lao Wind Power|--country|Laos|--kind|company
participation|add|P-0082|lao-wind-power|--role|owner|--share|25
participation|add|P-0082|丸紅|--role|sponsor|--share|40
participation|add|P-0082|Powerchina|--role|contractor
participation|set|P-0082|2|--share|45|--reason|the release says 45
status|P-0082|committed|--on|2026-10-30|--source|https://example.org/monsoon|--note|Contract signed
milestone|add|P-0082|First turbine runs|--due|2028-06
source|set|S-0400|--publisher|Example Press|--publisher-kind|press|--confidence|medium
";

#[test]
fn a_project_is_logged_and_corrected() {
    let env = Env::seeded();
    for line in SESSION.lines() {
        let words: Vec<&str> = line.split('|').collect();
        env.tpmc(&words).succeeds();
    }
    insta::assert_snapshot!("session", env.tpmc(&["project", "show", "P-0082"]));
    insta::assert_snapshot!(
        "session_ja",
        env.tpmc(&["project", "show", "P-0082", "--lang", "ja"])
    );
}

/// The same project in one command, as somebody types it.
const WHOLE: &str = "\
project add --title-en|Monsoon wind farm, second phase|--title-zh|老挝季风风电二期|--title-ja|モンスーン風力発電所第2期|--host Laos \
--party|Lao Wind Power:owner:25|--new-party|Lao Wind Power:company:Laos|--party marubeni:sponsor:40 --party Powerchina:contractor \
--party jbic:financier --status signed --on 2026-05-01 --source https://example.org/a --status committed --on 2026-10-30 \
--source https://example.org/b --amount|USD 12.5m loan commitment|--milestone|First turbine runs:2028-06| --new";

/// Words between bars hold blanks; all others end with one.
fn typed(line: &str) -> Vec<&str> {
    let quoted = line.split('|').enumerate();
    quoted
        .flat_map(|(place, part)| match place % 2 {
            1 => vec![part],
            _ => part.split_whitespace().collect(),
        })
        .collect()
}

#[test]
fn a_whole_project_is_one_command_one_batch_and_one_undo() {
    let env = Env::seeded();
    assert!(WHOLE.chars().count() < 600, "{}", WHOLE.chars().count());
    let words = typed(WHOLE);
    let (_, without_new) = words.split_last().expect("words");
    insta::assert_snapshot!("resembles", env.tpmc(without_new));
    insta::assert_snapshot!("whole", env.tpmc(&words));
    insta::assert_snapshot!("whole_shown", env.tpmc(&["project", "show", "P-0082"]));
    let undone = env.tpmc(&["undo"]);
    assert!(
        undone
            .stderr
            .contains("Undid batch 2, as batch 3: 4 records."),
        "{undone}"
    );
}

#[test]
fn everything_that_is_wrong_with_a_project_is_named_at_once() {
    let env = Env::seeded();
    let words = typed(
        "project add --title-en|A new port|--host Laoss --host Korea --party nobody:owner --party bank:financier \
         --amount|XAU 3 loan pledge|--status signed --on 2027-05-01 --source S-9999 --forum F9",
    );
    insta::assert_snapshot!("all_wrong", env.tpmc(&words));
    env.tpmc(&typed(
        "project add --title-en x --status signed --status completed --on 2020 --no-source",
    ))
    .fails_with(1);
    env.tpmc(&typed("project add --title-en x --status signed --on 2020"))
        .fails_with(1);
    env.tpmc(&typed("project add --title-en x --amount|USD 3m loan|"))
        .fails_with(2);
    assert!(
        env.tpmc(&["log", "--format", "csv"])
            .succeeds()
            .lines()
            .count()
            == 2
    );
}

/// The same project as a text, with the title of its sources.
const TEXT: &str = r#"
title_en = "Monsoon wind farm, second phase"
hosts = ["ラオス"]
citations = ["https://example.org/a"]

[[parties]]
name_en = "Lao Wind Power"
kind = "company"
country = "Laos"

[[sources]]
url = "https://example.org/a"
title = "Second phase signed"
publisher = "Example Press"
publisher_kind = "press"
read_on = 2026-05-02
confidence = "medium"

[[participations]]
party = "Lao Wind Power"
role = "owner"
share_percent = 25

[[events]]
kind = "status"
status = "signed"
on_date = 2026-05-01
source = "https://example.org/a"

[[amounts]]
amount = 12.5
currency = "USD"
kind = "loan"
basis = "pledge"
"#;

#[test]
fn a_whole_project_is_recorded_from_one_text() {
    let env = Env::seeded();
    let blank = env.tpmc(&["project", "new", "--blank"]);
    insta::assert_snapshot!("blank", blank);
    env.write("new.toml", TEXT);
    insta::assert_snapshot!(
        "text",
        env.tpmc(&["project", "new", "new.toml", "--new", "--dry-run"])
    );
    env.tpmc(&["project", "new", "new.toml", "--new"])
        .succeeds();
    let shown = env
        .tpmc(&["project", "show", "P-0082", "--format", "toml"])
        .succeeds();
    env.write("old.toml", shown);
    let taken = env.tpmc(&["project", "new", "old.toml"]).fails_with(1);
    assert!(
        taken.contains("is about P-0082, which is there already"),
        "{taken}"
    );
    env.tpmc(&["undo"]).succeeds();
    env.tpmc(&["project", "show", "P-0082"]).fails_with(1);
}

/// A text with a slip in almost every line.
#[test]
fn thirty_slips_of_a_text_are_named_at_once() {
    let env = Env::seeded();
    let mut text = TEXT.replace("kind = \"company\"", "kind = \"compny\"");
    text = text
        .replace("ラオス", "ラオ")
        .replace("= \"Lao Wind", "= \"Lau Wind");
    for number in 0..14 {
        text.push_str(
            "[[participations]]\nparty = \"marubeni\"\nrole = \"bos\"\nshare_percent = 101\n",
        );
        text.push_str(&format!(
            "[[events]]\nkind = \"status\"\nstatus = \"signed\"\non_date = \"20{number}\"\n"
        ));
    }
    env.write("new.toml", text);
    let wrong = env
        .tpmc(&["project", "new", "new.toml", "--new"])
        .fails_with(1);
    let errors = wrong.lines().filter(|line| line.starts_with("error: "));
    assert!(errors.count() > 30, "{wrong}");
    insta::assert_snapshot!("slips", wrong);
}

#[test]
fn what_resembles_a_record_is_refused_unless_it_is_new() {
    let env = Env::seeded();
    let add = [
        "party",
        "add",
        "--name-ja",
        "丸紅株式会社",
        "--country",
        "JP",
        "--kind",
        "company",
    ];
    insta::assert_snapshot!("party_resembles", env.tpmc(&add));
    env.tpmc(&[&add[..], &["--new"]].concat()).succeeds();
    let other = [
        "party",
        "add",
        "--name-en",
        "Tanaka Rice Mills",
        "--kind",
        "company",
    ];
    env.tpmc(&other).succeeds();
    let again = env.tpmc(&other).fails_with(1);
    assert!(
        again.contains("tanaka-rice-mills Tanaka Rice Mills (0.95: same name 0.95)"),
        "{again}"
    );
}
