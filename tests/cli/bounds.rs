//! Input without end, surroundings that are too small, and results that cannot be shown.

#![cfg(unix)]

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::env::Env;

/// Commands that read a file, in the place of `?`.
const READERS: &[&str] = &[
    "summary --registry ?",
    "restore ? --registry other.db",
    "import plan ? -o plan.json",
    "import plan list.csv --map ? -o plan.json",
    "import map ? -o map.toml",
    "import apply ?",
    "import decide ? 1 accept",
    "import show ?",
    "import records ? --registry new.db",
    "import mapping add made-up ?",
    "project apply ?",
    "key show ?",
    "checkpoint --key ?",
    "witness ? --key log.key --log-key log.vkey",
    "witness checkpoint --key ? --log-key log.vkey",
    "witness checkpoint --key log.key --log-key ?",
    "witness checkpoint --key log.key --log-key log.vkey --proof ?",
    "verify --against ?",
    "verify --against checkpoint --key ?",
    "verify --against checkpoint --witnesses ?",
    "verify --proof ? --key log.vkey",
    "verify --bundle ?",
    "prove P-0002 --checkpoint ?",
    "bundle --checkpoint ? --log-key log.vkey -o audit.zip",
];

fn office() -> Env {
    let env = Env::seeded();
    let key = env.tpmc(&["key", "new", "-o", "log.key"]).succeeds();
    env.write("log.vkey", key);
    env.tpmc(&["checkpoint", "-o", "checkpoint"]).succeeds();
    env.write("list.csv", "Name\nMade-up harbour\n");
    env
}

#[test]
fn what_has_no_end_or_is_no_file_is_refused_at_once() {
    let env = office();
    let made = Command::new("mkfifo").arg(env.path("pipe")).status();
    assert!(made.expect("mkfifo").success());
    // 80 MB without a line end, which take no room on the disk; the ending says what kind of file it is.
    for name in ["endless.ndjson", "endless.json"] {
        let endless = File::create(env.path(name)).expect("a file");
        endless.set_len(80 << 20).expect("its length");
    }
    for reader in READERS {
        for input in ["/dev/zero", "pipe", ".", "endless.ndjson", "endless.json"] {
            let words: Vec<&str> = reader
                .split(' ')
                .map(|word| if word == "?" { input } else { word })
                .collect();
            let begun = Instant::now();
            let mut command = env.command(&words);
            let mut child = command
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it runs");
            while child.try_wait().expect("its state").is_none() {
                if begun.elapsed() > Duration::from_secs(30) {
                    child.kill().expect("it is killed");
                    panic!("{words:?} does not end");
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            let output = child.wait_with_output().expect("it ends");
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{words:?}: {said}");
            assert!(said.starts_with("error: "), "{words:?}: {said}");
        }
    }
}

#[test]
fn standard_input_without_end_is_refused() {
    let env = Env::seeded();
    let mut command = env.command(&["project", "apply", "-"]);
    command.stdin(File::open("/dev/zero").expect("zeros"));
    let said = env.run(&mut command).fails_with(1);
    assert!(said.contains("longer than"), "{said}");
}

#[test]
fn a_deep_object_is_refused() {
    let env = Env::seeded();
    let deep = format!("[{}1{}]", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    env.write("deep.json", deep);
    let said = env
        .tpmc(&["import", "plan", "deep.json", "-o", "plan.json"])
        .fails_with(1);
    assert!(said.contains("more than 16 levels"), "{said}");
}

/// Runs the program under a limit of the shell.
fn limited(env: &Env, limit: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let program = env.command(arguments);
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{limit}; exec \"$0\" \"$@\"")])
        .arg(program.get_program())
        .args(arguments)
        .current_dir(env.path(""));
    for (name, value) in program.get_envs() {
        command.env(name, value.expect("a value"));
    }
    let output = command.output().expect("it runs");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn small_memory_is_enough() {
    let env = office();
    for arguments in [
        &["summary"][..],
        &["verify"],
        &["export", "ndjson", "-o", "out.ndjson"],
        &["import", "map", "list.csv", "-o", "map.toml"],
        &["undo", "1", "--dry-run"],
    ] {
        let (status, said) = limited(&env, "ulimit -v 300000", arguments);
        assert_eq!(status, Some(0), "{arguments:?}: {said}");
    }
}

#[test]
fn a_result_that_cannot_be_shown_is_told_from_one_that_is_not_recorded() {
    let env = Env::seeded();
    let add = [
        "project",
        "add",
        "--title-en",
        "Made-up harbour",
        "--idempotency-key",
        "job/17",
    ];
    let mut command = env.command(&add);
    command.stdout(
        File::options()
            .write(true)
            .open("/dev/full")
            .expect("a full disk"),
    );
    let said = command.output().expect("it runs");
    let text = String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(3), "{text}");
    assert!(
        text.contains("error: batch 2 is recorded, but its result could not be shown"),
        "{text}"
    );
    let again = env.tpmc(&add);
    assert!(
        again
            .stderr
            .contains("This was recorded before, as batch 2"),
        "{again}"
    );
    let code = again.succeeds();
    let shown = env.tpmc(&["project", "show", code.trim()]).succeeds();
    assert!(shown.contains("Made-up harbour"), "{shown}");
    let other = [
        "status",
        "P-0002",
        "signed",
        "--on",
        "2020",
        "--no-source",
        "--idempotency-key",
        "job/17",
    ];
    assert!(env.tpmc(&other).fails_with(1).contains("batch 2"));
    let log = env.tpmc(&["log", "--format", "json"]).json();
    assert_eq!(log.as_array().map(Vec::len), Some(2));
    env.tpmc(&["verify"]).succeeds();
    let mut help = env.command(&["--help"]);
    help.stdout(
        File::options()
            .write(true)
            .open("/dev/full")
            .expect("a full disk"),
    );
    assert_eq!(help.status().expect("it runs").code(), Some(3));
}

#[test]
fn a_key_takes_back_and_imports_once() {
    let env = Env::seeded();
    let undo = ["undo", "1", "--idempotency-key", "k1"];
    env.tpmc(&undo).succeeds();
    env.tpmc(&undo).succeeds();
    let log = env.tpmc(&["log", "--format", "json"]).json();
    assert_eq!(log.as_array().map(Vec::len), Some(2));
    env.tpmc(&["redo", "--idempotency-key", "no blanks"])
        .fails_with(2);
}

#[test]
fn a_registry_may_have_any_name() {
    let env = Env::empty();
    for name in [":memory:", "a ?b#c%41&mode=ro d.db", "file:x.db"] {
        let named = format!("--registry={name}");
        env.tpmc(&["init", &named]).succeeds();
        env.tpmc(&["summary", &named]).succeeds();
        assert!(env.path(name).exists(), "{name}");
    }
}
