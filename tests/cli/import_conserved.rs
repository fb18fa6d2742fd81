//! Whatever a list holds, a plan accounts for every row and for all money that was read.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::env::Env;

const MAPPING: &str = r#"
on_finding = "drop_value"
[key]
scheme = "made-up"
columns = ["id"]
[source]
title = "Made-up list"
dated = "2025-01-31"
[[skip]]
column = "title"
is = ["left aside"]
[fields]
title_en = "title"
hosts = { column = "country", on_finding = "ask" }
[[parties]]
column = "bank"
role = { constant = "financier" }
on_finding = "drop_row"
[[events]]
status = { column = "status", values = { closed = "completed", active = "implementing" } }
on = "since"
[[amounts]]
number = "amount"
currency = "currency"
kind = { column = "kind", values = { loan = "loan" } }
basis = { constant = "commitment" }
party = "bank"
"#;

/// Columns with what stands in their cells, usual and unusual.
const CELLS: [(&str, &[&str]); 9] = [
    ("id", &["1", "2", "3", "4", "5", "6", "7", "8", "9", ""]),
    (
        "title",
        &["Made-up dam", "Made-up road", "TBD", "left aside", ""],
    ),
    ("country", &["Kenya", "Oman", "Kenya", "Atlantis", "NA", ""]),
    ("bank", &["Bank A", "Bank B", "A、B", ""]),
    ("currency", &["USD", "EUR", "JPY", "XXZ", ""]),
    ("kind", &["loan", "loan", "loan", "odd", ""]),
    (
        "amount",
        &["100", "0.25", "1,200,000", "3億", "-5", "1e5", "many", ""],
    ),
    ("status", &["closed", "active", "gone", ""]),
    ("since", &["2019-03", "2018-01-05", "2999", "soon", ""]),
];

type Row = Vec<usize>;

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cells = CELLS.map(|(_, cells)| 0..cells.len());
    proptest::collection::vec(Vec::from(cells), 1..24)
}

fn cell(row: &[usize], column: &str) -> &'static str {
    let place = CELLS.iter().position(|(name, _)| *name == column);
    let place = place.expect("a column");
    CELLS[place].1[row[place]]
}

fn written(rows: &[Row]) -> String {
    let names: Vec<&str> = CELLS.iter().map(|(name, _)| *name).collect();
    let lines = rows.iter().map(|row| {
        let cells = CELLS
            .iter()
            .map(|(name, _)| format!("\"{}\"", cell(row, name)));
        cells.collect::<Vec<_>>().join(",")
    });
    let lines: Vec<String> = lines.collect();
    format!("{}\n{}\n", names.join(","), lines.join("\n"))
}

/// Hundredths of the money in the cells, by currency; XXX where the cell of the currency names none.
fn money(rows: &[&Row]) -> BTreeMap<&'static str, i64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let hundredths = match cell(row, "amount") {
            "100" => 10_000,
            "0.25" => 25,
            "1,200,000" => 120_000_000,
            "3億" => 30_000_000_000,
            "-5" => -500,
            _ => continue,
        };
        let currency = match cell(row, "currency") {
            "" => "XXX",
            currency => currency,
        };
        *sums.entry(currency).or_default() += hundredths;
    }
    sums
}

fn hundredths(value: &Value) -> i64 {
    let text = value.as_str().unwrap_or("0");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part:0<2}");
    digits.parse().expect("digits")
}

fn adds_up(rows: &[Row], counts: &Value) -> Result<(), TestCaseError> {
    let of = |name: &str| counts["rows"][name].as_u64().expect(name);
    let outcomes = ["added", "changed", "left_alone", "asked", "rejected"].map(of);
    let taken: Vec<&Row> = rows
        .iter()
        .filter(|row| cell(row, "title") != "left aside")
        .collect();
    prop_assert_eq!(&counts["rows_read"], rows.len());
    prop_assert_eq!(&counts["rows_skipped"], rows.len() - taken.len());
    prop_assert_eq!(outcomes.iter().sum::<u64>(), taken.len() as u64);
    let sums = money(&taken);
    let stated = counts["money"].as_object().into_iter().flatten();
    let stated: BTreeMap<&str, i64> = stated
        .map(|(currency, money)| {
            let read = hundredths(&money["read"]);
            let found = ["recorded", "not_recorded"].map(|name| hundredths(&money[name]));
            assert_eq!(read, found.iter().sum::<i64>(), "{currency}");
            (currency.as_str(), read)
        })
        .collect();
    prop_assert_eq!(stated, sums);
    Ok(())
}

#[test]
fn rows_and_money_of_any_list_add_up() {
    let config = Config {
        cases: 4,
        failure_persistence: None,
        ..Config::default()
    };
    let lists = (proptest::bool::ANY, rows(), rows());
    let tried = TestRunner::new(config).run(&lists, |(is_grouped, first, second)| {
        let env = Env::seeded();
        let rows = if is_grouped {
            "rows = \"grouped\"\n"
        } else {
            ""
        };
        env.write("list.toml", format!("{rows}{MAPPING}"));
        for list in [&first, &second] {
            env.write("list.csv", written(list));
            env.tpmc(&[
                "import",
                "plan",
                "list.csv",
                "--map",
                "list.toml",
                "-o",
                "plan.json",
            ])
            .succeeds();
            let plan = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
            let counts = serde_json::from_str(plan.lines().last().expect("counts"));
            adds_up(list, &counts.expect("JSON"))?;
            env.tpmc(&["import", "apply", "plan.json"]).succeeds();
        }
        Ok(())
    });
    tried.expect("everything adds up");
}
