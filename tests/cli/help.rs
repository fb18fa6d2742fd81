//! Help texts: every command has one, with an example.

use crate::env::Env;

/// The commands that a help lists, in groups or not.
pub(crate) fn listed(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| !line.starts_with("Usage:"));
    let lines = lines.take_while(|line| !["Arguments:", "Options:"].contains(line));
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| name.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .collect()
}

/// The commands that `tpmc COMMAND --help` lists, with their own commands beneath them.
fn commands(env: &Env, path: &[&str], found: &mut Vec<String>) {
    let help = env.tpmc(&[path, &["--help"]].concat()).succeeds();
    let names = listed(&help);
    if names.is_empty() {
        found.push(path.join(" "));
        assert!(
            help.contains("Example: tpmc "),
            "{path:?} has no example:\n{help}"
        );
    }
    for name in names.into_iter().filter(|name| *name != "help") {
        commands(env, &[path, &[name]].concat(), found);
    }
}

#[test]
fn every_command_has_an_example() {
    let env = Env::empty();
    let mut found = Vec::new();
    commands(&env, &[], &mut found);
    assert!(found.contains(&"project show".to_owned()), "{found:?}");
}

#[test]
fn an_option_out_of_place_is_named_in_three_languages() {
    let env = Env::seeded();
    for language in ["en", "zh", "ja"] {
        let said = env.tpmc(&["--lang", language, "verify", "--as-of", "2020"]);
        let said = said.fails_with(2);
        assert!(
            said.contains("--as-of") && said.contains("tpmc verify"),
            "{said}"
        );
    }
}

#[test]
fn the_help_of_the_program() {
    insta::assert_snapshot!(Env::empty().tpmc(&["--help"]));
}

#[test]
fn every_command_has_a_manual_page_and_a_completion() {
    let env = Env::empty();
    assert!(env.tpmc(&["man"]).succeeds().contains(".TH tpmc"));
    assert!(
        env.tpmc(&["man", "project", "list"])
            .succeeds()
            .contains("country")
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            env.tpmc(&["completions", shell])
                .succeeds()
                .contains("TPMC_COMPLETE")
        );
    }
}
