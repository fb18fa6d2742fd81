//! Appending one batch, and verifying everything, with a short journal and with one of a million entries.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops with a message"
)]
#![allow(dead_code, reason = "each benchmark uses a part of what they share")]

mod compare;
mod grown;

use std::cell::Cell;
use std::path::Path;
use std::process::Command;

use compare::{Contestant, compare, seeded, tpmc};

/// A correction that differs every time, so that every run records a batch of one record.
fn correction(registry: &Path) -> Box<dyn Fn() -> Command> {
    let registry = registry.to_owned();
    let count = Cell::new(0);
    Box::new(move || {
        count.set(count.get() + 1);
        let note = format!("correction {}", count.get());
        let mut command = Command::new(env!("CARGO_BIN_EXE_tpmc"));
        command.args(["project", "set", "P-1000001", "--note", &note, "--registry"]);
        command.arg(&registry);
        command
    })
}

fn main() {
    let (_folder, registry) = seeded();
    let verify = Contestant {
        name: "tpmc verify",
        command: tpmc(&registry, &["verify", "--quiet"]),
    };
    let summary = Contestant {
        name: "tpmc summary",
        command: tpmc(&registry, &["summary"]),
    };
    compare("the shipped records", 20, &[verify, summary]);

    let (_short_folder, short) = grown::registry(95);
    let (_long_folder, long) = grown::registry(1_000_000);
    let appending = |name, registry| Contestant {
        name,
        command: correction(registry),
    };
    let contestants = [
        appending("a batch on 1,000,000 entries", &long),
        appending("a batch on 100 entries", &short),
    ];
    compare("appending", 30, &contestants);
    let verify = |name, registry| Contestant {
        name,
        command: tpmc(registry, &["verify", "--quiet"]),
    };
    let contestants = [
        verify("verify of 1,000,000 projects", &long),
        verify("verify of 95 projects", &short),
    ];
    compare("verifying", 1, &contestants);
}
