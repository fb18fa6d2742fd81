//! The README, run: every command that it shows, and what it says they print.

use std::process::{Command, Stdio};

use crate::env::{Env, NOW};

const README: &str = include_str!("../../README.md");

/// Stands for lines of output that the README leaves out.
const LEFT_OUT: &str = "…";

/// A command of the README and the output shown beneath it.
#[derive(Debug)]
struct Shown {
    command: String,
    output: Vec<String>,
}

/// The commands of one part of the README, in order. A part is a session of its own, on a registry of its own.
fn sessions() -> Vec<(String, Vec<Shown>)> {
    let mut sessions = vec![("the beginning".to_owned(), Vec::<Shown>::new())];
    let mut within = false;
    for line in README.lines() {
        let (_, shown) = sessions.last_mut().expect("a part");
        match line {
            "```console" => within = true,
            "```" => within = false,
            _ if within => match (line.strip_prefix("$ "), shown.last_mut()) {
                (Some(command), _) => shown.push(Shown {
                    command: command.to_owned(),
                    output: Vec::new(),
                }),
                (None, Some(last)) if last.command.ends_with('\\') => {
                    last.command.push('\n');
                    last.command.push_str(line);
                }
                (None, Some(last)) => last.output.push(line.to_owned()),
                (None, None) => panic!("output without a command: {line}"),
            },
            _ => {
                if let Some(part) = line.strip_prefix("## ") {
                    sessions.push((part.to_owned(), Vec::new()));
                }
            }
        }
    }
    sessions
}

/// Whether `output` is what is shown, lines that are left out aside.
fn agrees(shown: &[String], output: &[&str]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((line, rest)) if line == LEFT_OUT => {
            (0..=output.len()).any(|from| agrees(rest, &output[from..]))
        }
        Some((line, rest)) => output
            .split_first()
            .is_some_and(|(first, others)| first == line && agrees(rest, others)),
    }
}

fn run(env: &Env, command: &str) -> (bool, String, String) {
    if let Some(edit) = command.strip_prefix("sqlite3 ~/") {
        return edited(env, edit);
    }
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_tpmc"));
    let folder = program.parent().expect("a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .arg("-c")
        .arg(command.replace("cargo run --release --", "tpmc"))
        .current_dir(env.path(""))
        .stdin(Stdio::null())
        .env_clear()
        .env("PATH", format!("{folder}:{path}"))
        .env("HOME", env.path(""))
        .env("USER", "secretariat")
        .env("COLUMNS", "80")
        .env("TPMC_NOW", NOW)
        .output()
        .expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// What the `sqlite3` shell would do, on machines that do not have it: `FILE "SQL"`.
fn edited(env: &Env, edit: &str) -> (bool, String, String) {
    let (file, sql) = edit.split_once(' ').expect("a file and a statement");
    let database = rusqlite::Connection::open(env.path(file)).expect("the file");
    let done = database.execute_batch(sql.trim_matches('"'));
    (done.is_ok(), String::new(), format!("{done:?}"))
}

#[test]
fn every_command_does_what_is_shown() {
    for (part, session) in sessions() {
        let env = Env::empty();
        for Shown { command, output } in session {
            if command.starts_with("cargo test")
                || command.starts_with("git clone")
                || command.starts_with("cd ")
            {
                continue; // that is what is going on here
            }
            let needs_python = ["python3", "audit", "ALTERED"];
            if needs_python.iter().any(|word| command.contains(word))
                && !crate::bundle::has_python()
            {
                continue; // tests/cli/bundle.rs alters bundles without it
            }
            let (succeeded, stdout, stderr) = run(&env, &command);
            // A refusal that is meant to be shown says so with "|| true".
            assert!(succeeded, "{part}: {command}\n{stdout}{stderr}");
            let lines: Vec<&str> = stdout.lines().map(str::trim_end).collect();
            if !output.is_empty() {
                assert!(agrees(&output, &lines), "{part}: {command}\n{stdout}");
            }
        }
    }
}

#[test]
fn every_command_is_named() {
    let help = Env::empty().tpmc(&["--help"]).succeeds();
    let listed = help
        .split("Commands:\n")
        .nth(1)
        .expect("a list of commands");
    let names = listed.lines().take_while(|line| !line.is_empty());
    let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()) {
        assert!(
            name == "help" || README.contains(&format!("tpmc {name}")),
            "the README does not name `tpmc {name}`"
        );
    }
}
