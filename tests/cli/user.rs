//! Accounts of the web desk: made, listed and changed, with passwords that never leave the registry.

use std::io::Write as _;
use std::process::Stdio;

use crate::env::{Env, Run, bytes};

pub(crate) const PASSWORD: &str = "correct horse battery";

fn with_password(env: &Env, arguments: &[&str], password: &str) -> Run {
    let mut command = env.command(arguments);
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let mut input = child.stdin.take().expect("its input");
    let _ = writeln!(input, "{password}");
    drop(input);
    let done = child.wait_with_output().expect("it ends");
    Run {
        status: done.status.code().expect("no signal"),
        stdout: String::from_utf8(done.stdout).expect("UTF-8"),
        stderr: String::from_utf8(done.stderr).expect("UTF-8"),
    }
}

/// Adds an account with the password of the tests.
pub(crate) fn add(env: &Env, name: &str, role: &str) -> Run {
    with_password(env, &["user", "add", name, "--role", role], PASSWORD)
}

#[test]
fn accounts_are_made_listed_changed_and_removed() {
    let env = Env::seeded();
    assert_eq!(add(&env, "tanaka", "recorder").succeeds(), "");
    add(&env, "li", "approver").succeeds();
    assert!(add(&env, "li", "reader").fails_with(1).contains("li"));
    let short = with_password(&env, &["user", "add", "x", "--role", "reader"], "short");
    assert!(short.fails_with(1).contains("12"));
    let listed = env.tpmc(&["user", "list", "--format", "csv"]).succeeds();
    assert_eq!(
        listed,
        "name,role,has_password\nli,approver,yes\ntanaka,recorder,yes\n"
    );
    env.tpmc(&["user", "set", "tanaka", "--role", "reader"])
        .succeeds();
    env.tpmc(&["user", "set", "tanaka"]).fails_with(2);
    env.tpmc(&["user", "remove", "li"]).succeeds();
    env.tpmc(&["user", "remove", "li"]).fails_with(1);
    let listed = env.tpmc(&["user", "list", "--format", "json"]).json();
    assert_eq!(listed.as_array().expect("accounts").len(), 1);
    assert_eq!(listed[0]["role"], "reader");
    let log = env.tpmc(&["log", "--format", "json"]).json();
    assert_eq!(
        log.as_array().expect("batches").len(),
        1,
        "the journal does not speak of accounts"
    );
    env.tpmc(&["verify"]).succeeds();
    env.tpmc(&["rebuild"]).succeeds();
    assert!(env.tpmc(&["user", "list"]).succeeds().contains("tanaka"));
}

#[test]
fn passwords_do_not_leave_the_registry() {
    let env = Env::seeded();
    add(&env, "tanaka", "recorder").succeeds();
    let hash = b"$argon2id$";
    let holds = |name: &str| {
        let file = bytes(&env.path(name));
        file.windows(hash.len()).any(|part| part == hash)
    };
    env.tpmc(&["user", "set", "tanaka", "--role", "reader"])
        .succeeds();
    assert!(holds("registry.db"));
    for table in ["account", "session"] {
        env.tpmc(&["sql", &format!("SELECT * FROM {table}")])
            .fails_with(1);
    }
    env.tpmc(&["backup", "copy.db"]).succeeds();
    assert!(!holds("copy.db"), "a backup has no password");
    let listed = env.tpmc(&["--registry", "copy.db", "user", "list", "--format", "csv"]);
    assert_eq!(
        listed.succeeds(),
        "name,role,has_password\ntanaka,reader,no\n"
    );
    env.tpmc(&["verify", "--registry", "copy.db"]).succeeds();
    env.tpmc(&["user", "remove", "tanaka"]).succeeds();
    assert!(!holds("registry.db"), "what is removed is overwritten");
}
