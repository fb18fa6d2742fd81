//! Plans of imports: read, decided on, carried out, and taken back.

use crate::env::{Env, Run};

const HEADINGS: &str =
    "code,forum,list_number,title_en,title_ja,mode,hosts,parties,status,status_on";

fn sheet(env: &Env, rows: &[&str]) -> String {
    let mut text = HEADINGS.to_owned();
    for row in rows {
        text.push('\n');
        text.push_str(row);
    }
    text.push('\n');
    env.write("sheet.csv", text);
    "sheet.csv".to_owned()
}

fn plan(env: &Env, rows: &[&str]) -> Run {
    let file = sheet(env, rows);
    env.tpmc(&["import", "plan", &file, "-o", "plan.json"])
}

/// The lines of the plan that are about projects.
fn projects(env: &Env) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    lines
        .filter(|line: &serde_json::Value| line["line"] == "project")
        .collect()
}

const ROWS: [&str; 7] = [
    ",,,Harbour of Testville,,investment,KE,Marubeni [JP] (sponsor);Testville Port Trust [KE] (owner),committed,2026-10-30",
    "P-0012,,,,,,,,completed,2026-09",
    ",F1,48,,インフラ技術協力,,,,,",
    ",,,Al Ghat wind farm (600 MW),,,OM,,,",
    "P-0002,,,,,,,,implementing,2020-01-01",
    "P-0003,,,,,,,,,",
    ",,,Harbour of Elsewhere,,no mode,KE,,,",
];

#[test]
fn a_plan_tells_what_would_happen_and_its_rows_add_up() {
    let env = Env::seeded();
    let before = crate::env::bytes(&env.path("registry.db"));
    insta::assert_snapshot!("plan_text", plan(&env, &ROWS));
    let actions: Vec<String> = projects(&env)
        .iter()
        .map(|item| {
            format!(
                "{} {}",
                item["rows"],
                item["action"].as_str().expect("a word")
            )
        })
        .collect();
    insta::assert_snapshot!("plan_actions", actions.join("\n"));
    assert_eq!(before, crate::env::bytes(&env.path("registry.db")));
}

#[test]
fn a_plan_is_carried_out_as_one_batch_and_taken_back_whole() {
    let env = Env::seeded();
    let before = env.tpmc(&["export", "ndjson"]).succeeds();
    plan(&env, &ROWS).succeeds();
    let applied = env.tpmc(&["import", "apply", "plan.json", "--rejects", "rejects.csv"]);
    insta::assert_snapshot!("plan_applied", applied);
    let rejects = std::fs::read_to_string(env.path("rejects.csv")).expect("the rejects");
    insta::assert_snapshot!("plan_rejects", rejects);
    env.tpmc(&["verify"]).succeeds();
    // The same file again changes nothing.
    plan(&env, &ROWS).succeeds();
    let after = env.tpmc(&["export", "ndjson"]).succeeds();
    let log = env.tpmc(&["log", "--format", "csv"]).succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(after, env.tpmc(&["export", "ndjson"]).succeeds());
    assert_eq!(log, env.tpmc(&["log", "--format", "csv"]).succeeds());
    env.tpmc(&["undo"]).succeeds();
    assert_eq!(before, env.tpmc(&["export", "ndjson"]).succeeds());
    let names: Vec<_> = std::fs::read_dir(env.path(""))
        .expect("the folder")
        .collect();
    assert_eq!(
        names.len(),
        4,
        "nothing is left beside the files: {names:?}"
    );
}

#[test]
fn a_refusal_is_remembered_until_the_source_changes() {
    let env = Env::seeded();
    plan(&env, &ROWS).succeeds();
    env.tpmc(&[
        "import",
        "decide",
        "plan.json",
        "2",
        "reject",
        "--reason",
        "not theirs",
    ])
    .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    plan(&env, &ROWS).succeeds();
    assert_eq!(projects(&env)[0]["action"], "refused_before");
    let changed = ROWS[0].replace("2026-10-30", "2026-10-31");
    plan(&env, &[&changed]).succeeds();
    assert_eq!(projects(&env)[0]["action"], "add");
}

#[test]
fn a_step_back_is_applied_only_when_the_plan_says_so() {
    let env = Env::seeded();
    let status = || {
        env.tpmc(&["project", "show", "P-0002", "--format", "json"])
            .json()["status"]
            .clone()
    };
    plan(&env, &ROWS[4..5]).succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(status(), "completed");
    env.tpmc(&["import", "decide", "plan.json", "2", "accept", "--backward"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(status(), "implementing");
}

#[test]
fn a_project_and_a_party_can_be_named_by_a_reviewer() {
    let env = Env::seeded();
    let bank = ROWS[0].replace("Testville Port Trust [KE]", "Testville Harbour Bank [JP]");
    plan(&env, &[ROWS[3], &bank]).succeeds();
    env.tpmc(&[
        "import",
        "decide",
        "plan.json",
        "2",
        "same",
        "--as",
        "P-0012",
    ])
    .succeeds();
    env.tpmc(&[
        "import",
        "decide",
        "plan.json",
        "+p1",
        "same",
        "--as",
        "jbic",
    ])
    .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    let hosts = env
        .tpmc(&["project", "show", "P-0012", "--format", "json"])
        .json();
    assert_eq!(hosts["hosts"], serde_json::json!(["SA", "OM"]));
    // The name is known from now on.
    plan(&env, &[ROWS[3], &bank]).succeeds();
    let text = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    assert!(!text.contains("\"line\":\"party\""), "{text}");
}

#[test]
fn a_registry_that_moved_under_the_plan_is_left_alone() {
    let env = Env::seeded();
    plan(&env, &ROWS).succeeds();
    // What the plan does not touch does not matter.
    env.tpmc(&[
        "project",
        "set",
        "P-0020",
        "--sector",
        "energy",
        "--host-note",
        "a note",
    ])
    .succeeds();
    env.tpmc(&["import", "apply", "plan.json", "--dry-run"])
        .succeeds();
    env.tpmc(&["project", "set", "P-0012", "--host-note", "a note"])
        .succeeds();
    let before = env.tpmc(&["export", "ndjson"]).succeeds();
    insta::assert_snapshot!(
        "plan_overtaken",
        env.tpmc(&["import", "apply", "plan.json"])
    );
    assert_eq!(before, env.tpmc(&["export", "ndjson"]).succeeds());
}

#[test]
fn a_plan_that_is_cut_off_or_of_another_registry_is_refused() {
    let env = Env::seeded();
    plan(&env, &ROWS).succeeds();
    let text = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    let cut = text.lines().take(4).collect::<Vec<_>>().join("\n");
    env.write("cut.json", cut + "\n");
    insta::assert_snapshot!("plan_cut", env.tpmc(&["import", "apply", "cut.json"]));
    insta::assert_snapshot!("plan_none", env.tpmc(&["import", "apply", "sheet.csv"]));
    env.tpmc(&["init", "--registry", "other.db"]).succeeds();
    let other = env.tpmc(&["import", "apply", "plan.json", "--registry", "other.db"]);
    let said = other.fails_with(1);
    assert!(
        said.contains("the plan was made for another registry"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_is_shown_once_with_its_rows() {
    let env = Env::seeded();
    let rows: Vec<String> = (0..70)
        .map(|number| format!(",,,Made-up harbour {number},,N/A,Atlantis {number},,,"))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    for language in ["en", "zh", "ja"] {
        let file = sheet(&env, &rows);
        let said = env.tpmc(&["--lang", language, "import", "plan", &file]);
        let said = said.succeeds();
        let end = said.lines().rev().take(24).collect::<Vec<_>>();
        let end: Vec<&str> = end.into_iter().rev().collect();
        insta::assert_snapshot!(format!("plan_findings_{language}"), end.join("\n"));
    }
}

#[test]
fn mappings_are_kept_under_a_name() {
    let env = Env::seeded();
    env.write(
        "ministry.toml",
        "about = \"a table made up for this test\"\n[key]\nscheme = \"X-TEST\"\ncolumns = [\"No\"]\n[fields]\ntitle_en = \"Name\"\nhosts = \"Where\"\n",
    );
    env.write(
        "list.csv",
        "No,Name,Where\n7,Made-up dam,Kenya\n8,Made-up road,Nowhere\n",
    );
    let planned = [
        "import",
        "plan",
        "list.csv",
        "--map",
        "ministry",
        "-o",
        "plan.json",
    ];
    insta::assert_snapshot!("plan_no_mapping", env.tpmc(&planned));
    env.tpmc(&["import", "mapping", "add", "ministry", "ministry.toml"])
        .succeeds();
    insta::assert_snapshot!("plan_mappings", env.tpmc(&["import", "mapping", "list"]));
    insta::assert_snapshot!("plan_mapped", env.tpmc(&planned));
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    // The second time it is found by its identifier.
    env.tpmc(&planned).succeeds();
    let items = projects(&env);
    assert_eq!(items[0]["matched_by"], "identifier");
    assert_eq!(items[0]["action"], "same");
    assert_eq!(items[1]["action"], "reject");
    env.tpmc(&["import", "mapping", "remove", "ministry"])
        .succeeds();
    env.tpmc(&["import", "mapping", "show", "ministry"])
        .fails_with(1);
}

/// The official list as it might arrive: numbers from 1 to 52. A known agreement comes with its number where that is known, else
/// with its title in capitals, or with its parties and a title in another script. Everything else is made up and says so.
fn complete_list(env: &Env) -> Vec<String> {
    let sheet = env.tpmc(&["export", "csv", "--forum", "F1"]).succeeds();
    let mut sheet = csv::Reader::from_reader(sheet.as_bytes());
    let headings = sheet.headers().expect("headings").clone();
    let agreements: Vec<Vec<String>> = sheet
        .records()
        .map(|row| {
            let row = row.expect("a row");
            let cell = |name: &str| {
                let place = headings.iter().position(|heading| heading == name);
                row[place.expect(name)].trim_start_matches('\'').to_owned()
            };
            [
                "list_number",
                "identified",
                "title_en",
                "parties",
                "title_zh",
                "title_ja",
                "title_original",
            ]
            .map(cell)
            .to_vec()
        })
        .collect();
    let taken: Vec<i64> = agreements
        .iter()
        .filter_map(|row| row[0].parse().ok())
        .collect();
    let mut free = (1..=52).filter(|number| !taken.contains(number));
    let once = |parties: &String| agreements.iter().filter(|row| row[3] == *parties).count() == 1;
    let mut rows = Vec::new();
    for row in agreements.iter().filter(|row| row[1] == "true") {
        let (en, ja, number) = match row[0].parse() {
            Ok(number) => (
                format!("Made-up wording of number {number}"),
                String::new(),
                number,
            ),
            Err(_) => {
                let number = free.next().expect("a number");
                let in_english_only = row[4..].iter().all(String::is_empty);
                if in_english_only && once(&row[3]) && row[3].contains(';') {
                    (String::new(), format!("架空題名{number}"), number)
                } else {
                    (row[2].to_uppercase(), String::new(), number)
                }
            }
        };
        rows.push((number, en, ja, row[3].clone()));
    }
    for number in free {
        rows.push((
            number,
            format!("Made-up agreement {number} on testing lists"),
            String::new(),
            format!("Made-up Chinese party {number} [CN] (signatory);Made-up Japanese party {number} [JP] (signatory)"),
        ));
    }
    rows.sort();
    let quoted = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
    rows.into_iter()
        .map(|(number, en, ja, parties)| {
            format!(",F1,{number},{},{ja},,,{},,", quoted(en), quoted(parties))
        })
        .collect()
}

#[test]
fn the_complete_list_of_the_52_arrives() {
    let env = Env::seeded();
    let before = env.tpmc(&["export", "ndjson"]).succeeds();
    let rows = complete_list(&env);
    assert_eq!(rows.len(), 52);
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    plan(&env, &rows).succeeds();
    let items = projects(&env);
    let by = |word: &str| {
        items
            .iter()
            .filter(|item| item["matched_by"] == word)
            .count()
    };
    assert_eq!(by("list_number"), 6);
    let unsure: Vec<_> = items.iter().filter(|item| item["code"].is_null()).collect();
    assert!(unsure.is_empty(), "{unsure:#?}");
    assert_eq!(by("title") + by("parties"), 22, "the others that are known");
    assert_eq!(by("free_slot"), 24);
    let codes: std::collections::BTreeSet<&str> = items
        .iter()
        .filter_map(|item| item["code"].as_str())
        .collect();
    assert_eq!(codes.len(), 52, "each agreement once");
    env.tpmc(&[
        "import",
        "apply",
        "plan.json",
        "--reason",
        "the official list",
    ])
    .succeeds();
    let list = env
        .tpmc(&["project", "list", "--forum", "F1", "--format", "json"])
        .json();
    let list = list.as_array().expect("an array");
    assert_eq!(list.len(), 52, "nothing is doubled");
    let mut numbers: Vec<i64> = list
        .iter()
        .filter_map(|item| item["list_number"].as_i64())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=52).collect::<Vec<_>>());
    assert!(list.iter().all(|item| item["identified"] == true));
    let log = env.tpmc(&["log", "--format", "json"]).json();
    assert_eq!(log.as_array().expect("batches").len(), 2, "one batch");
    // One row more than there are agreements is not taken.
    let mut more = rows.clone();
    more.push(",F1,,Made-up agreement too many,,,,Made-up party too many [CN] (signatory),,");
    plan(&env, &more).succeeds();
    let last = projects(&env).pop().expect("an item");
    assert_eq!(last["action"], "reject", "{last}");
    env.tpmc(&["undo"]).succeeds();
    assert_eq!(before, env.tpmc(&["export", "ndjson"]).succeeds());
    env.tpmc(&["verify"]).succeeds();
}
