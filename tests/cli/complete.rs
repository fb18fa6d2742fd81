//! Completion as a shell asks for it.

use crate::env::Env;

/// What bash is offered for the last of `words`.
fn offered(env: &Env, words: &[&str]) -> Vec<String> {
    let mut command = env.command(&[&["--", "tpmc"], words].concat());
    let run = env.run(
        command
            .env("TPMC_COMPLETE", "bash")
            .env("_CLAP_IFS", "\n")
            .env("_CLAP_COMPLETE_INDEX", words.len().to_string()),
    );
    assert_eq!(run.stderr, "");
    run.succeeds().lines().map(str::to_owned).collect()
}

#[test]
fn codes_parties_countries_and_words_come_from_the_registry() {
    let env = Env::seeded();
    assert_eq!(offered(&env, &["project", "show", "F1-00"]).len(), 9);
    assert_eq!(offered(&env, &["project", "show", "p-0002"]), ["P-0002"]);
    assert_eq!(
        offered(&env, &["project", "list", "--party", "marub"]),
        ["marubeni"]
    );
    assert!(
        offered(&env, &["project", "list", "--party", "丸"])
            .iter()
            .any(|name| name == "丸红")
    );
    assert_eq!(offered(&env, &["summary", "--country", "TH,V"])[0], "TH,VA");
    assert_eq!(
        offered(&env, &["project", "list", "--country", "泰"]),
        ["泰国"]
    );
    assert_eq!(
        offered(&env, &["project", "list", "--mode", "inv"]),
        ["investment"]
    );
    assert_eq!(offered(&env, &["party", "judge", "a", "b", "s"]), ["same"]);
    assert_eq!(
        offered(&env, &["check", "waive", "shares"]),
        ["shares-above-100"]
    );
    assert_eq!(offered(&env, &["summ"]), ["summary"]);
}

#[test]
fn nothing_is_created_and_nothing_is_said_when_something_is_wrong() {
    let env = Env::empty();
    assert_eq!(
        offered(&env, &["project", "show", "F"]),
        Vec::<String>::new()
    );
    env.write("notes.txt", "not a registry");
    assert_eq!(
        offered(&env, &["--registry", "notes.txt", "project", "show", "F"]),
        Vec::<String>::new()
    );
    let mut command = env.command(&["--", "tpmc", "project", "show", "F"]);
    command
        .env_remove("TPMC_REGISTRY")
        .env("TPMC_COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", "3");
    assert_eq!(env.run(&mut command).succeeds(), "");
    let mut command = env.command(&["--", "tpmc", ""]);
    let run = env.run(command.env("TPMC_COMPLETE", "no-such-shell"));
    assert_eq!(
        (run.status, run.stdout.as_str(), run.stderr.as_str()),
        (0, "", "")
    );
    let left: Vec<_> = std::fs::read_dir(env.path(""))
        .expect("the folder")
        .collect();
    assert_eq!(left.len(), 1, "{left:?}");
}
