//! Lists that are sorted and cut, groups of commands, guesses at what was meant.

use crate::env::Env;

#[test]
fn a_list_shows_the_fields_that_are_asked_for_in_the_order_that_is_asked_for() {
    let env = Env::seeded();
    let list = ["party", "list", "--country", "TH", "--fields", "name,code"];
    insta::assert_snapshot!(
        "fields",
        env.tpmc(&[&list[..], &["--sort=-name", "--limit", "2"]].concat())
    );
    let csv = [&list[..], &["--limit", "1", "--format", "csv"]].concat();
    assert!(env.tpmc(&csv).succeeds().starts_with("name,code\n"));
    let wrong = env
        .tpmc(&["rate", "list", "--sort", "colour"])
        .fails_with(1);
    assert!(
        wrong.contains("the fields are from_currency, to_currency"),
        "{wrong}"
    );
}

#[test]
fn projects_are_sorted_and_cut_to_fields_too() {
    let env = Env::seeded();
    let list = ["project", "list", "--country", "TH", "--sort", "-status_on"];
    insta::assert_snapshot!(
        "projects",
        env.tpmc(&[&list[..], &["--limit", "3"]].concat())
    );
    let fields = [
        "--fields",
        "code,parties",
        "--limit",
        "1",
        "--format",
        "csv",
    ];
    let csv = env.tpmc(&[&list[..], &fields].concat()).succeeds();
    assert!(csv.starts_with("code,parties\n"), "{csv}");
}

#[test]
fn a_project_is_shown_with_who_recorded_what_when() {
    let env = Env::seeded();
    let set = ["project", "set", "P-0001", "--note", "read again"];
    env.tpmc(&[&set[..], &["--actor", "li", "--reason", "after the call"]].concat())
        .succeeds();
    let shown = env.tpmc(&["project", "show", "P-0001", "--history"]);
    let shown = shown.succeeds();
    let history = shown.split("What was recorded\n").nth(1);
    insta::assert_snapshot!("history", history.expect("a history"));
    let json = env.tpmc(&["project", "show", "P-0001", "--history", "--format", "json"]);
    assert_eq!(json.json()["history"][0]["actor"], "li");
}

#[test]
fn a_verb_alone_is_answered_with_the_commands_that_have_it() {
    let env = Env::empty();
    insta::assert_snapshot!("verb_alone", env.tpmc(&["list"]));
    let other = env.tpmc(&["rm", "--lang", "zh"]).fails_with(2);
    assert!(other.contains("project remove"), "{other}");
}

#[test]
fn the_log_says_what_was_recorded() {
    let env = Env::seeded();
    env.tpmc(&[
        "participation",
        "add",
        "P-0057",
        "Marubeni",
        "--role",
        "adviser",
    ])
    .succeeds();
    env.tpmc(&[
        "party",
        "add",
        "--name-en",
        "Tanaka Rice Mills",
        "--kind",
        "company",
    ])
    .succeeds();
    env.tpmc(&[
        "project",
        "set",
        "P-0057",
        "--note",
        "seen",
        "--reason",
        "read again",
    ])
    .succeeds();
    env.tpmc(&["undo", "3"]).succeeds();
    insta::assert_snapshot!("log", env.tpmc(&["log"]));
    insta::assert_snapshot!("log_ja", env.tpmc(&["log", "--lang", "ja", "--limit", "2"]));
}

#[test]
fn a_configuration_file_sets_what_is_not_typed() {
    let env = Env::seeded();
    let run = |arguments: &[&str]| {
        let mut command = env.command(arguments);
        command
            .env("TPMC_CONFIG", "config.toml")
            .env_remove("TPMC_ACTOR");
        env.run(&mut command)
    };
    env.write("config.toml", "lang = \"ja\"\nactor = \"tanaka\"\n");
    insta::assert_snapshot!("settings", run(&["config", "list"]));
    assert!(run(&["forum", "list"]).succeeds().contains("コード"));
    assert!(
        run(&["forum", "list", "--lang", "en"])
            .succeeds()
            .contains("Code")
    );
    run(&["project", "set", "P-0004", "--note", "seen"]).succeeds();
    assert!(
        run(&["log", "--format", "csv"])
            .succeeds()
            .contains("tanaka")
    );
    let aliases = "[alias]\nth = \"project list --country TH --limit 1\"\nround = \"round\"\n";
    env.write("config.toml", aliases);
    let list = run(&["--lang", "zh", "th", "--format", "csv"]).succeeds();
    assert!(
        list.starts_with("code,") && list.lines().count() == 2,
        "{list}"
    );
    let circle = run(&["round"]);
    assert_eq!(circle.status, 2, "{circle}");
    assert!(
        circle.stderr.contains("\"round\" leads back to itself"),
        "{circle}"
    );
    assert!(run(&["config", "list"]).succeeds().contains("alias.th"));
    env.write("config.toml", "alias = 3\n");
    assert_eq!(run(&["config", "list"]).status, 2);
    env.write("config.toml", "langu = \"ja\"\n");
    insta::assert_snapshot!("unknown_setting", run(&["summary"]));
    env.write("config.toml", "lang = 3\n");
    run(&["summary"]).fails_with(2);
    env.write("config.toml", "lang = \"klingon\"\n");
    run(&["summary"]).fails_with(2);
}
