//! Reviewing a long plan: what changes first, bad values once, every row as CSV, and decisions on many rows at once.

use crate::env::{Env, bytes};

const LIST: &str = "No,Name,Where,Type,Stage,Since\n\
    1,Made-up dam,Kenya,EPC,Done,2019-05-02\n\
    2,Made-up road,Kenya,EPC,Done,2019-05-03\n\
    3,Made-up port,Atlantis,PPP,Dropped,2019-05-04\n\
    4,Made-up canal,Kenya,EPC,Dropped,2019-05-05\n\
    5,Made-up bridge,Kenya,,Signed,2019-05-06\n";

const MAPPING: &str = "[key]\nscheme = \"X-TEST\"\ncolumns = [\"No\"]\n\
    [fields]\ntitle_en = \"Name\"\nhosts = \"Where\"\nmode = \"Type\"\n\
    [[events]]\nstatus = { column = \"Stage\", values = { \"Done\" = \"completed\" } }\non = \"Since\"\n";

fn items(env: &Env, plan: &str) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(env.path(plan)).expect("the plan");
    let lines = text.lines();
    let lines = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    lines.filter(|line| line["line"] == "project").collect()
}

fn decisions(env: &Env, plan: &str) -> String {
    let items = items(env, plan);
    let words = items
        .iter()
        .map(|item| item["decision"].as_str().expect("a word"));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn bad_values_are_shown_once_with_lines_that_complete_the_mapping() {
    let env = Env::seeded();
    env.write("list.csv", LIST);
    env.write("map.toml", MAPPING);
    for language in ["en", "zh", "ja"] {
        let said = env.tpmc(&[
            "--lang", language, "import", "plan", "list.csv", "--map", "map.toml",
        ]);
        insta::assert_snapshot!(format!("review_{language}"), said.succeeds());
    }
    // The lines can be pasted as they are.
    let mapping = MAPPING
        .replace(
            "mode = \"Type\"",
            "mode = { column = \"Type\", values = {\n  \"EPC\" = \"\",  # 3: 2-3, 5\n  \"PPP\" = \"\",  # 1: 4\n} }",
        )
        .replace(
            "hosts = \"Where\"",
            "hosts = { column = \"Where\", values = {\n  \"Atlantis\" = \"\",  # 1: 4\n} }",
        )
        .replace(
            "\"Done\" = \"completed\"",
            "\"Done\" = \"completed\",\n\"Dropped\" = \"cancelled\",  # 2: 4-5\n",
        );
    env.write("map.toml", mapping);
    let said = env.tpmc(&["import", "plan", "list.csv", "--map", "map.toml"]);
    let said = said.succeeds();
    assert!(!said.contains("What is wrong"), "{said}");
}

#[test]
fn changes_are_counted_by_field_and_by_transition_of_status() {
    let env = Env::seeded();
    env.write(
        "sheet.csv",
        "code,title_en,hosts,title_zh,status,status_on\n\
         P-0012,,OM,甲,completed,2026-09\nP-0020,,,乙,,\nP-0002,,,,implementing,2020-01-01\n\
         ,Made-up harbour,KE,,signed,2026-10-01\n",
    );
    let said = env.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"]);
    let said = said.succeeds();
    insta::assert_snapshot!("review_changes", said);
    assert_eq!(said, env.tpmc(&["import", "show", "plan.json"]).succeeds());
    let report = env
        .tpmc(&["import", "show", "plan.json", "--format", "json"])
        .json();
    assert_eq!(report["backward"], 1);
    assert_eq!(report["transitions"][0]["to"], "completed");
}

#[test]
fn as_csv_a_plan_has_every_row() {
    let env = Env::seeded();
    let mut sheet = "title_en,hosts\n".to_owned();
    for number in 0..150 {
        sheet += &format!(
            "Made-up harbour {number},{}\n",
            if number % 2 == 0 { "KE" } else { "XX" }
        );
    }
    env.write("sheet.csv", sheet);
    let rows = |csv: &str| {
        let mut table = csv::Reader::from_reader(csv.as_bytes());
        let rows = table.records().map(|row| row.expect("a row")[1].to_owned());
        rows.collect::<std::collections::BTreeSet<_>>()
    };
    let piped = env
        .tpmc(&["import", "plan", "sheet.csv", "--format", "csv"])
        .succeeds();
    assert_eq!(rows(&piped).len(), 150);
    let beside = env.tpmc(&[
        "import",
        "plan",
        "sheet.csv",
        "-o",
        "plan.json",
        "--format",
        "csv",
    ]);
    assert_eq!(beside.succeeds(), piped);
    let again = env.tpmc(&["import", "show", "plan.json", "--format", "csv"]);
    assert_eq!(again.succeeds(), piped);
}

#[test]
fn many_rows_are_decided_on_at_once() {
    let env = Env::seeded();
    let mut sheet = "title_en,hosts\nAl Ghat wind farm (600 MW),OM\n".to_owned();
    for number in 0..4 {
        sheet += &format!("Made-up harbour {number},KE\n");
    }
    sheet += "Made-up harbour 9,XX\n";
    env.write("sheet.csv", sheet);
    env.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"])
        .succeeds();
    let decide = |words: &[&str]| {
        let command = ["import", "decide", "plan.json"];
        env.tpmc(&command.iter().chain(words).copied().collect::<Vec<_>>())
    };
    assert_eq!(
        decisions(&env, "plan.json"),
        "open accept accept accept accept reject"
    );
    decide(&["3-4,6", "reject", "--reason", "not ours"]).succeeds();
    assert_eq!(
        decisions(&env, "plan.json"),
        "open reject reject accept reject reject"
    );
    assert_eq!(items(&env, "plan.json")[1]["reason"], "not ours");
    decide(&["--where", "decision=reject", "--all", "add", "open"]).succeeds();
    assert_eq!(
        decisions(&env, "plan.json"),
        "open open open accept open reject"
    );
    let before = bytes(&env.path("plan.json"));
    for refused in [
        &["--where", "score>=0.9", "same"][..],
        &["--finding", "same_title", "reject"],
        &["--finding", "no_such_finding", "reject"],
        &["--where", "points>3", "reject"],
        &["2-3,40", "reject"],
        &["7", "accept"],
        &["3", "same"],
        &["accept"],
    ] {
        let run = decide(refused);
        assert!(matches!(run.status, 1 | 2), "{refused:?}: {run}");
        assert_eq!(before, bytes(&env.path("plan.json")), "{refused:?}");
    }
    decide(&["--where", "score>=0.5", "same", "--dry-run"]).succeeds();
    assert_eq!(before, bytes(&env.path("plan.json")));
    decide(&["--where", "score>=0.5", "same"]).succeeds();
    assert_eq!(
        decisions(&env, "plan.json"),
        "same P-0012 open open accept open reject"
    );
    let run = decide(&["2-7", "accept"]);
    insta::assert_snapshot!("review_decided", run);
    let names = std::fs::read_dir(env.path("")).expect("the folder").count();
    assert_eq!(names, 3, "nothing is left beside the files");
}

#[test]
fn a_row_that_was_found_for_sure_can_be_a_new_project() {
    let env = Env::seeded();
    let mapping = "[key]\nscheme = \"X-TEST\"\ncolumns = [\"No\"]\n[fields]\ntitle_en = \"Name\"\nhosts = \"Where\"\n";
    env.write("map.toml", mapping);
    let plan = |list: &str| {
        env.write("list.csv", format!("No,Name,Where\n{list}\n"));
        env.tpmc(&[
            "import",
            "plan",
            "list.csv",
            "--map",
            "map.toml",
            "-o",
            "plan.json",
        ])
        .succeeds();
    };
    let apply = || env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    plan("1,Made-up dam,Kenya");
    apply();
    let second = "1,Made-up railway,Oman";
    plan(second);
    let decide = |words: &[&str]| {
        let command = ["--lang", "zh", "import", "decide", "plan.json"];
        env.tpmc(&[&command, words].concat())
    };
    let said = decide(&["2", "new"]);
    assert!(said.stderr.contains("已作出决定“new”：项目 1 个"), "{said}");
    let item = &items(&env, "plan.json")[0];
    assert_eq!(
        (&item["action"], &item["decision"]),
        (&"add".into(), &"new".into())
    );
    assert_eq!(item["findings"][0]["what"], "identifier_moves");
    // The project that was found can still be named.
    decide(&["2", "same"]).succeeds();
    assert_eq!(items(&env, "plan.json")[0]["action"], "change");
    decide(&["2", "new"]).succeeds();
    apply();
    let query = "SELECT p.title || ' ' || ifnull(i.identifier, '-') AS found FROM v_project p LEFT JOIN project_identifier i \
        ON i.project = p.code AND i.scheme = 'X-TEST' WHERE p.title LIKE 'Made-up%' ORDER BY p.code";
    let found = env.tpmc(&["sql", "--format", "csv", query]).succeeds();
    assert_eq!(found, "found\nMade-up dam -\nMade-up railway 1\n");
    plan(second);
    assert_eq!(items(&env, "plan.json")[0]["action"], "same");
    env.tpmc(&["verify"]).succeeds();
}

#[test]
fn an_accepted_status_without_a_date_is_not_asked_about_again() {
    let env = Env::seeded();
    env.write(
        "sheet.csv",
        "code,title_en,hosts,status\nP-0012,,,suspended\n,Made-up dam,KE,signed\n",
    );
    let plan = || {
        env.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"])
            .succeeds();
        decisions(&env, "plan.json")
    };
    assert_eq!(plan(), "open open");
    env.tpmc(&["import", "decide", "plan.json", "2-3", "accept"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    let shown = env.tpmc(&["project", "show", "P-0012"]).succeeds();
    assert!(
        shown.contains("Status without a date: Suspended"),
        "{shown}"
    );
    assert_eq!(plan(), "accept accept");
    let actions = items(&env, "plan.json");
    assert!(
        actions.iter().all(|item| item["action"] == "same"),
        "{actions:?}"
    );
}
