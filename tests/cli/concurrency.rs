//! Several programs at one registry: they wait for each other, and nothing is lost or mixed up.

use std::process::Child;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::env::Env;

/// A registry with a batch that can be taken back and brought back.
fn registry() -> Env {
    let env = Env::empty();
    env.tpmc(&["init", "--empty"]).succeeds();
    env.tpmc(&["migrate", "--seeds"]).succeeds();
    env
}

fn start(env: &Env, arguments: &[&str]) -> Child {
    let mut command = env.command(arguments);
    command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    command.spawn().expect("the program runs")
}

/// A connection that holds a lock until it is dropped.
fn locked(env: &Env, how: &str) -> Connection {
    let connection = Connection::open(env.path("registry.db")).expect("the registry");
    connection
        .execute_batch(&format!("BEGIN {how}"))
        .expect("the lock");
    connection
}

#[test]
fn writers_take_turns() {
    let env = registry();
    let writers: Vec<Child> = (0..6)
        .map(|number| start(&env, &[if number % 2 == 0 { "undo" } else { "redo" }]))
        .collect();
    let statuses = writers
        .into_iter()
        .map(|mut writer| writer.wait().expect("it ends").code());
    let statuses: Vec<_> = statuses.collect();
    // One that came when there was nothing to undo or redo was told so; nobody failed for lack of a turn.
    assert!(
        statuses.iter().all(|status| matches!(status, Some(0 | 1))),
        "{statuses:?}"
    );
    let log = env.tpmc(&["log", "--format", "json"]).json();
    let batches: Vec<_> = log.as_array().expect("batches").iter().rev().collect();
    let done = statuses.iter().filter(|status| **status == Some(0)).count();
    assert_eq!(batches.len(), 2 + done);
    let (mut next_entry, mut is_in_effect) = (0, true);
    for (number, batch) in (1..).zip(&batches) {
        assert_eq!(batch["number"], number);
        assert_eq!(
            batch["first_entry"], next_entry,
            "no entry is lost, none stands between another's"
        );
        next_entry += batch["entries"].as_i64().expect("a number");
        if number > 2 {
            // Each saw what the one before had done.
            assert_eq!(batch["command"], if is_in_effect { "undo" } else { "redo" });
            is_in_effect = !is_in_effect;
        }
    }
    let projects = env.tpmc(&["summary", "--format", "json"]).json()["total"]["projects"].clone();
    assert_eq!(projects, if is_in_effect { 133 } else { 0 });
}

#[test]
fn two_that_bring_the_same_records_bring_them_once() {
    let env = Env::empty();
    env.tpmc(&["init", "--empty"]).succeeds();
    for mut writer in [0; 3].map(|_| start(&env, &["migrate", "--seeds"])) {
        assert!(writer.wait().expect("it ends").success());
    }
    let log = env.tpmc(&["log", "--format", "json"]).json();
    assert_eq!(log.as_array().map(Vec::len), Some(2));
}

#[test]
fn a_writer_waits_for_another() {
    let env = registry();
    let lock = locked(&env, "IMMEDIATE");
    let started = Instant::now();
    let mut writer = start(&env, &["undo"]);
    std::thread::sleep(Duration::from_millis(300));
    assert!(writer.try_wait().expect("its state").is_none(), "it waits");
    drop(lock);
    assert!(writer.wait().expect("it ends").success());
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_writer_that_waits_in_vain_says_who_holds_the_lock() {
    let env = registry();
    let _lock = locked(&env, "IMMEDIATE");
    let started = Instant::now();
    let told = env.tpmc(&["undo"]).fails_with(3);
    assert!(started.elapsed() >= Duration::from_secs(5));
    assert!(told.starts_with("error: the registry is locked"), "{told}");
    if cfg!(target_os = "linux") {
        let who = format!("(process {}, running for ", std::process::id());
        assert!(told.contains(&who), "{told}");
    }
}

#[test]
fn readers_go_on_while_a_batch_is_prepared() {
    let env = registry();
    let before = env.tpmc(&["summary"]).succeeds();
    let lock = locked(&env, "IMMEDIATE");
    lock.execute_batch("CREATE TABLE unfinished (x)")
        .expect("a change");
    assert_eq!(
        env.tpmc(&["summary"]).succeeds(),
        before,
        "what is not finished is not seen"
    );
    drop(lock);
    assert_eq!(env.tpmc(&["summary"]).succeeds(), before);
}

#[test]
fn readers_do_not_wait_for_a_writer_nor_writers_for_a_reader() {
    let env = registry();
    let lock = locked(&env, "EXCLUSIVE");
    env.tpmc(&["summary"]).succeeds();
    env.tpmc(&["verify"]).succeeds();
    drop(lock);
    let mut reading = env.command(&["export", "ndjson"]);
    reading.stdout(std::process::Stdio::piped());
    let mut reading = reading
        .spawn()
        .expect("a reader that stops in the middle of the result");
    std::thread::sleep(Duration::from_millis(500));
    assert!(
        reading.try_wait().expect("its state").is_none(),
        "it waits for its pager"
    );
    let started = Instant::now();
    env.tpmc(&["undo"]).succeeds();
    assert!(started.elapsed() < Duration::from_secs(5));
    drop(reading.stdout.take());
    assert!(reading.wait().expect("it ends").success());
    env.tpmc(&["redo"]).succeeds();
    let files = std::fs::read_dir(env.path("")).expect("the folder");
    assert_eq!(files.count(), 1, "the registry is one file again");
}

#[test]
fn what_was_committed_is_there_after_the_program_was_killed() {
    let env = registry();
    let reader = locked(&env, "DEFERRED"); // so that the log stays
    let look = reader.query_row("SELECT count(*) FROM batch", [], |row| row.get::<_, i64>(0));
    assert_eq!(look.expect("a look"), 2);
    env.tpmc(&["undo"]).succeeds();
    // The files as a copy of the whole folder has them, without anybody closing them.
    let copy = Env::empty();
    for file in std::fs::read_dir(env.path("")).expect("the folder") {
        let file = file.expect("a file");
        std::fs::copy(file.path(), copy.path(&file.file_name().to_string_lossy())).expect("a copy");
    }
    drop(reader);
    assert!(copy.path("registry.db-wal").exists());
    assert_eq!(
        copy.tpmc(&["log", "--format", "json"])
            .json()
            .as_array()
            .map(Vec::len),
        Some(3)
    );
    copy.tpmc(&["verify"]).succeeds();
    assert!(!copy.path("registry.db-wal").exists());
}

#[test]
fn the_clock_of_the_machine_does_not_run_backwards() {
    let env = registry();
    let early = env.run(
        env.command(&["undo"])
            .env("TPMC_NOW", "2026-11-23T21:58:59Z"),
    );
    insta::assert_snapshot!("clock_behind", early);
    // The same second is no step back.
    env.tpmc(&["undo"]).succeeds();
}

#[test]
fn no_entry_of_many_writers_is_lost() {
    let env = Env::seeded();
    let writers: Vec<Child> = (1..=6)
        .map(|number| {
            let code = format!("P-000{number}");
            start(
                &env,
                &["project", "set", &code, "--note", "seen by six at once"],
            )
        })
        .collect();
    for mut writer in writers {
        assert!(writer.wait().expect("it ends").success());
    }
    let log = env.tpmc(&["log", "--format", "json"]).json();
    assert_eq!(log.as_array().map(Vec::len), Some(7));
    for number in 1..=6 {
        let code = format!("P-000{number}");
        let shown = env
            .tpmc(&["project", "show", &code, "--format", "json"])
            .json();
        assert_eq!(shown["note"], "seen by six at once");
        let steps = env.tpmc(&["log", &code, "--format", "json"]).json();
        assert_eq!(steps.as_array().map(Vec::len), Some(2));
    }
}
