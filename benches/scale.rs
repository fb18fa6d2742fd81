//! What must stay flat: summaries, lists, searches and single records at ten thousand and at a million projects, beside DuckDB and
//! the `sqlite3` shell where they answer the same question; and taking in as many records, beside `sqlite-utils`.
//!
//! `TPMC_BENCH_PROJECTS` says how many the larger registry has. `TPMC_BENCH_PYTHON` names a Python that has `duckdb` and
//! `sqlite_utils`; without it those two are left out.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops with a message"
)]
#![allow(dead_code, reason = "each benchmark uses a part of what they share")]

mod compare;
mod grown;

use std::path::Path;
use std::process::{Command, Stdio};

use compare::{Contestant, compare, seeded, tpmc};

/// What `summary` tells, in SQL.
const QUERY: &str = "SELECT forum, mode, country, status, count(*), sum(identified) FROM project
    LEFT JOIN project_host ON project_host.project = project.code GROUP BY 1, 2, 3, 4";

fn main() {
    let asked = std::env::var("TPMC_BENCH_PROJECTS").ok();
    let projects = asked
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000);
    let (_seeded_folder, seeded) = seeded();
    let (_small_folder, small) = grown::registry(10_000);
    let (large_folder, large) = grown::registry(projects);
    let python = std::env::var("TPMC_BENCH_PYTHON").ok();

    summaries(&seeded, &large, large_folder.path(), python.as_deref());
    for arguments in QUESTIONS {
        let contestants = [
            contestant("the larger registry", &large, arguments),
            contestant("10,000 projects", &small, arguments),
        ];
        compare(&format!("tpmc {}", arguments.join(" ")), 7, &contestants);
    }
    taking_in(&small, large_folder.path(), python.as_deref());
}

const QUESTIONS: [&[&str]; 14] = [
    &["project", "show", "P-1004321"],
    &["search", "1004321"],
    &["project", "list", "--limit", "50"],
    &["project", "list", "--limit", "50", "--mode", "engineering"],
    &["project", "list", "--limit", "50", "--country", "TH,VN"],
    &["project", "list", "--limit", "50", "--status", "completed"],
    &["project", "list", "--limit", "50", "--sector", "energy"],
    &["project", "list", "--limit", "50", "--side", "japanese"],
    &["project", "list", "--limit", "50", "--forum", "F1"],
    &["project", "list", "--limit", "50", "--party", "marubeni"],
    &["project", "list", "--limit", "50", "--year", "2015"],
    &["project", "list", "--limit", "50", "--identified", "false"],
    &[
        "project", "list", "--limit", "50", "--status", "signed", "--as-of", "2016",
    ],
    &[
        "project",
        "list",
        "--limit",
        "50",
        "--mode",
        "not_stated",
        "--year",
        "2012",
    ],
];

fn contestant(
    name: &'static str,
    registry: &Path,
    arguments: &'static [&'static str],
) -> Contestant {
    Contestant {
        name,
        command: tpmc(registry, arguments),
    }
}

fn summaries(seeded: &Path, large: &Path, folder: &Path, python: Option<&str>) {
    let mut contestants = vec![
        contestant("summary, the larger registry", large, &["summary"]),
        contestant("summary, the shipped records", seeded, &["summary"]),
        contestant(
            "the larger one on a past day",
            large,
            &["summary", "--as-of", "2016-06-30"],
        ),
    ];
    if let Some(python) = python {
        let base = folder.join("base.duckdb");
        let tables = ["project", "project_host"].map(|table| {
            let file = folder.join(format!("{table}.csv"));
            let query = format!("SELECT * FROM {table}");
            let run = Command::new("sqlite3")
                .args(["-readonly", "-csv", "-header"])
                .arg(large)
                .arg(query)
                .stdout(std::fs::File::create(&file).expect("a file"))
                .status();
            assert!(run.expect("sqlite3 runs").success());
            format!("con.execute(\"CREATE TABLE {table} AS SELECT * FROM read_csv('{}', sample_size=-1)\")", file.display())
        });
        let load = format!(
            "import duckdb; con = duckdb.connect('{}'); {}",
            base.display(),
            tables.join("; ")
        );
        assert!(
            Command::new(python)
                .args(["-c", &load])
                .status()
                .expect("Python runs")
                .success()
        );
        let ask = format!(
            "import duckdb; con = duckdb.connect('{}', read_only=True); con.execute('''{QUERY}''').fetchall()",
            base.display()
        );
        let python = python.to_owned();
        contestants.push(Contestant {
            name: "DuckDB, its own file",
            command: Box::new(move || {
                let mut command = Command::new(&python);
                command.args(["-c", &ask]);
                command
            }),
        });
    }
    let file = large.to_owned();
    contestants.push(Contestant {
        name: "sqlite3, one GROUP BY",
        command: Box::new(move || {
            let mut command = Command::new("sqlite3");
            command.arg("-readonly").arg(&file).arg(QUERY);
            command
        }),
    });
    compare("summary", 5, &contestants);
}

/// Takes 10,000 projects into a new registry.
fn taking_in(small: &Path, folder: &Path, python: Option<&str>) {
    let export = |format: &str, file: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tpmc"));
        command.args(["export", format, "--quiet", "-o"]).arg(file);
        let done = command.arg("--registry").arg(small).status();
        assert!(done.expect("the program runs").success());
    };
    let (records, sheet) = (folder.join("records.ndjson"), folder.join("projects.csv"));
    export("ndjson", &records);
    export("csv", &sheet);
    let target = folder.join("taken-in.db");
    let mut contestants = vec![Contestant {
        name: "tpmc import records",
        command: Box::new(move || {
            let _ = std::fs::remove_file(&target);
            let mut command = Command::new(env!("CARGO_BIN_EXE_tpmc"));
            command.args(["import", "records", "--quiet"]).arg(&records);
            command.arg("--registry").arg(&target);
            command.stderr(Stdio::null());
            command
        }),
    }];
    if let Some(python) = python {
        let (python, target) = (python.to_owned(), folder.join("utils.db"));
        contestants.push(Contestant {
            name: "sqlite-utils insert --csv",
            command: Box::new(move || {
                let _ = std::fs::remove_file(&target);
                let mut command = Command::new(&python);
                command.args(["-m", "sqlite_utils", "insert"]).arg(&target);
                command.arg("project").arg(&sheet).arg("--csv");
                command.stderr(Stdio::null());
                command
            }),
        });
    }
    compare("taking in 10,000 projects", 5, &contestants);
}
