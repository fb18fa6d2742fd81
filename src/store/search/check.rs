//! Whether the search index has every record and nothing else, and of each the words that it has.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{KINDS, streams};
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::record::{Kind, Selection};
use crate::store::schema::{entry, search_record};
use crate::store::verify::{Fault, Finding, Sink};

/// Records up to which the words are compared too, without being asked: beyond, that takes longer than all the rest.
const FEW: i64 = 20_000;
/// Records read at a time.
const PAGE: i64 = 2_000;

/// Checks the index against the tables: which records it has and, if there are few of them or `every_word` is asked for, which
/// words.
pub(in crate::store) fn check(
    every_word: bool,
    db: &mut Db,
    sink: &mut Sink<'_>,
) -> Result<(), Error> {
    let mut is_whole = true;
    for kind in KINDS {
        let missing = codes(&unindexed(kind), db)?;
        let (held, known) = (rows(kind.word(), db)?, indexed(kind, db)?);
        // Where every record is in the index and the numbers are equal, there can be none besides.
        let may_have_more = held != known || !missing.is_empty();
        is_whole &= !may_have_more;
        for code in missing {
            sink.add(Finding::new(Fault::IndexMissing).record(kind.word(), code));
        }
        if may_have_more {
            for code in codes(&unknown(kind), db)? {
                sink.add(Finding::new(Fault::IndexUnknown).record(kind.word(), code));
            }
        }
    }
    if !is_whole || rows("search_record", db)? != rows("search_index_docsize", db)? {
        for row in codes(STRAY, db)? {
            sink.add(Finding::new(Fault::IndexUnknown).record("search_index", row));
        }
    }
    let count: i64 = search_record::table.count().get_result(db)?;
    if every_word || count <= FEW {
        words(db, sink)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Code {
    #[diesel(sql_type = Text)]
    code: String,
}

fn codes(sql: &str, db: &mut Db) -> Result<Vec<String>, Error> {
    let codes: Vec<Code> = diesel::sql_query(sql).load(db)?;
    Ok(codes.into_iter().map(|row| row.code).collect())
}

#[derive(QueryableByName)]
struct Rows {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

fn rows(table: &str, db: &mut Db) -> Result<i64, Error> {
    let sql = format!("SELECT count(*) AS rows FROM {table}");
    let counted: Rows = diesel::sql_query(sql).get_result(db)?;
    Ok(counted.rows)
}

fn indexed(kind: Kind, db: &mut Db) -> Result<i64, Error> {
    let of_kind = search_record::table.filter(search_record::kind.eq(kind));
    Ok(of_kind.count().get_result(db)?)
}

/// Records of a kind that the index does not have. The table of a kind is called like the kind; `search_index_docsize` is where
/// FTS5 keeps which rows there are.
fn unindexed(kind: Kind) -> String {
    format!(
        "SELECT code FROM {kind} WHERE NOT EXISTS (SELECT 1 FROM search_record AS known
            JOIN search_index_docsize ON search_index_docsize.id = known.number
            WHERE known.number = (SELECT max(number) FROM entry WHERE entry.kind = '{kind}' AND entry.code = {kind}.code)
            AND known.kind = '{kind}' AND known.code = {kind}.code) ORDER BY code"
    )
}

/// Records that the index has and the tables do not, or that it has under another number than that of their last entry.
fn unknown(kind: Kind) -> String {
    format!(
        "SELECT code FROM search_record WHERE kind = '{kind}'
            AND (NOT EXISTS (SELECT 1 FROM {kind} WHERE {kind}.code = search_record.code)
            OR number <> (SELECT max(number) FROM entry WHERE entry.kind = '{kind}' AND entry.code = search_record.code))
            ORDER BY code"
    )
}

/// Rows of the index that belong to no record.
const STRAY: &str = "SELECT CAST(id AS TEXT) AS code FROM search_index_docsize
    WHERE NOT EXISTS (SELECT 1 FROM search_record WHERE number = id) ORDER BY id";

#[derive(QueryableByName)]
struct Instance {
    #[diesel(sql_type = BigInt)]
    doc: i64,
    #[diesel(sql_type = Text)]
    term: String,
    #[diesel(sql_type = Text)]
    col: String,
    #[diesel(sql_type = BigInt)]
    place: i64,
}

/// The columns of the index.
const COLUMNS: [&str; 2] = ["heading", "body"];

/// Compares the words of each record with those that the index has of it, by a sum over words and places: the index is
/// ordered by words, so a record's are met one here, one there.
fn words(db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    diesel::sql_query("CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_word USING fts5vocab (main, search_index, instance)")
        .execute(db)?;
    let mut held = HashMap::<i64, u64>::new();
    let instances =
        diesel::sql_query("SELECT doc, term, col, \"offset\" AS place FROM temp.search_word")
            .load_iter::<Instance, _>(db)?;
    for instance in instances {
        let Instance {
            doc,
            term,
            col,
            place,
        } = instance?;
        let sum = held.entry(doc).or_default();
        *sum = sum.wrapping_add(mark(&col, place, &term));
    }
    for kind in KINDS {
        let mut after: Option<String> = None;
        loop {
            let page = Selection::Page {
                after: after.as_deref(),
                limit: PAGE,
            };
            // A record that cannot be read is found where the tables are compared with the journal.
            let Ok(documents) = kind.load(page, db) else {
                break;
            };
            let Some(last) = documents.last() else {
                break;
            };
            let numbers = numbers(kind, after.as_deref(), last.code(), db)?;
            after = Some(last.code().to_owned());
            for document in &documents {
                let Some(number) = numbers.get(document.code()) else {
                    continue; // found above
                };
                let expected = streams(document).map_or(0, |streams| sum(&streams));
                if held.get(number).is_some_and(|held| *held != expected) {
                    let finding = Finding::new(Fault::IndexChanged);
                    sink.add(finding.record(kind.word(), document.code()));
                }
            }
        }
    }
    Ok(())
}

/// The numbers in the index of the records of a kind whose codes come after one and up to another.
fn numbers(
    kind: Kind,
    after: Option<&str>,
    last: &str,
    db: &mut Db,
) -> Result<HashMap<String, i64>, Error> {
    let rows = entry::table
        .filter(entry::kind.eq(kind))
        .filter(entry::code.gt(after.unwrap_or_default()))
        .filter(entry::code.le(last))
        .group_by(entry::code)
        .select((entry::code, max(entry::number).assume_not_null()));
    Ok(rows.load::<(String, i64)>(db)?.into_iter().collect())
}

/// The sum over the words of a record.
fn sum(streams: &[String; 2]) -> u64 {
    let mut sum = 0_u64;
    for (column, stream) in COLUMNS.into_iter().zip(streams) {
        for (place, word) in (0..).zip(stream.split_whitespace()) {
            sum = sum.wrapping_add(mark(column, place, word));
        }
    }
    sum
}

fn mark(column: &str, place: i64, word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (column, place, word).hash(&mut hasher);
    hasher.finish()
}
