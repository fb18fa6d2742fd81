//! Imports that are interrupted: by somebody who writes to the file, by Ctrl-C, by a full disk. Nothing is half done.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Child, Stdio};

use crate::env::{Env, Run, bytes};

/// A sheet that takes a while to be looked through.
fn long_sheet(rows: usize) -> String {
    let mut sheet = "title_en,hosts,parties,status,status_on\n".to_owned();
    for number in 0..rows {
        let maker = format!("Made-up maker {number} [JP] (owner)");
        let _ = writeln!(sheet, "Made-up harbour {number},TH,{maker},signed,2018");
    }
    sheet
}

/// Begins a command on the registry, and waits until it writes to a file with this in its name.
fn begun(env: &Env, arguments: &[&str], file: &str) -> Child {
    let mut command = env.command(arguments);
    let running = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut running = running.expect("the program runs");
    let is_there = || {
        let mut files = std::fs::read_dir(env.path("")).expect("the folder");
        files.any(|entry| {
            let name = entry.expect("an entry").file_name();
            name.to_string_lossy().contains(file)
        })
    };
    while !is_there() {
        let status = running.try_wait().expect("a program");
        assert!(status.is_none(), "it ended before: {status:?}");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    running
}

/// What it said when it ended, with the status for surroundings that failed; the registry and these files are all there is.
fn ended(env: &Env, running: Child, before: &[u8], files: usize) -> String {
    let ended = running.wait_with_output().expect("the program ends");
    let said = String::from_utf8(ended.stderr).expect("UTF-8");
    assert_eq!(ended.status.code(), Some(3), "{said}");
    let left = std::fs::read_dir(env.path("")).expect("the folder").count();
    assert_eq!(left, files);
    assert!(before == bytes(&env.path("registry.db")));
    said
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    let env = Env::seeded();
    env.write("sheet.csv", long_sheet(1500));
    let before = bytes(&env.path("registry.db"));
    // When the plan is begun, the file was looked at.
    let plan = ["import", "plan", "sheet.csv", "-o", "plan.json"];
    let running = begun(&env, &plan, ".new");
    let file = std::fs::OpenOptions::new()
        .append(true)
        .open(env.path("sheet.csv"));
    file.and_then(|mut file| file.write_all(b"One more,TH,,,\n"))
        .expect("written");
    assert_eq!(
        ended(&env, running, &before, 2),
        "error: \"sheet.csv\" changed while it was read\nhint: wait until nobody writes to it, then try again\n"
    );
}

#[cfg(unix)]
#[test]
fn long_work_that_is_stopped_leaves_nothing_half_done() {
    let env = Env::seeded();
    env.write("sheet.csv", long_sheet(1500));
    let before = bytes(&env.path("registry.db"));
    let stopped = |running: Child, files: usize| {
        let process = running.id().to_string();
        let sent = std::process::Command::new("sh")
            .args(["-c", &format!("kill -INT {process}")])
            .status();
        assert!(sent.expect("a shell").success());
        let said = ended(&env, running, &before, files);
        assert_eq!(
            said,
            "error: stopped before it was done; nothing was changed\n"
        );
    };
    let plan = ["import", "plan", "sheet.csv", "-o", "plan.json"];
    stopped(begun(&env, &plan, ".new"), 2);
    env.tpmc(&plan).succeeds();
    let apply = ["import", "apply", "plan.json", "--rejects", "rejects.csv"];
    stopped(begun(&env, &apply, "registry.db-wal"), 3);
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
}

/// Runs with so many blocks of 512 bytes as the most that a file may have: what a full disk is to a program.
#[cfg(unix)]
fn with_room(env: &Env, blocks: u32, arguments: &[&str]) -> Run {
    let command = env.command(&[]);
    let program = command.get_program().to_owned();
    let mut shell = std::process::Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    shell.arg("-c").arg(script).arg(program).args(arguments);
    shell.current_dir(env.path(""));
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            shell.env(name, value);
        }
    }
    env.run(&mut shell)
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_changes_nothing_and_leaves_nothing() {
    let env = Env::seeded();
    env.write("sheet.csv", long_sheet(600));
    let before = bytes(&env.path("registry.db"));
    let files = |env: &Env| std::fs::read_dir(env.path("")).expect("the folder").count();
    let said = with_room(
        &env,
        100,
        &["import", "plan", "sheet.csv", "-o", "plan.json"],
    )
    .fails_with(3);
    assert!(
        said.starts_with("error: cannot write \"plan.json\""),
        "{said}"
    );
    assert_eq!(
        (files(&env), &before),
        (2, &bytes(&env.path("registry.db")))
    );
    env.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"])
        .succeeds();
    let blocks = 100; // too few for the write-ahead log of the batch
    let apply = ["import", "apply", "plan.json", "--rejects", "rejects.csv"];
    let said = with_room(&env, blocks, &apply).fails_with(3);
    assert!(
        said.starts_with("error: the registry could not be"),
        "{said}"
    );
    assert_eq!(
        (files(&env), &before),
        (3, &bytes(&env.path("registry.db")))
    );
    env.tpmc(&["verify"]).succeeds();
}
