//! Lists in the shapes of the three real ones, made up, through the mappings that the program comes with.

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::env::Env;

fn mapping(name: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    format!("{root}/seeds/mappings/{name}.toml")
}

/// Plans `file`, and gives the lines of the plan that are about projects.
fn planned(env: &Env, file: &str, map: &str) -> Vec<serde_json::Value> {
    let map = mapping(map);
    env.tpmc(&["import", "plan", file, "--map", &map, "-o", "plan.json"])
        .succeeds();
    let text = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    lines
        .filter(|line: &serde_json::Value| line["line"] == "project")
        .collect()
}

fn actions(items: &[serde_json::Value]) -> Vec<&str> {
    let actions = items.iter().map(|item| item["action"].as_str());
    actions.map(|action| action.expect("a word")).collect()
}

/// Takes `file` in, once more to no effect, and back; answers what `sql` says in between.
fn taken(env: &Env, file: &str, map: &str, sql: &str) -> String {
    let before = env.tpmc(&["export", "ndjson"]).succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    let answer = env.tpmc(&["sql", "--format", "csv", sql]).succeeds();
    let after = env.tpmc(&["export", "ndjson"]).succeeds();
    let again = planned(env, file, map);
    let again = actions(&again);
    assert!(!again.contains(&"add"), "{again:?}");
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(after, env.tpmc(&["export", "ndjson"]).succeeds());
    env.tpmc(&["verify"]).succeeds();
    env.tpmc(&["undo"]).succeeds();
    assert_eq!(before, env.tpmc(&["export", "ndjson"]).succeeds());
    answer
}

#[test]
fn projects_as_they_were_collected() {
    let env = Env::seeded();
    let table = "id,name_en,name_original,partners,host_country,cooperation_mode,mode_basis,sector,status,status_date,value,currency,value_note,date_signed,date_started,date_completed,evidence_note,source_urls,confidence\n\
        T1,Made-up harbour,架空の港,\"Marubeni|JP|sponsor; Made-up Works / Made-up Power|CN|contractor; Made-up Bank|CN|financier (offered, not signed)\",KE;TZ,investment,researcher_coded,energy,under_implementation,2021,125.5,USD,as reported,2019-05-02,2020-03,,a note,https://example.org/a; https://example.org/b,medium\n\
        T2,Made-up road,,ITOCHU|JP|boss,NA,engineering,researcher_coded,energy,unknown,,,,,,,,,,low\n\
        T3,Al Ghat wind farm (600 MW),,,SA,,,,completed,2015-08-01,,,,,,,,,\n";
    env.write("list.csv", table);
    let items = planned(&env, "list.csv", "as-collected");
    assert_eq!(actions(&items), ["add", "reject", "possible"]);
    let findings: Vec<_> = items
        .iter()
        .flat_map(|item| item["findings"].as_array().into_iter().flatten())
        .map(|finding| finding["what"].as_str().expect("a word"))
        .collect();
    assert_eq!(
        findings,
        ["doubtful", "status_stands", "perhaps_namibia", "no_word"]
    );
    let answer = taken(
        &env,
        "list.csv",
        "as-collected",
        "SELECT p.status, p.hosts, count(*) AS parts, sum(v.prospective) AS offered FROM v_project p JOIN v_participation v ON v.project = p.code WHERE p.title LIKE 'Made-up harbour' GROUP BY 1, 2",
    );
    insta::assert_snapshot!(answer, @r#"
    status,hosts,parts,offered
    implementing,KE;TZ,2,1
    "#);
}

#[test]
fn a_list_of_a_bank_with_american_dates() {
    let env = Env::seeded();
    let table = "\u{feff}projectid,projectname,countryname,sector1,sector1a,projectmodality,approvalno,approvaldate\r\n\
        9001-013,Made-up flood protection,Viet Nam,Water,Urban,Loan,1 | 2,3/16/05\r\n\
        9002-013,Made-up rail,China,Transportation,Rail,Grant | Loan,3,11/25/99\r\n\
        9003-013,Made-up grid,Atlantis,Energy,Grid,Loan,4,13/25/99\r\n";
    env.write("list.csv", table);
    let items = planned(&env, "list.csv", "adb-sovereign");
    assert_eq!(actions(&items), ["add", "add", "reject"]);
    let answer = taken(
        &env,
        "list.csv",
        "adb-sovereign",
        "SELECT title, hosts, status, status_on FROM v_project WHERE title LIKE 'Made-up %' ORDER BY code",
    );
    insta::assert_snapshot!(answer, @r#"
    title,hosts,status,status_on
    Made-up flood protection,VN,committed,2005-03-16
    Made-up rail,CN,committed,1999-11-25
    "#);
}

/// The columns of the list of official finance of which its mapping speaks, and made-up rows; `~` stands for the blank that the list
/// writes for what is missing.
const OFFICIAL_FINANCE: &str = "\
project_id|recommended_for_research|umbrella|year|title|all_recipients|recipient_iso3|crs_sector_name|flow|status|start_actual|end_actual|amount|currency|usd_defl_2014|funding_agency|sources
1|true|0|2011| Made-up dam |Kenya|KEN|Energy Generation and Supply|Grant|Completion|40179|40910|1000.255|USD|1100.5|Made-up Ministry, of Works, Government Agency|https://example.org/a, Media Report
2|true|1|2012|Made-up road|Africa, regional|Africa, regional||Vague TBD|Pipeline: Pledge|~|~|5| D|~||example.org
3|false|0|2013|Made-up clinic|Zambia|ZMB|Health|Grant|Implementation|~|~|7|ZMK|3.25||
4|true|0|2013|Made-up clinic|Zambia|ZMB|Health|Grant|Suspended|41000|~|~|~|2.25||
";

fn official_finance(sheet: &mut Worksheet) {
    for (row, line) in (0..).zip(OFFICIAL_FINANCE.lines()) {
        for (column, cell) in (0..).zip(line.split('|')) {
            let written = match (cell.parse::<f64>(), cell) {
                (Ok(number), _) => sheet.write(row, column, number),
                (_, "true" | "false") => sheet.write(row, column, cell == "true"),
                (_, "~") => sheet.write(row, column, " "),
                _ => sheet.write(row, column, cell),
            };
            written.expect("a cell");
        }
    }
}

#[test]
fn a_workbook_of_official_finance_with_left_over_sheets() {
    let env = Env::seeded();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("ChineseOfficialFinance1.0").expect("a name");
    official_finance(sheet);
    book.add_worksheet()
        .write(0, 0, "left over")
        .expect("a cell");
    env.write("list.xlsx", book.save_to_buffer().expect("a workbook"));
    let items = planned(&env, "list.xlsx", "gcdf-1.0");
    assert_eq!(actions(&items), ["add"; 4], "same title and year stay two");
    let findings: Vec<_> = items
        .iter()
        .flat_map(|item| item["findings"].as_array().into_iter().flatten())
        .map(|finding| finding["what"].as_str().expect("a word"))
        .collect();
    assert_eq!(findings, ["no_country", "no_source", "no_currency"]);
    let answer = taken(
        &env,
        "list.xlsx",
        "gcdf-1.0",
        "SELECT p.title, p.hosts, p.status, p.status_on, a.currency, a.minor_units, f.umbrella, f.note FROM v_project p JOIN project f ON f.code = p.code LEFT JOIN amount a ON a.project = p.code WHERE p.title LIKE 'Made-up %' ORDER BY p.code",
    );
    insta::assert_snapshot!(answer, @r#"
    title,hosts,status,status_on,currency,minor_units,umbrella,note
    Made-up dam,KE,completed,2012-01-02,USD,100026,0,recommended_for_research: true; usd_defl_2014: 1100.5
    Made-up road,,signed,2017,,,1,recommended_for_research: true
    Made-up clinic,ZM,implementing,2017,ZMK,700,0,recommended_for_research: false; usd_defl_2014: 3.25
    Made-up clinic,ZM,suspended,2017,,,0,recommended_for_research: true; usd_defl_2014: 2.25
    "#);
}

#[test]
fn the_official_list_of_the_forum_fills_the_slots() {
    let env = Env::seeded();
    // The first row is F1-001 as it is known; the others are made up.
    let table = "番号,締結者,件名\n\
        1,みずほフィナンシャルグループ、国家開発銀行,業務協力協定(第三国市場における協力を含む)\n\
        7,架空商事、架空集団,架空の港湾に関する協力覚書\n\
        ,架空銀行,番号のない覚書\n";
    env.write("list.csv", table);
    let items = planned(&env, "list.csv", "meti-2018");
    let codes: Vec<_> = items.iter().map(|item| item["code"].as_str()).collect();
    assert_eq!(codes[..2], [Some("F1-001"), Some("F1-029")], "{items:#?}");
    let before = env
        .tpmc(&[
            "sql",
            "--format",
            "csv",
            "SELECT count(*) AS n FROM v_project WHERE forum = 'F1'",
        ])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    let sql = "SELECT code, list_number, identified, title_ja, status, status_on FROM v_project WHERE list_number IN (1, 7)";
    let answer = env.tpmc(&["sql", "--format", "csv", sql]).succeeds();
    insta::assert_snapshot!(answer, @r"
    code,list_number,identified,title_ja,status,status_on
    F1-001,1,1,業務協力協定(第三国市場における協力を含む),signed,2018-10-26
    F1-029,7,1,架空の港湾に関する協力覚書,signed,2018-10-26
    ");
    let after = env
        .tpmc(&[
            "sql",
            "--format",
            "csv",
            "SELECT count(*) AS n FROM v_project WHERE forum = 'F1'",
        ])
        .succeeds();
    assert_eq!(before, after, "no agreement is added to the 52");
    env.tpmc(&["verify"]).succeeds();
}
