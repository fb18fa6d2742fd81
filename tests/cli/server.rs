//! Registries on a server: what two offices see, and what is refused. `.ci/postgres.sh` starts the server that `TPMC_TEST_SERVER` names.

use crate::database::{Database, psql};
use crate::env::Env;

/// Records a note on a project.
fn note(env: &Env, text: &str) -> crate::env::Run {
    env.tpmc(&["event", "add", "P-0004", text, "--on", "2026-10-30"])
}

fn size(env: &Env) -> i64 {
    let text = env.tpmc(&["checkpoint"]).succeeds();
    let size = text.lines().nth(1).and_then(|line| line.parse().ok());
    size.expect("a size")
}

/// Runs the program at another address.
pub(crate) fn at(env: &Env, address: &str, arguments: &[&str]) -> crate::env::Run {
    env.run(env.command(arguments).env("TPMC_REGISTRY", address))
}

#[cfg(not(feature = "postgres"))]
#[test]
fn a_build_for_files_says_how_to_get_one_for_servers() {
    let env = Env::empty();
    for command in [&["summary"][..], &["serve", "--no-browser"]] {
        let said = at(&env, "postgres://li:secret@db/tpmc", command).fails_with(1);
        assert!(said.contains("--features postgres"), "{said}");
        assert!(
            said.contains("li:***@db") && !said.contains("secret"),
            "{said}"
        );
    }
    assert!(!env.path("postgres:").exists());
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn what_one_office_records_the_other_sees() {
    let tokyo = Env::seeded();
    tokyo.on_server();
    let beijing = tokyo.elsewhere();
    note(&beijing, "from Beijing").succeeds();
    note(&tokyo, "from Tokyo").succeeds();
    let shown = beijing.tpmc(&["project", "show", "P-0004"]).succeeds();
    assert!(
        shown.contains("from Beijing") && shown.contains("from Tokyo"),
        "{shown}"
    );
    let found = |env: &Env| {
        env.tpmc(&["search", "Tokyo", "--format", "json"])
            .succeeds()
    };
    assert_eq!(found(&beijing), found(&tokyo));
    tokyo.tpmc(&["undo", "--reason", "mistaken"]).succeeds();
    let [one, other] = [&tokyo, &beijing].map(|env| env.tpmc(&["checkpoint"]).succeeds());
    assert_eq!(one, other);
    for env in [&tokyo, &beijing] {
        env.tpmc(&["verify"]).succeeds();
    }
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn writers_take_turns_and_nothing_is_lost() {
    let env = Env::seeded();
    env.on_server();
    let before = size(&env);
    let others: Vec<Env> = (0..3).map(|_| env.elsewhere()).collect();
    std::thread::scope(|scope| {
        for (office, env) in others.iter().enumerate() {
            scope.spawn(move || {
                for number in 0..4 {
                    note(env, &format!("office {office}, note {number}")).succeeds();
                }
            });
        }
    });
    // A note is the entry of its project, and one that closes the batch.
    assert_eq!(size(&env), before + 3 * 4 * 2);
    env.tpmc(&["verify"]).succeeds();
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn who_waits_too_long_is_told_who_holds_the_lock() {
    let env = Env::seeded();
    let database = env.on_server();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let hold = "SET application_name = 'tpmc: suzuki, import apply'; BEGIN; SELECT * FROM registry FOR UPDATE; SELECT pg_sleep(8)";
            database.sql(hold).expect("held");
        });
        std::thread::sleep(std::time::Duration::from_millis(500));
        let said = note(&env, "too late").fails_with(3);
        assert!(said.contains("suzuki, import apply"), "{said}");
        // Readers never wait.
        env.tpmc(&["summary"]).succeeds();
    });
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn the_journal_on_a_server_is_never_changed() {
    let env = Env::seeded();
    let database = env.on_server();
    for table in ["batch", "entry"] {
        for sql in [
            format!("UPDATE {table} SET number = number + 1"),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table} CASCADE"),
        ] {
            let refused = database.sql(&sql).expect_err(&sql);
            assert!(
                refused.contains("the journal is never changed"),
                "{refused}"
            );
        }
    }
    let gap = "INSERT INTO batch SELECT number + 5, recorded_at, actor, command, reason, undoes, first_entry, entries, root FROM batch LIMIT 1";
    assert!(database.sql(gap).is_err());
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn a_journal_that_was_rewritten_is_noticed() {
    let env = Env::seeded();
    let database = env.on_server();
    note(&env, "a note that somebody will forge").succeeds();
    let forge = |sql: &str| {
        let sql = format!("SET session_replication_role = replica; {sql}");
        database.sql(&sql).expect("done by force");
    };
    forge(
        "UPDATE entry SET bytes = replace(bytes, 'will forge', 'did forge') WHERE bytes LIKE '%will forge%'",
    );
    let found = env.tpmc(&["verify"]).fails_with(1);
    assert!(found.contains("1 "), "{found}");
    let report = env.tpmc(&["verify", "--format", "json"]).stdout;
    assert!(report.contains("server_changed"), "{report}");
    let said = env.elsewhere().tpmc(&["summary"]).fails_with(1);
    assert!(said.contains("journal"), "{said}");
    // The last batch is lost, as by a standby that was behind.
    forge(
        "DELETE FROM entry WHERE batch = (SELECT max(number) FROM batch); DELETE FROM batch WHERE number = (SELECT max(number) FROM batch)",
    );
    let said = env.tpmc(&["summary"]).fails_with(1);
    assert!(said.contains("this machine has seen"), "{said}");
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn a_registry_moves_to_a_server_and_back() {
    let target = Env::empty();
    let database = target.on_server();
    let address = database.address();
    at(&target, "one.db", &["init"]).succeeds();
    std::fs::write(target.path("letter.txt"), "A letter.").expect("a document");
    let add = [
        "source",
        "add",
        "letter.txt",
        "--title",
        "A letter",
        "--confidence",
        "low",
    ];
    at(&target, "one.db", &add).succeeds();
    let one = at(&target, "one.db", &["checkpoint"]).succeeds();
    let moved = target.tpmc(&["move", "one.db", &address]).succeeds();
    assert_eq!(moved, one);
    // The same history on both.
    for line in [
        &[
            "status",
            "P-0004",
            "completed",
            "--on",
            "2026-10-30",
            "--no-source",
        ][..],
        &["project", "set", "P-0004", "--sector", "energy"],
        &["undo", "--reason", "a slip"],
        &["redo"],
    ] {
        at(&target, "one.db", line).succeeds();
        target.tpmc(line).succeeds();
    }
    for line in [
        &["checkpoint"][..],
        &["export", "ndjson", "--journal"],
        &["summary", "--format", "json"],
        &["log", "--format", "json"],
        &["search", "rail", "--format", "json"],
    ] {
        assert_eq!(
            at(&target, "one.db", line).stdout,
            target.tpmc(line).stdout,
            "{line:?}"
        );
    }
    target.tpmc(&["move", &address, "two.db"]).succeeds();
    target.tpmc(&["backup", "three.db"]).succeeds();
    let expected = at(&target, "one.db", &["checkpoint"]).succeeds();
    for file in ["two.db", "three.db"] {
        assert_eq!(at(&target, file, &["checkpoint"]).succeeds(), expected);
        at(&target, file, &["verify"]).succeeds();
    }
    // Nothing is overwritten.
    target.tpmc(&["move", "two.db", &address]).fails_with(1);
    target.tpmc(&["move", &address, "two.db"]).fails_with(1);
    target.tpmc(&["restore", "two.db"]).fails_with(1);
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn what_is_no_registry_is_named() {
    let env = Env::empty();
    let database = env.on_server();
    let said = env.tpmc(&["summary"]).fails_with(1);
    assert!(
        said.contains("there is no registry in the database"),
        "{said}"
    );
    let nowhere = database.address_of("nowhere");
    at(&env, &nowhere, &["summary"]).fails_with(3);
    database
        .sql("CREATE TABLE accounts (name text)")
        .expect("a table");
    for command in ["summary", "init"] {
        let said = env.tpmc(&[command]).fails_with(1);
        assert!(said.contains("not a registry"), "{said}");
    }
    database.sql("DROP TABLE accounts").expect("dropped");
    env.tpmc(&["init"]).succeeds();
    env.tpmc(&["init"]).fails_with(1);
    database
        .sql("UPDATE registry SET version = 99")
        .expect("newer");
    assert!(env.tpmc(&["summary"]).fails_with(3).contains("99"));
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn a_password_is_in_no_message() {
    let env = Env::empty();
    env.on_server();
    for address in [
        "postgres://li:s3cret@127.0.0.1:1/tpmc",
        "postgres://li:s3cret@/bad@127.0.0.1:1/tpmc",
        "postgres://127.0.0.1:1/tpmc?user=li&password=s3cret",
        "postgres://li:s3cret@127.0.0.1:port/tpmc",
        "postgres://li:s3cret@127.0.0.1:1/t pmc",
    ] {
        for command in [
            &["summary", "--verbose"][..],
            &["init"],
            &["move", address, "x.db"],
        ] {
            let run = at(&env, address, command);
            assert_ne!(run.status, 0, "{run}");
            assert!(!run.to_string().contains("s3cret"), "{run}");
        }
    }
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn a_server_that_does_not_answer_is_given_up() {
    let env = Env::empty();
    env.on_server();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("an address").port();
    let address = format!("postgres://li@127.0.0.1:{port}/tpmc?connect_timeout=2");
    let start = std::time::Instant::now();
    at(&env, &address, &["summary"]).fails_with(3);
    assert!(start.elapsed().as_secs() < 20);
}

/// Returns how many statements the server has run for a database since this was asked last.
fn statements(database: &Database) -> i64 {
    let address = database.address();
    let (_, name) = address.rsplit_once('/').expect("the name of a database");
    let ask = |sql: &str| psql(&database.address_of("postgres"), sql).expect(sql);
    ask("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    let sum = format!(
        "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements JOIN pg_database ON oid = dbid WHERE datname = '{name}'"
    );
    let sum = ask(&sum).parse().expect("a number");
    ask("SELECT pg_stat_statements_reset()");
    sum
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn a_command_asks_the_server_a_few_times_only() {
    let env = Env::seeded();
    let database = env.on_server();
    env.tpmc(&["summary"]).succeeds();
    let asked = |line: &[&str]| {
        statements(database);
        env.tpmc(line).succeeds();
        statements(database)
    };
    let show = asked(&["project", "show", "P-0004"]);
    assert!((1..=8).contains(&show), "{show}");
    let edit = asked(&["project", "set", "P-0004", "--sector", "energy"]);
    assert!((2..=20).contains(&edit), "{edit}");
}
