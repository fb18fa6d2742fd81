//! The parts of the reference that the program prints: the JSON of each command, the columns of the views, entries of the journal.

#[path = "../../src/cli/docs/tests/renewed.rs"]
mod renewed;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::env::Env;

/// Command lines whose JSON the reference shows, in its order. They run in one folder, one after the other.
const LINES: &[&str] = &[
    "summary",
    "todo",
    "progress",
    "pace",
    "country TH",
    "country list",
    "context",
    "context trade",
    "changes --from 2018",
    "changes --recorded --from 2018",
    "report",
    "brief",
    "search 丸红",
    "check",
    "log",
    "show 1",
    "project list",
    "project show P-0002",
    "party list",
    "party show marubeni",
    "party match 丸紅株式会社",
    "party duplicates",
    "source list",
    "source show S-0002",
    "milestone list P-0004",
    "rate list",
    "forum list",
    "guideline list",
    "indicator list",
    "mechanism",
    "mechanism list",
    "check waivers",
    "import mapping list",
    "import plan list.csv",
    "import show plan.json",
    "export parties",
    "sql 'SELECT code, title_en FROM v_project'",
    "backup copy.db",
    "restore copy.db",
    "move copy.db moved.db",
    "verify",
    "checkpoint",
    "prove P-0002 --key registry.key",
    "witness registry.checkpoint --key witness.key --log-key registry.vkey",
    "key show registry.key",
    "config list",
    "docs",
    "user list",
];

fn words(line: &str) -> Vec<&str> {
    match line.split_once('\'') {
        Some((before, quoted)) => {
            let quoted = quoted.trim_end_matches('\'');
            before.split_whitespace().chain([quoted]).collect()
        }
        None => line.split(' ').collect(),
    }
}

/// A registry with a little of everything, and what the commands need beside it.
fn prepared() -> Env {
    let env = Env::seeded();
    for line in [
        "key new -o registry.key",
        "key new -o witness.key --name office.example/witness --witness",
        "status F1-001 implementing --on 2026-10-30 --no-source",
        "milestone add P-0004 Opening --due 2027",
        "rate add USD JPY 112 --on 2018-10-26 --source S-0002",
        "check waive no-status P-0022 --owner li --reason asked --until 2027-03-31",
        "party judge cnpc petrochina not_same --reason subsidiary",
        "checkpoint --key registry.key --first -o registry.checkpoint",
    ] {
        let printed = env.tpmc(&words(line)).succeeds();
        if line.starts_with("key new -o registry") {
            env.write("registry.vkey", printed);
        }
    }
    env.write("list.csv", "title_en,hosts\nHarbour of Testville,KE\n");
    env.write(
        "bank.toml",
        "about = 'Loans'\n[fields]\ntitle_en = 'Name'\n",
    );
    env.tpmc(&words("import mapping add bank bank.toml"))
        .succeeds();
    env.tpmc(&words("import plan list.csv -o plan.json"))
        .succeeds();
    env
}

/// What stands at each path (`rows[]`) under each name: the kinds of values.
type Fields = BTreeMap<String, BTreeMap<String, BTreeSet<&'static str>>>;

/// Adds the fields of a value. `path` leads to what holds it, and `name` is its own.
fn shape(value: &Value, path: &str, name: &str, found: &mut Fields) {
    let within = if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    };
    let kind = match value {
        Value::Object(fields) => {
            let fields = fields.iter();
            return fields.for_each(|(name, value)| shape(value, &within, name, found));
        }
        Value::Array(items) if !items.is_empty() => {
            let name = format!("{name}[]");
            return items
                .iter()
                .for_each(|item| shape(item, path, &name, found));
        }
        Value::Array(_) => "[]",
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
    };
    let fields = found.entry(path.to_owned()).or_default();
    fields.entry(name.to_owned()).or_default().insert(kind);
}

#[test]
fn reference_of_json() {
    let env = prepared();
    let mut page = String::new();
    for line in LINES {
        let json = env.tpmc(&[words(line), vec!["--format", "json"]].concat());
        assert_eq!(json.status, 0, "{line}: {json}");
        let mut found = Fields::new();
        for document in serde_json::Deserializer::from_str(&json.stdout).into_iter::<Value>() {
            shape(&document.expect(line), "", "", &mut found);
        }
        page.push_str(&format!("### tpmc {line}\n\n"));
        for (path, fields) in found {
            let fields = fields.iter().map(|(name, kinds)| {
                let kinds: Vec<&str> = kinds.iter().copied().collect();
                format!("`{name}` {}", kinds.join(" or "))
            });
            let fields: Vec<String> = fields.collect();
            let path = if path.is_empty() {
                "the result"
            } else {
                &format!("`{path}`")
            };
            page.push_str(&format!("- {path}: {}\n", fields.join(", ")));
        }
        page.push('\n');
    }
    renewed::part("reference/json.md", "json", &page);
}

#[test]
fn reference_of_sql() {
    let env = prepared();
    let views = "SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'v\\_%' ESCAPE '\\' ORDER BY name";
    let views = env.tpmc(&["sql", views, "--format", "json"]).json();
    let mut page = String::new();
    for view in views.as_array().expect("views") {
        let view = view["name"].as_str().expect("a name");
        let rows = format!("SELECT * FROM {view}");
        let csv = env.tpmc(&["sql", &rows, "--format", "csv"]).succeeds();
        let columns = csv.lines().next().unwrap_or_default().replace(',', "`, `");
        page.push_str(&format!("- **{view}**: `{columns}`\n"));
    }
    renewed::part("reference/sql.md", "columns", &page);
}

#[test]
fn reference_of_the_journal() {
    let env = prepared();
    let journal = env.tpmc(&["export", "ndjson", "--journal"]).succeeds();
    let mut shortest: BTreeMap<String, &str> = BTreeMap::new();
    for line in journal.lines() {
        let entry: Value = serde_json::from_str(line).expect("an entry");
        let kind = entry["kind"].as_str().expect("a kind").to_owned();
        let known = shortest.entry(kind).or_insert(line);
        if line.len() < known.len() {
            *known = line;
        }
    }
    let entries: Vec<&str> = shortest.into_values().collect();
    let page = format!("```json\n{}\n```\n", entries.join("\n"));
    renewed::part("reference/journal.md", "entries", &page);
}
