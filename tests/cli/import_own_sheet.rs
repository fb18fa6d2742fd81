//! Our own project sheet, exported and taken in again.

use crate::env::Env;

#[test]
fn a_sheet_that_was_exported_brings_removed_projects_back_byte_for_byte() {
    let env = Env::seeded();
    let before = env.tpmc(&["export", "ndjson"]).succeeds();
    env.tpmc(&["export", "csv", "-o", "all.csv"]).succeeds();
    for code in ["P-0012", "P-0020", "P-0056"] {
        env.tpmc(&["project", "remove", code]).succeeds();
    }
    env.tpmc(&["import", "plan", "all.csv", "-o", "plan.json"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(before, env.tpmc(&["export", "ndjson"]).succeeds());
    let sheet = std::fs::read_to_string(env.path("all.csv")).expect("the sheet");
    assert_eq!(sheet, env.tpmc(&["export", "csv"]).succeeds());
}

#[test]
fn a_sheet_that_was_exported_fills_an_empty_registry() {
    let env = Env::seeded();
    env.tpmc(&["export", "csv", "-o", "sheet.csv"]).succeeds();
    std::fs::remove_file(env.path("registry.db")).expect("removed");
    env.tpmc(&["init", "--empty"]).succeeds();
    env.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    env.tpmc(&["export", "csv", "-o", "again.csv"]).succeeds();
    let bytes = |name| crate::env::bytes(&env.path(name));
    assert!(bytes("sheet.csv") == bytes("again.csv"));
    env.tpmc(&["verify", "--every-word"]).succeeds();
}
