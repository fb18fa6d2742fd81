//! `tpmc sql`: questions that can change nothing.

use crate::env::{Env, bytes};

const MODES: &str = "SELECT mode, count(*) AS projects FROM v_project GROUP BY mode ORDER BY mode";

#[test]
fn a_question_in_every_format() {
    let env = Env::seeded();
    for format in ["text", "json", "csv", "markdown"] {
        insta::assert_snapshot!(
            format!("modes_{format}"),
            env.tpmc(&["sql", MODES, "--format", format])
        );
    }
    insta::assert_snapshot!("nothing", env.tpmc(&["sql", "SELECT 1 WHERE 0"]));
    insta::assert_snapshot!(
        "same_names",
        env.tpmc(&[
            "sql",
            "SELECT 1 AS a, 2.5 AS a, x'00ff' AS b, '=1' AS c",
            "--format",
            "json"
        ])
    );
    insta::assert_snapshot!(
        "more_rows",
        env.tpmc(&[
            "sql",
            "SELECT code FROM v_project ORDER BY code",
            "--max-rows",
            "2"
        ])
    );
}

/// The views are a promise: a column may be added, never renamed.
#[test]
fn the_columns_of_the_views() {
    let env = Env::seeded();
    let views =
        "v_project v_host v_participation v_event v_amount v_risk v_party v_source v_citation";
    let mut columns = String::new();
    for view in views.split(' ') {
        let answer = env
            .tpmc(&[
                "sql",
                &format!("SELECT * FROM {view} LIMIT 0"),
                "--format",
                "csv",
            ])
            .succeeds();
        columns.push_str(&format!("{view}: {answer}"));
    }
    insta::assert_snapshot!(columns);
}

#[test]
fn the_views_agree_with_the_reports() {
    let env = Env::seeded();
    let count = |sql: &str| env.tpmc(&["sql", sql, "--format", "json"]).json()[0]["n"].clone();
    let list = |arguments: &[&str]| {
        let list = env
            .tpmc(&[&["project", "list", "--format", "json"], arguments].concat())
            .json();
        list.as_array().expect("a list").len()
    };
    assert_eq!(count("SELECT count(*) AS n FROM v_project"), list(&[]));
    assert_eq!(
        count("SELECT count(*) AS n FROM v_project WHERE implemented"),
        list(&["--status", "implementing,completed"])
    );
    assert_eq!(
        count("SELECT count(*) AS n FROM v_host WHERE country = 'TH'"),
        list(&["--country", "TH"])
    );
    for side in ["chinese", "japanese", "host", "other"] {
        let sql = format!(
            "SELECT count(DISTINCT project) AS n FROM v_participation WHERE NOT prospective AND side = '{side}'"
        );
        assert_eq!(count(&sql), list(&["--side", side]), "{side}");
    }
}

#[test]
fn nothing_can_be_changed() {
    let env = Env::seeded();
    let before = bytes(&env.path("registry.db"));
    for question in [
        "DELETE FROM project",
        "UPDATE project SET note = 'x'",
        "INSERT INTO source DEFAULT VALUES",
        "DROP TABLE project",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "ATTACH 'evil.db' AS evil",
        "VACUUM INTO 'evil.db'",
        "VACUUM",
        "PRAGMA user_version = 9",
        "PRAGMA user_version",
        "PRAGMA writable_schema = 1",
        "SELECT * FROM pragma_table_info('project')",
        "BEGIN IMMEDIATE",
        "ROLLBACK",
        "REINDEX",
        "ANALYZE",
        "DETACH main",
        "SELECT load_extension('evil')",
        "WITH x AS (SELECT 1) DELETE FROM project RETURNING code",
        "SELECT 1; DELETE FROM project",
        "SELECT ?",
        "SELECT zeroblob(100000000)",
        "SELECT nothing",
        "",
        ";",
        "/* nothing */",
    ] {
        let said = env.tpmc(&["sql", question]).fails_with(1);
        assert!(
            said.starts_with("error: the query failed: "),
            "{question}: {said}"
        );
    }
    assert!(bytes(&env.path("registry.db")) == before);
    assert!(!env.path("evil.db").exists());
}

#[test]
fn an_answer_that_would_fill_the_memory_is_refused() {
    let env = Env::seeded();
    let long = "SELECT zeroblob(16000000) FROM v_project";
    let refused = env.tpmc(&["sql", long, "--timeout", "300"]).fails_with(1);
    assert!(refused.contains("the answer is longer than"), "{refused}");
    for sql in [
        "SELECT name FROM pragma_table_info('project')",
        "EXPLAIN DELETE FROM project",
        "INSERT INTO search_index(search_index) VALUES ('rebuild')",
        "PRAGMA writable_schema = ON",
        "SELECT readfile('registry.db')",
        "SELECT writefile('evil.db', 'x')",
        "SELECT edit('x')",
        "/* nothing */",
        "SELECT 1; SELECT 2",
    ] {
        let refused = env.tpmc(&["sql", sql]).fails_with(1);
        assert!(refused.contains("the query failed"), "{sql}: {refused}");
    }
}

#[test]
fn what_takes_too_long_is_stopped() {
    let env = Env::seeded();
    let endless =
        "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c";
    insta::assert_snapshot!(env.tpmc(&["sql", endless, "--timeout", "0.2"]));
    // One step of SQLite's machine, which cannot be interrupted and takes long.
    let step = "SELECT instr(hex(zeroblob(7000000)), hex(zeroblob(3000000)) || '1')";
    let started = std::time::Instant::now();
    let told = env.tpmc(&["sql", step, "--timeout", "0.5"]).fails_with(1);
    assert!(told.contains("timed out after 0.5 s"), "{told}");
    assert!(started.elapsed().as_secs_f64() < 3.0); // of which a busy machine takes most
    env.tpmc(&["verify"]).succeeds();
    env.tpmc(&["sql", endless, "--timeout", "-1"]).fails_with(2);
    insta::assert_snapshot!(
        "at_an_earlier_time",
        env.tpmc(&["sql", "SELECT 1", "--known-at", "2020-01-01"])
    );
}
