//! Whether the search index has every record and nothing else, and of each the words that it has.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use diesel::connection::SimpleConnection as _;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::blocks::{self, Lengths};
use super::{KINDS, words_of};
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::finding::{Fault, Finding, Sink};
use crate::store::record::{Kind, Selection};
use crate::store::schema::entry;

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
    let (mut is_whole, mut count) = (true, 0);
    let mut absent = HashSet::new();
    for kind in KINDS {
        let missing = codes(&unindexed(kind), db)?;
        let (held, known) = (rows(kind.word(), db)?, indexed(kind, db)?);
        // Where every record is in the index and the numbers are equal, there can be none besides.
        count += known;
        let may_have_more = held != known || !missing.is_empty();
        is_whole &= !may_have_more;
        for code in missing {
            sink.add(Finding::new(Fault::IndexMissing).record(kind.word(), code.clone()));
            absent.insert((kind, code));
        }
        if may_have_more {
            for code in codes(&unknown(kind), db)? {
                sink.add(Finding::new(Fault::IndexUnknown).record(kind.word(), code));
            }
        }
    }
    if !is_whole || count != rows("search_index_docsize", db)? {
        for row in codes(&stray(), db)? {
            sink.add(Finding::new(Fault::IndexUnknown).record("search_index", row));
        }
    }
    if every_word || count <= FEW {
        words(&absent, db, sink)?;
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
    rows(&format!("search_index_content WHERE c0 = '{kind}'"), db)
}

/// Records of a kind that the index does not have. The table of a kind is called like the kind. FTS5 keeps which rows there are in
/// `search_index_docsize`, and in `search_index_content` the first two columns, kind and code.
fn unindexed(kind: Kind) -> String {
    format!(
        "SELECT code FROM {kind} WHERE NOT EXISTS (SELECT 1 FROM search_index_content AS known
            JOIN search_index_docsize USING (id)
            WHERE id = (SELECT max(number) FROM entry WHERE entry.kind = '{kind}' AND entry.code = {kind}.code)
            AND c0 = '{kind}' AND c1 = {kind}.code) ORDER BY code"
    )
}

/// Records that the index has and the tables do not, or that it has under another number than that of their last entry.
fn unknown(kind: Kind) -> String {
    format!(
        "SELECT c1 AS code FROM search_index_content WHERE c0 = '{kind}'
            AND (NOT EXISTS (SELECT 1 FROM {kind} WHERE code = c1)
            OR id <> (SELECT max(number) FROM entry WHERE kind = '{kind}' AND code = c1)) ORDER BY 1"
    )
}

/// Rows of the index that belong to no record.
fn stray() -> String {
    let kinds = KINDS.map(|kind| format!("'{kind}'")).join(", ");
    format!(
        "SELECT CAST(id AS TEXT) AS code FROM search_index_docsize
            WHERE id NOT IN (SELECT id FROM search_index_content WHERE c0 IN ({kinds})) ORDER BY id"
    )
}

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
/// ordered by words, so a record's are met one here, one there. The `absent` records are found to be missing already.
fn words(absent: &HashSet<(Kind, String)>, db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    // The table is this connection's own; SQLite counts making it as a change all the same.
    db.batch_execute("PRAGMA query_only = OFF")?;
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
    let mut lengths = Lengths::new();
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
                let words = words_of(document).unwrap_or_default();
                let expected = sum(&words);
                if absent.contains(&(kind, document.code().to_owned())) {
                    continue;
                }
                if held.get(number).copied().unwrap_or_default() != expected {
                    let finding = Finding::new(Fault::IndexChanged);
                    sink.add(finding.record(kind.word(), document.code()));
                    continue;
                }
                let length = |stream: &String| stream.split_whitespace().count() as u64;
                lengths.insert(*number, words.each_ref().map(length));
            }
        }
    }
    blocks::check(&lengths, db, sink)
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
