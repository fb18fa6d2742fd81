//! Rows read back as they were written, one by one and together.

use super::*;
use crate::domain::{Confidence, PartialDate, PublisherKind};
use crate::store::Store;
use crate::store::record::{Record as _, Source};
use crate::store::schema::{judgement, source};

fn source_with(title: &str) -> Source {
    let id = crate::domain::seeded_id("source", title);
    Source {
        title: Some(title.to_owned()),
        publisher_kind: Some(PublisherKind::Government),
        language: Some("ja".to_owned()),
        read_on: chrono::NaiveDate::from_ymd_opt(2026, 2, 3),
        note: Some(String::new()),
        link: Some(crate::domain::SourceLink::Withheld),
        ..Source::new(id, "S-9000".to_owned(), Confidence::High)
    }
}

#[test]
fn a_row_reads_back_as_it_was_written() {
    let mut store = Store::in_memory().expect("memory");
    for title in ["第三方市场", "a 'quoted' \"title\"", "?1; --", " "] {
        let written = source_with(title);
        let mut rows = Rows::default();
        written.rows(&mut rows).expect("a row");
        let read = store
            .db
            .test_transaction::<_, diesel::result::Error, _>(|db| {
                diesel::sql_query("PRAGMA ignore_check_constraints = ON").execute(db)?;
                rows.insert(db)?;
                Source::query().filter(source::code.eq("S-9000")).first(db)
            });
        assert_eq!(read, written);
    }
}

#[test]
fn a_place_makes_rows_of_the_same_columns_whatever_they_hold() {
    let mut rows = Rows::default();
    let mut add = |id: i32, verdict: Option<PartialDate>| {
        let (code, first_party, second_party, reason) = ("a/b", "a", "b", id > 1);
        row!(
            &mut rows,
            judgement(code, id, first_party, second_party, verdict, reason)
        )
    };
    add(1, "2019-05".parse().ok()).expect("a row");
    add(2, None).expect("a row");
    let [table] = &rows.tables[..] else {
        panic!("one table");
    };
    let columns = [
        "code",
        "id",
        "first_party",
        "second_party",
        "verdict",
        "reason",
    ];
    assert_eq!(table.columns, columns);
    let said: Vec<&str> = (table.values.iter())
        .map(|value| match value {
            Value::Text(start, end) => rows.text.get(*start..*end).expect("text"),
            Value::Integer(_) => "integer",
            Value::Null => "null",
        })
        .collect();
    let of_row = |verdict| ["a/b", "integer", "a", "b", verdict, "integer"];
    assert_eq!(said, [of_row("2019-05"), of_row("null")].concat());
}

#[test]
fn what_no_column_can_have_is_refused_with_its_column() {
    let mut rows = Rows::default();
    static START: OnceLock<String> = OnceLock::new();
    rows.begin::<()>("source", &START);
    for refused in [
        rows.cell("share", &0.1),
        rows.cell("share", &u64::MAX),
        rows.cell("share", &["a"]),
        rows.cell("share", &std::collections::BTreeMap::from([("a", 1)])),
    ] {
        let why = refused.expect_err("refused").to_string();
        assert_eq!(why, "there is no way to put it into the column share");
    }
    rows.take_back();
    assert!(rows.tables.is_empty());
}

fn add(rows: &mut Rows, number: usize) {
    let source = Source {
        code: format!("S-{number:04}"),
        id: crate::domain::seeded_id("source", &number.to_string()),
        url: Some(format!("https://example.org/{number}")),
        ..source_with("A source")
    };
    source.rows(rows).expect("a row");
    rows.keep();
}

#[test]
fn rows_go_in_together_however_many_they_are() {
    let mut rows = Rows::default();
    for count in [0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 5] {
        let mut store = Store::in_memory().expect("memory");
        rows.clear();
        for number in 0..count {
            add(&mut rows, number);
            // A record that could not be finished leaves nothing.
            static START: OnceLock<String> = OnceLock::new();
            rows.begin::<()>("party", &START);
            let half = rows.cell("note", &"half");
            half.and_then(|()| rows.cell("share", &0.1))
                .expect_err("refused");
            rows.take_back();
        }
        let checks = "PRAGMA ignore_check_constraints = ON";
        diesel::sql_query(checks)
            .execute(&mut store.db)
            .expect("off");
        rows.insert(&mut store.db).expect("inserted");
        let codes: Vec<String> = source::table
            .order(source::code)
            .select(source::code)
            .load(&mut store.db)
            .expect("codes");
        let added: Vec<String> = (0..count).map(|number| format!("S-{number:04}")).collect();
        assert_eq!(codes, added);
    }
}

#[test]
fn a_row_among_many_that_breaks_the_schema_is_refused() {
    let mut store = Store::in_memory().expect("memory");
    let mut rows = Rows::default();
    for number in (0..TOGETHER).chain([3]) {
        add(&mut rows, number);
    }
    let checks = "PRAGMA ignore_check_constraints = ON";
    diesel::sql_query(checks)
        .execute(&mut store.db)
        .expect("off");
    let refused = rows.insert(&mut store.db).expect_err("twice").to_string();
    assert_eq!(refused, "UNIQUE constraint failed: source.url");
}
