//! `tpmc summary` beside the `sqlite3` shell that runs the equivalent query on the same file.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops with a message"
)]

mod compare;

use std::process::Command;

use compare::{Contestant, compare, seeded, tpmc};

/// What `summary` tells, as one query: projects by group, mode, host and status.
const QUERY: &str = "SELECT p.forum, p.mode, h.country, p.status, count(*), group_concat(p.code)
    FROM project p LEFT JOIN project_host h ON h.project = p.code GROUP BY 1, 2, 3, 4";

fn main() {
    let (_folder, registry) = seeded();
    let file = registry.clone();
    let shell = move || {
        let mut command = Command::new("sqlite3");
        command.arg("-readonly").arg(&file).arg(QUERY);
        command
    };
    let contestants = [
        Contestant {
            name: "tpmc summary",
            command: tpmc(&registry, &["summary"]),
        },
        Contestant {
            name: "sqlite3, one GROUP BY",
            command: Box::new(shell),
        },
        Contestant {
            name: "tpmc project show",
            command: tpmc(&registry, &["project", "show", "P-0001"]),
        },
    ];
    compare("the shipped records", 20, &contestants);
}
