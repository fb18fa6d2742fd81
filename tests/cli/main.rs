//! The program as its users run it: what it prints, where, and with which status. One binary; one file per noun.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop with a message"
)]

mod backup;
mod bounds;
mod brief;
mod browser;
mod budget;
mod bundle;
mod bundle_altered;
mod changes;
mod check;
mod checkpoint;
mod clocks;
mod complete;
mod concurrency;
mod context;
mod country;
mod database;
mod desk_document;
mod desk_edit;
mod desk_forum;
mod desk_habits;
mod desk_parts;
mod desk_party;
mod desk_project;
mod desk_session;
mod desk_status;
mod env;
mod errors;
mod everyday;
mod export;
mod figures;
mod forged;
mod fuzz;
mod help;
mod import_again;
mod import_bad;
mod import_conserved;
mod import_edited;
mod import_large;
mod import_lists;
mod import_own_sheet;
mod import_parties;
mod import_plan;
mod import_review;
mod import_seen;
mod import_stated;
mod import_stopped;
mod intake;
mod journal;
mod killed;
mod pace;
mod party_match;
mod progress;
mod project;
mod rate;
mod readers;
mod readme;
mod rebuild;
mod reference;
mod report;
mod search;
mod second_release;
mod serve;
mod serve_list;
mod serve_office;
mod serve_tasks;
mod server;
mod server_desk;
mod server_roles;
mod session_auditor;
mod signers;
mod sql;
mod structure;
mod summary;
mod tamper;
mod trust;
mod user;
mod verify;
mod words;
mod zones;

/// Every file of this folder is a module of this binary.
#[test]
fn no_test_file_is_forgotten() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.extension().is_some_and(|extension| extension == "rs") && name != "main" {
            assert!(main.contains(&format!("mod {name};")), "{name} is not run");
        }
    }
}
