//! Programs that are killed at any moment of a write: what was recorded is there, what was not is not, and the next run works.

use std::io::Read as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::budget;
use crate::env::Env;

/// Registries of every schema that was ever in use, each made by the program of its time or taken back from one by the
/// migrations' own way down.
fn older_registries() -> Vec<(String, Vec<u8>)> {
    let file = std::fs::File::open(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/older_registries.zip"
    ));
    let mut archive = zip::ZipArchive::new(file.expect("the fixture")).expect("an archive");
    let read = |place| {
        let mut file = archive.by_index(place).expect("a registry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("a registry");
        (format!("registry {}", place + 1), bytes)
    };
    (0..9).map(read).collect()
}

/// The names in the folder.
fn names(env: &Env) -> Vec<String> {
    let entries = std::fs::read_dir(env.path("")).expect("the folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// Runs the program and kills it within `reach`; tells whether it was still running.
fn killed(env: &Env, arguments: &[&str], reach: Duration) -> bool {
    let mut command = env.command(arguments);
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let wait = budget::any_below(u64::try_from(reach.as_micros()).expect("a time"));
    std::thread::sleep(Duration::from_micros(wait));
    child.kill().expect("it is killed, or has ended");
    !child.wait().expect("it ends").success()
}

fn batches(env: &Env) -> usize {
    env.tpmc(&["log", "--format", "json"])
        .json()
        .as_array()
        .map_or(0, Vec::len)
}

#[test]
fn a_registry_of_every_schema_is_brought_up_to_date_and_verifies() {
    let older = older_registries();
    for (name, bytes) in older {
        let env = Env::empty();
        env.write("registry.db", &bytes);
        env.tpmc(&["summary"]).fails_with(3);
        env.tpmc(&["migrate"]).succeeds();
        env.tpmc(&["verify"]).succeeds();
        let found = env.tpmc(&["search", "JBIC"]).succeeds();
        assert!(found.contains("jbic"), "{name}: {found}");
        // The old file is kept as it was, and can be restored.
        let kept = names(&env)
            .into_iter()
            .find(|name| name.starts_with("registry.db.schema-"));
        let kept = kept.expect("a copy of the old file");
        env.tpmc(&["restore", &kept]).succeeds();
        env.tpmc(&["verify"]).succeeds();
    }
}

#[test]
fn a_migration_that_was_killed_left_the_old_registry_or_the_new_one() {
    let older = older_registries();
    let mut reach = Duration::from_millis(400);
    for _ in 0..budget::tries(6) {
        let place = usize::try_from(budget::any_below(older.len() as u64)).expect("a place");
        let (name, bytes) = &older[place];
        let env = Env::empty();
        env.write("registry.db", bytes);
        if !killed(&env, &["migrate"], reach) {
            reach = reach.mul_f64(0.95);
            continue;
        }
        reach = reach.mul_f64(1.05);
        // Whoever comes next finds one or the other, whole.
        let summary = env.tpmc(&["summary"]);
        if summary.status == 0 {
            env.tpmc(&["verify"]).succeeds();
        } else {
            assert!(summary.stderr.contains("older schema"), "{name}: {summary}");
        }
        env.tpmc(&["migrate"]).succeeds();
        env.tpmc(&["verify"]).succeeds();
        let left = names(&env);
        let is_known =
            |one: &String| one == "registry.db" || one.starts_with("registry.db.schema-");
        assert!(left.iter().all(is_known), "{name}: {left:?}");
    }
}

#[test]
fn a_write_that_was_killed_is_there_whole_or_not_at_all() {
    let sheet: String = (0..300)
        .map(|row| format!("Plant {row} {},engineering,TH\n", row * 7919 % 9973))
        .collect();
    let writes: [&[&str]; 8] = [
        &[
            "event",
            "add",
            "P-0002",
            "A milestone",
            "--on",
            "2026-01-01",
        ],
        &["import", "apply", "plan.json"],
        &["project", "add", "--title-en", "A plant of its own"],
        &["undo"],
        &["rebuild"],
        &["backup", "copy.db"],
        &["restore", "kept.db"],
        &["init", "--registry", "new.db"],
    ];
    let base = Env::seeded();
    base.write("sheet.csv", format!("title_en,mode,hosts\n{sheet}"));
    base.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"])
        .succeeds();
    base.tpmc(&["party", "set", "marubeni", "--note", "a second batch"])
        .succeeds();
    base.tpmc(&["backup", "kept.db"]).succeeds();
    for arguments in writes {
        let fresh = || {
            let env = Env::empty();
            for name in names(&base) {
                std::fs::copy(base.path(&name), env.path(&name)).expect("a copy");
            }
            env
        };
        let start = Instant::now();
        fresh().tpmc(arguments).succeeds();
        let reach = start.elapsed();
        for _ in 0..budget::tries(2) {
            let env = fresh();
            let was_killed = killed(&env, arguments, reach);
            env.tpmc(&["verify"]).succeeds();
            let adds_none = ["rebuild", "backup", "restore", "init"].contains(&arguments[0]);
            let recorded = batches(&env) - 2;
            assert!(recorded <= usize::from(!adds_none), "{arguments:?}");
            assert!(
                was_killed || adds_none || recorded == 1,
                "{arguments:?} said that it is recorded"
            );
            for placed in ["copy.db", "new.db"]
                .iter()
                .filter(|name| env.path(name).exists())
            {
                env.tpmc(&["verify", "--registry", placed]).succeeds();
            }
            // The next run works, and tidies up.
            if was_killed
                && recorded == 0
                && !env.path("copy.db").exists()
                && !env.path("new.db").exists()
            {
                env.tpmc(arguments).succeeds();
                let left: Vec<String> = names(&env)
                    .into_iter()
                    .filter(|name| name.starts_with('.'))
                    .collect();
                assert_eq!(left, [""; 0], "{arguments:?}");
            }
        }
    }
}

#[test]
fn four_writers_and_four_readers_lose_nothing() {
    let env = Env::seeded();
    let end = Instant::now()
        + Duration::from_millis(1500) * u32::try_from(budget::tries(1)).expect("a number");
    let reads: [&[&str]; 4] = [
        &["summary"],
        &["verify"],
        &["export", "csv"],
        &["sql", "SELECT count(*) FROM v_event"],
    ];
    let recorded = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let env = &env;
                scope.spawn(move || {
                    let mut recorded = Vec::new();
                    while Instant::now() < end {
                        let text = format!("writer {writer}, event {}", recorded.len());
                        let run =
                            env.tpmc(&["event", "add", "F1-050", &text, "--on", "2026-01-01"]);
                        if run.status == 0 {
                            recorded.push(text);
                        } else {
                            run.fails_with(3); // waited in vain for its turn
                        }
                    }
                    recorded
                })
            })
            .collect();
        for read in reads {
            let env = &env;
            scope.spawn(move || {
                while Instant::now() < end {
                    env.tpmc(read).succeeds();
                }
            });
        }
        let recorded = writers
            .into_iter()
            .map(|writer| writer.join().expect("a writer"));
        recorded.flatten().collect::<Vec<String>>()
    });
    env.tpmc(&["verify"]).succeeds();
    assert_eq!(batches(&env), recorded.len() + 1);
    let shown = env
        .tpmc(&["project", "show", "F1-050", "--format", "json"])
        .succeeds();
    for text in recorded {
        assert!(shown.contains(&text), "{text} is lost");
    }
    assert_eq!(
        names(&env),
        ["registry.db"],
        "the registry is one file again"
    );
}
