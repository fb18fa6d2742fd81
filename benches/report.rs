//! `tpmc report` in every format, on the shipped records and on a grown registry.
//!
//! usage: cargo bench --bench report [PROJECTS]     100000 unless another number is said

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark prints, and stops with a message"
)]

mod compare;
mod grown;

use std::path::Path;

use compare::{Contestant, compare, seeded, tpmc};

/// What a report of the whole registry is compared with: the figures of one of its sections.
fn contestants(registry: &Path) -> [Contestant; 4] {
    let run = |name, arguments| Contestant {
        name,
        command: tpmc(registry, arguments),
    };
    [
        run("report, HTML", &["report", "--format", "html"]),
        run("tpmc progress", &["progress"]),
        run("report, Markdown", &["report", "--format", "markdown"]),
        run(
            "report, XLSX",
            &["report", "--format", "xlsx", "-q", "-o", "/dev/null"],
        ),
    ]
}

fn main() {
    let projects = std::env::args().find_map(|argument| argument.parse().ok());
    let projects = projects.unwrap_or(100_000);
    let (_folder, registry) = seeded();
    compare("the shipped records", 20, &contestants(&registry));
    let (_grown, registry) = grown::registry(projects);
    compare(
        &format!("{projects} more projects"),
        3,
        &contestants(&registry),
    );
    let page = tpmc(&registry, &["report", "--format", "html"])()
        .output()
        .expect("the program runs");
    println!("  the page has {:.1} MB", page.stdout.len() as f64 / 1e6);
}
