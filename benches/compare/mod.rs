//! Whole programs side by side: run in turn, so that both meet the same machine, and compared by their medians.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One of the programs that are compared.
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    pub(crate) command: Box<dyn Fn() -> Command>,
}

/// Runs the contestants in turn, `runs` times each, and prints the median of each and its ratio to the second one.
pub(crate) fn compare(title: &str, runs: usize, contestants: &[Contestant]) {
    let mut times: Vec<Vec<Duration>> = contestants.iter().map(|_| Vec::new()).collect();
    for _ in 0..=runs {
        for (contestant, times) in contestants.iter().zip(&mut times) {
            times.push(time((contestant.command)()));
        }
    }
    let medians: Vec<Duration> = times
        .iter_mut()
        .map(|times| median(&mut times.split_off(1)))
        .collect();
    println!("{title}: medians of {runs} runs each");
    for (contestant, median) in contestants.iter().zip(&medians) {
        let ratio = medians
            .get(1)
            .map_or(1.0, |base| median.as_secs_f64() / base.as_secs_f64());
        println!(
            "  {:<28} {:>9.2} ms   {ratio:.2}",
            contestant.name,
            median.as_secs_f64() * 1e3
        );
    }
}

/// The program under test, on a registry.
pub(crate) fn tpmc(
    registry: &Path,
    arguments: &'static [&'static str],
) -> Box<dyn Fn() -> Command> {
    let registry = registry.to_owned();
    Box::new(move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tpmc"));
        command.args(arguments).arg("--registry").arg(&registry);
        command
    })
}

/// A registry with the shipped records, in a folder that is removed with the returned guard.
pub(crate) fn seeded() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let registry = folder.path().join("registry.db");
    let made = tpmc(&registry, &["init", "--quiet"])()
        .status()
        .expect("the program runs");
    assert!(made.success());
    (folder, registry)
}

fn time(mut command: Command) -> Duration {
    let start = Instant::now();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("the program runs");
    let took = start.elapsed();
    assert!(status.success(), "{command:?}");
    took
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
