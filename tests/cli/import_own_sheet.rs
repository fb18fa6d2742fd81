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
    let piped = env.tpmc(&["export", "csv"]).succeeds();
    assert_eq!(sheet, format!("\u{feff}{piped}"));
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

#[test]
fn an_amount_that_is_corrected_in_the_sheet_replaces_the_one_with_its_number() {
    let env = Env::seeded();
    let sheet = env.tpmc(&["export", "csv"]).succeeds();
    let mut table = csv::Reader::from_reader(sheet.as_bytes());
    let headings = table.headers().expect("headings").clone();
    let amounts = headings
        .iter()
        .position(|name| name == "amounts")
        .expect("amounts");
    let rows = table.records().map(|row| row.expect("a row"));
    let row = rows.into_iter().find(|row| row[amounts].starts_with('1'));
    let mut row: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
    let mut fields: Vec<&str> = row[amounts].split('|').collect();
    fields[4] = "123400";
    row[amounts] = fields.join("|");
    let mut out = csv::Writer::from_path(env.path("sheet.csv")).expect("a file");
    out.write_record(&headings).expect("written");
    out.write_record(&row).expect("written");
    out.flush().expect("written");
    let count = || {
        let query = format!(
            "SELECT count(*) || ' ' || max(number = 1 AND minor_units = 123400) AS found FROM v_amount WHERE project = '{}'",
            row[0]
        );
        env.tpmc(&["sql", "--format", "csv", &query]).succeeds()
    };
    let before = count();
    for _ in 0..2 {
        env.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"])
            .succeeds();
        env.tpmc(&["import", "apply", "plan.json"]).succeeds();
        assert_eq!(count(), before.replace(" 0", " 1"));
    }
}
