//! A large list, made up: taken in again and again, it changes nothing, and its sums are those of the list to the last cent.
//!
//! `TPMC_TEST_ROWS=20000 cargo test --test cli import_large` takes as many rows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::env::Env;

const MAPPING: &str = r#"
rows = "grouped"
on_finding = "drop_value"
[key]
scheme = "made-up"
columns = ["id"]
[source]
title = "Made-up list"
dated = "2025-01-31"
[fields]
title_en = "title"
hosts = "country"
[[parties]]
column = "bank"
role = { constant = "financier" }
[[events]]
status = { column = "status", values = { closed = "completed", active = "implementing" } }
[[amounts]]
number = "amount"
currency = "currency"
kind = { column = "kind", values = { loan = "loan", grant = "grant" } }
basis = { constant = "commitment" }
party = "bank"
"#;

/// A row of the list: one bank and its money in one project.
#[derive(Clone)]
struct Row {
    project: usize,
    bank: usize,
    currency: &'static str,
    /// Cents; none where the list has no kind of amount, so that it cannot be recorded.
    cents: i64,
    has_kind: bool,
    is_closed: bool,
}

/// So many rows, the same every time.
fn rows(count: usize) -> Vec<Row> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let small = |number: u64| usize::try_from(number).expect("small");
    let (mut rows, mut project) = (Vec::new(), 0);
    while rows.len() < count {
        project += 1;
        let first_bank = small(next(400));
        let is_closed = next(3) == 0;
        for place in 0..=small(next(4)) {
            rows.push(Row {
                project,
                bank: first_bank + place,
                currency: ["USD", "EUR", "CNY"][small(next(3))],
                // Every bank of some projects lends the same.
                cents: if project % 5 == 0 {
                    1_000_000_000
                } else {
                    1 + i64::try_from(next(90_000_000_000)).expect("small")
                },
                has_kind: next(50) > 0,
                is_closed,
            });
        }
    }
    rows
}

/// The list a month later: figures, banks and statuses that were corrected, and more projects.
fn corrected(rows: &[Row]) -> Vec<Row> {
    let mut later = rows.to_vec();
    let last = rows.last().map_or(0, |row| row.project);
    for (place, row) in later.iter_mut().enumerate() {
        if place % 7 == 0 {
            row.cents += 12_345;
        }
        if place % 11 == 0 {
            row.bank += 1000;
        }
        row.is_closed |= row.project % 13 == 0;
    }
    let more = rows.iter().take(rows.len() / 20).map(|row| Row {
        project: row.project + last,
        ..row.clone()
    });
    later.extend(more);
    later
}

fn written(rows: &[Row]) -> String {
    let mut text = "id,title,country,bank,currency,kind,amount,status\n".to_owned();
    for row in rows {
        // Many projects have one title and one host.
        let (title, country) = (
            row.project % 40,
            ["Kenya", "Oman", "Viet Nam"][row.project % 3],
        );
        let kind = if row.has_kind { "loan" } else { "" };
        let status = if row.is_closed { "closed" } else { "active" };
        writeln!(
            text,
            "L{},Power project {title},{country},Bank {},{},{kind},{}.{:02},{status}",
            row.project,
            row.bank,
            row.currency,
            row.cents / 100,
            row.cents % 100
        )
        .expect("text");
    }
    text
}

/// What the list says in all, in cents: of the amounts that have a kind.
fn sums(rows: &[Row]) -> BTreeMap<&'static str, i64> {
    let mut sums = BTreeMap::new();
    for row in rows.iter().filter(|row| row.has_kind) {
        *sums.entry(row.currency).or_default() += row.cents;
    }
    sums
}

/// Takes the list in; returns the counts of its plan.
fn import(env: &Env, rows: &[Row]) -> serde_json::Value {
    env.write("list.csv", written(rows));
    env.write("list.toml", MAPPING);
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
    env.tpmc(&["import", "apply", "plan.json", "--reason", "a list"])
        .succeeds();
    let plan = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    serde_json::from_str(plan.lines().last().expect("counts")).expect("JSON")
}

#[track_caller]
fn adds_up(env: &Env, rows: &[Row], counts: &serde_json::Value) {
    let of = |name: &str| counts["rows"][name].as_u64().expect(name);
    let outcomes = ["added", "changed", "left_alone", "asked", "rejected"].map(of);
    let read = outcomes.iter().sum::<u64>() + counts["rows_skipped"].as_u64().expect("a number");
    assert_eq!(read, rows.len() as u64);
    assert_eq!((of("asked"), of("rejected")), (0, 0));
    let query = "SELECT currency || ' ' || sum(minor_units) FROM v_amount WHERE project IN (SELECT project FROM project_identifier WHERE scheme = 'made-up') GROUP BY currency ORDER BY 1";
    let found = env.tpmc(&["sql", "--format", "csv", query]).succeeds();
    let found: Vec<&str> = found.lines().skip(1).collect();
    let wanted: Vec<String> = sums(rows)
        .iter()
        .map(|(currency, cents)| format!("{currency} {cents}"))
        .collect();
    assert_eq!(found, wanted);
    for (currency, cents) in sums(rows) {
        let all: i64 = rows
            .iter()
            .filter(|row| row.currency == currency)
            .map(|row| row.cents)
            .sum();
        let cents_of = |name: &str| -> i64 {
            let units = counts["money"][currency][name].as_str().expect(name);
            let (whole, part) = units.split_once('.').unwrap_or((units, "0"));
            let part = format!("{part:0<2}");
            whole.parse::<i64>().expect("digits") * 100 + part.parse::<i64>().expect("digits")
        };
        let of_plan = ["read", "recorded", "not_recorded"].map(cents_of);
        assert_eq!(of_plan, [all, cents, all - cents], "{currency}");
    }
}

#[test]
fn a_large_list_comes_again_and_is_right_to_the_cent() {
    let asked = std::env::var("TPMC_TEST_ROWS").ok();
    let count = asked.and_then(|count| count.parse().ok()).unwrap_or(400);
    let env = Env::seeded();
    let first = rows(count);
    let later = corrected(&first);
    for list in [&first, &later] {
        let counts = import(&env, list);
        adds_up(&env, list, &counts);
        for _ in 0..2 {
            let before = env.tpmc(&["export", "ndjson"]).succeeds();
            let counts = import(&env, list);
            adds_up(&env, list, &counts);
            assert_eq!(counts["rows"]["left_alone"], list.len());
            assert!(
                before == env.tpmc(&["export", "ndjson"]).succeeds(),
                "nothing changes"
            );
        }
    }
    env.tpmc(&["verify"]).succeeds();
}
