//! Parties taken in by plan: found by code, identifier or name, asked about where they resemble others, written as they are read.

use rust_xlsxwriter::Workbook;

use crate::env::{Env, bytes};

const SHEET: &str = "name_en,name_zh,name_ja,country,kind,side,other_names,identifiers,note\n\
    Made-up Harbour Works,,架空港湾工事,JP,company,,MHW;架空港湾,JP-JCN:9999999999990,\n\
    Marubeni Corporation,虚构丸红,,JP,company,,,,\n\
    Made-up Bank of Testville,,,Atlantis,bank,,,,\n\
    Made-up Ministry,,,KE,minister,,,,\n\
    ,,,KE,government,,,,\n\
    Made-up Harbour-Works,,,JP,company,,,,\n";

fn items(env: &Env) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    let lines = text.lines();
    let lines = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    lines
        .filter(|line| line["line"] == "party_record")
        .collect()
}

fn actions(env: &Env) -> String {
    let items = items(env);
    let words = items
        .iter()
        .map(|item| item["action"].as_str().expect("a word"));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn parties_are_planned_decided_on_applied_and_taken_back() {
    let env = Env::seeded();
    let before = env.tpmc(&["export", "ndjson"]).succeeds();
    env.write("parties.csv", SHEET);
    for language in ["en", "zh", "ja"] {
        let said = env.tpmc(&["--lang", language, "import", "plan", "parties.csv"]);
        insta::assert_snapshot!(format!("parties_{language}"), said.succeeds());
    }
    env.tpmc(&["import", "plan", "parties.csv", "-o", "plan.json"])
        .succeeds();
    assert_eq!(actions(&env), "add change add reject reject possible");
    assert_eq!(items(&env)[1]["code"], "marubeni");
    env.tpmc(&[
        "import",
        "decide",
        "plan.json",
        "7",
        "reject",
        "--reason",
        "the same firm",
    ])
    .succeeds();
    let applied = env.tpmc(&["import", "apply", "plan.json", "--rejects", "rejects.csv"]);
    insta::assert_snapshot!("parties_applied", applied);
    let rejects = std::fs::read_to_string(env.path("rejects.csv")).expect("the rejects");
    assert_eq!(rejects.lines().count(), 4, "{rejects}");
    let shown = env
        .tpmc(&["party", "match", "架空港湾", "--format", "json"])
        .json();
    assert_eq!(shown["candidates"][0]["name"], "Made-up Harbour Works");
    env.tpmc(&["verify"]).succeeds();
    // The same file again changes nothing.
    env.tpmc(&["import", "plan", "parties.csv", "-o", "plan.json"])
        .succeeds();
    assert_eq!(actions(&env), "same same same reject reject reject");
    let after = env.tpmc(&["export", "ndjson"]).succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(after, env.tpmc(&["export", "ndjson"]).succeeds());
    env.tpmc(&["undo"]).succeeds();
    assert_eq!(before, env.tpmc(&["export", "ndjson"]).succeeds());
}

#[test]
fn what_is_exported_is_read_back_unchanged() {
    let env = Env::seeded();
    for file in ["parties.csv", "parties.json", "parties.xlsx"] {
        env.tpmc(&["export", "parties", "-o", file]).succeeds();
        let said = env.tpmc(&["import", "plan", file, "-o", "plan.json"]);
        said.succeeds();
        let changed: Vec<_> = items(&env)
            .into_iter()
            .filter(|item| item["action"] != "same")
            .collect();
        assert!(changed.is_empty(), "{file}: {changed:#?}");
        assert!(items(&env).len() > 200);
    }
    let piped = env
        .tpmc(&["export", "parties", "--format", "json"])
        .succeeds();
    assert_eq!(piped.as_bytes(), bytes(&env.path("parties.json")));
    env.tpmc(&["export", "parties", "--format", "json", "-o", "named.csv"])
        .succeeds();
    assert_eq!(piped.as_bytes(), bytes(&env.path("named.csv")));
    // Into a registry without parties, and out again.
    let other = ["--registry", "other.db"];
    let run = |words: &[&str]| env.tpmc(&[words, &other[..]].concat()).succeeds();
    run(&["init", "--empty"]);
    run(&["import", "plan", "parties.csv", "-o", "plan.json"]);
    run(&["import", "apply", "plan.json"]);
    run(&["export", "parties", "-o", "again.csv"]);
    let sheet = |name: &str| std::fs::read_to_string(env.path(name)).expect("the sheet");
    assert_eq!(sheet("again.csv"), sheet("parties.csv"));
}

#[test]
fn contradictions_between_code_and_identifier_are_refused() {
    let env = Env::seeded();
    env.tpmc(&[
        "party",
        "set",
        "jbic",
        "--identifier",
        "JP-JCN:9999999999990",
    ])
    .succeeds();
    env.write(
        "parties.csv",
        "code,name_en,country,identifiers\n\
         marubeni,,,JP-JCN:9999999999990\n\
         ,Made-up name of the bank,JP,JP-JCN:9999999999990\n\
         nobody-yet,Made-up Trust,KE,\n\
         nobody-yet,Made-up Trust again,KE,\n",
    );
    env.tpmc(&["import", "plan", "parties.csv", "-o", "plan.json"])
        .succeeds();
    assert_eq!(actions(&env), "reject reject add reject");
    let what = |place: usize| items(&env)[place]["findings"][0]["what"].clone();
    assert_eq!(what(0), "party_identifier_elsewhere");
    assert_eq!(what(1), "party_repeated");
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    env.tpmc(&["party", "show", "nobody-yet"]).succeeds();
}

#[test]
fn a_plan_whose_changes_were_altered_is_refused() {
    let env = Env::seeded();
    env.write("parties.csv", SHEET);
    env.write("sheet.csv", "code,host_note\nP-0012,near the coast\n");
    for (file, shown, altered) in [
        ("parties.csv", "虚构丸红", "别的名字"),
        ("sheet.csv", "near the coast", "far away"),
    ] {
        env.tpmc(&["import", "plan", file, "-o", "plan.json"])
            .succeeds();
        let plan = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
        assert!(plan.matches(shown).count() >= 2, "{plan}");
        let before = crate::env::bytes(&env.path("registry.db"));
        // The first one is what is shown, the last but the cells what would be recorded.
        for edited in [
            plan.replacen(&format!("\"{shown}\""), &format!("\"{altered}\""), 1),
            proposed_altered(&plan, shown, altered),
        ] {
            assert_ne!(edited, plan);
            env.write("edited.json", edited);
            let said = env.tpmc(&["import", "apply", "edited.json"]).fails_with(1);
            assert!(said.contains("the plan was altered"), "{said}");
            assert_eq!(before, crate::env::bytes(&env.path("registry.db")));
        }
    }
}

fn proposed_altered(plan: &str, shown: &str, altered: &str) -> String {
    let lines = plan
        .lines()
        .map(|line| match line.split_once("\"proposed\":") {
            Some((before, after)) => {
                let after = after.replacen(shown, altered, 1);
                format!("{before}\"proposed\":{after}\n")
            }
            None => format!("{line}\n"),
        });
    lines.collect()
}

#[test]
fn rejects_can_be_a_workbook() {
    let env = Env::seeded();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, cell) in (0..).zip(["title_en", "hosts", "note"]) {
        sheet.write(0, column, cell).expect("a cell");
    }
    for (column, cell) in (0..).zip(["Made-up harbour", "Atlantis", "007"]) {
        sheet.write(1, column, cell).expect("a cell");
    }
    env.write("list.xlsx", book.save_to_buffer().expect("a workbook"));
    env.tpmc(&["import", "plan", "list.xlsx", "-o", "plan.json"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json", "--rejects", "rejects.xlsx"])
        .succeeds();
    let read = env.tpmc(&["import", "plan", "rejects.xlsx", "-o", "again.json"]);
    let said = read.succeeds();
    assert!(said.contains("XLSX") && said.contains("Atlantis"), "{said}");
    let again = std::fs::read_to_string(env.path("again.json")).expect("the plan");
    assert!(
        again.contains("\"original\":[[\"Made-up harbour\",\"Atlantis\",\"007\"]]"),
        "{again}"
    );
}

/// The lists of a sheet that was filled in through the drop-down lists of a template.
#[test]
fn a_template_is_read_back_in_every_language() {
    use calamine::Reader as _;
    for language in ["en", "zh", "ja"] {
        let env = Env::seeded();
        env.tpmc(&["--lang", language, "import", "template", "-o", "sheet.xlsx"])
            .succeeds();
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook(env.path("sheet.xlsx")).expect("a workbook");
        assert_eq!(book.sheet_names(), ["projects", "columns"]);
        let words = book.worksheet_range("columns").expect("a sheet");
        let list = |heading: &str| -> Vec<String> {
            let headings = words.rows().next().expect("headings");
            let place = headings.iter().skip(4).position(|cell| *cell == heading);
            let place = place.expect(heading) + 4;
            let cells = words.rows().skip(1).map(|row| row[place].to_string());
            cells.filter(|cell| !cell.is_empty()).collect()
        };
        let mut sheet = "title_en,hosts,mode,sector,status,status_on\n".to_owned();
        for (number, mode) in list("mode").iter().enumerate() {
            let (sectors, states, hosts) = (list("sector"), list("status"), list("hosts"));
            sheet += &format!(
                "Made-up harbour {number},\"{}\",\"{mode}\",\"{}\",\"{}\",2020-0{}-01\n",
                hosts[number * 40],
                sectors[number],
                states[number],
                number + 1
            );
        }
        env.write("sheet.csv", sheet);
        let said = env.tpmc(&["import", "plan", "sheet.csv"]).succeeds();
        assert!(!said.contains("What is wrong"), "{language}: {said}");
        let empty = env.tpmc(&["import", "plan", "sheet.xlsx"]).succeeds();
        assert!(empty.contains("sheet projects"), "{empty}");
    }
    let env = Env::seeded();
    let headings = env.tpmc(&["import", "template", "--parties"]).succeeds();
    env.write(
        "parties.csv",
        headings + "made-up-trust,Made-up Trust,,,,KE,,company,,,\n",
    );
    env.tpmc(&["import", "plan", "parties.csv", "-o", "plan.json"])
        .succeeds();
    assert_eq!(actions(&env), "add");
}
