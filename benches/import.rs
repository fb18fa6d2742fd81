//! `tpmc import plan` and `tpmc import apply` of a made-up project sheet, beside two programs that load the same file into a table
//! and check nothing: `sqlite-utils insert --csv` and `.import` of the `sqlite3` shell.
//!
//! `TPMC_BENCH_PROJECTS` says how many rows the sheet has (10000 unless it is set). `TPMC_BENCH_PYTHON` names a Python that has
//! `sqlite_utils`, as `python3 -m venv` and `pip install sqlite-utils` make one; without it that one is left out. Processor time
//! and memory are measured by GNU time, `/usr/bin/time`, which must be there.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    dead_code,
    reason = "a benchmark prints, and stops with a message; it shares helpers with others"
)]

mod compare;
mod sheet;

use std::path::Path;
use std::process::{Command, Stdio};

use compare::{seeded, tpmc};

/// Whole turns of everything; the median counts.
const TURNS: usize = 3;

/// What a run took.
#[derive(Debug, Clone, Copy, Default)]
struct Took {
    /// Seconds on the clock.
    elapsed: f64,
    /// Seconds of the processor, in the program and for it.
    processor: f64,
    /// Most memory, in megabytes.
    memory: f64,
}

impl Took {
    /// Both, one after the other.
    fn and(self, other: Self) -> Self {
        Self {
            elapsed: self.elapsed + other.elapsed,
            processor: self.processor + other.processor,
            memory: self.memory.max(other.memory),
        }
    }
}

fn main() {
    let rows = std::env::var("TPMC_BENCH_PROJECTS").ok();
    let rows: usize = rows.and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let python = std::env::var("TPMC_BENCH_PYTHON").ok();
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("projects.csv");
    sheet::write(&csv, rows).expect("the sheet");
    let (mut plans, mut applies, mut utils, mut shells) = (vec![], vec![], vec![], vec![]);
    for _ in 0..TURNS {
        let (plan, apply) = import(&csv, folder.path());
        plans.push(plan);
        applies.push(apply);
        if let Some(python) = &python {
            utils.push(sqlite_utils(python, &csv, folder.path()));
        }
        shells.push(shell(&csv, folder.path()));
    }
    let (plan, apply, shell) = (median(&plans), median(&applies), median(&shells));
    let both = plan.and(apply);
    println!("a project sheet of {rows} rows: medians of {TURNS} turns");
    println!(
        "{:<30} {:>10} {:>12} {:>10}",
        "", "clock, s", "processor, s", "most MB"
    );
    show("tpmc import plan", plan);
    show("tpmc import apply", apply);
    show("both", both);
    show("sqlite3 .import", shell);
    if python.is_some() {
        let utils = median(&utils);
        show("sqlite-utils insert --csv", utils);
        ratio("sqlite-utils insert --csv", both, utils, 0.6);
    } else {
        println!("sqlite-utils is left out: TPMC_BENCH_PYTHON names no Python that has it");
    }
    ratio("sqlite3 .import", both, shell, 10.0);
}

fn show(name: &str, took: Took) {
    println!(
        "{name:<30} {:>10.2} {:>12.2} {:>10.0}",
        took.elapsed, took.processor, took.memory
    );
}

fn ratio(name: &str, both: Took, other: Took, wanted: f64) {
    // GNU time counts hundredths of a second.
    if other.processor < 0.05 {
        println!("{name} is too short to compare with: take more rows");
        return;
    }
    println!(
        "plan and apply to {name}: {:.2} on the clock, {:.2} of the processor; at most {wanted} is wanted",
        both.elapsed / other.elapsed,
        both.processor / other.processor
    );
}

/// Plans and applies into a registry of the shipped records.
fn import(csv: &Path, folder: &Path) -> (Took, Took) {
    let (_registry_folder, registry) = seeded();
    let plan = folder.join("plan.json");
    let mut planning = tpmc(&registry, &["import", "plan"])();
    planning.arg(csv).arg("-o").arg(&plan);
    let planned = measure(planning, folder);
    let mut applying = tpmc(&registry, &["import", "apply"])();
    applying.arg(&plan);
    (planned, measure(applying, folder))
}

fn sqlite_utils(python: &str, csv: &Path, folder: &Path) -> Took {
    let target = folder.join("utils.db");
    let _ = std::fs::remove_file(&target);
    let mut command = Command::new(python);
    command.args(["-m", "sqlite_utils", "insert"]).arg(&target);
    command.arg("project").arg(csv).args(["--csv", "--silent"]);
    measure(command, folder)
}

fn shell(csv: &Path, folder: &Path) -> Took {
    let target = folder.join("shell.db");
    let _ = std::fs::remove_file(&target);
    let mut command = Command::new("sqlite3");
    command.arg(&target).args(["-cmd", ".mode csv"]);
    command.arg(format!(".import \"{}\" project", csv.display()));
    measure(command, folder)
}

/// Runs `command` under GNU time.
fn measure(command: Command, folder: &Path) -> Took {
    let said = folder.join("took");
    let mut timed = Command::new("/usr/bin/time");
    timed.args(["-f", "%e %U %S %M", "-o"]).arg(&said);
    timed.arg(command.get_program()).args(command.get_args());
    let run = timed
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(run.expect("GNU time").success(), "{command:?}");
    let said = std::fs::read_to_string(&said).expect("what it took");
    let numbers: Vec<f64> = said
        .split_whitespace()
        .map(|number| number.parse().expect("a number"))
        .collect();
    let [elapsed, user, system, kilobytes]: [f64; 4] =
        numbers.try_into().expect("what GNU time says");
    Took {
        elapsed,
        processor: user + system,
        memory: kilobytes / 1024.0,
    }
}

/// The run in the middle, by the time of the processor.
fn median(runs: &[Took]) -> Took {
    let mut runs = runs.to_vec();
    runs.sort_by(|one, other| one.processor.total_cmp(&other.processor));
    runs.get(runs.len() / 2).copied().unwrap_or_default()
}
