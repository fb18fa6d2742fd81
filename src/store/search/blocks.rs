//! What FTS5 keeps of the search index besides its words: settings, segments, where their pages begin, and how long each record is.
//!
//! The format is that of SQLite's `fts5_index.c`: a structure record lists the segments, each a run of pages; a table of its own
//! says with which term a page begins. The counts that rank results only grow, for FTS5 does not take away what is deleted.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};

use crate::store::Error;
use crate::store::backend::Db;
use crate::store::finding::{Fault, Finding, Sink};

/// Rows of `search_index_data` that are no pages.
const AVERAGES: i64 = 1;
const STRUCTURE: i64 = 10;
/// What tells pages of deleted rows from those of words.
const DELETED: i64 = 1 << 16;

/// How many words of a record stand in its heading and in its body.
pub(super) type Lengths = HashMap<i64, [u64; 2]>;

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    setting: String,
}

#[derive(QueryableByName)]
struct Block {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Binary)]
    block: Vec<u8>,
}

#[derive(QueryableByName)]
struct Start {
    #[diesel(sql_type = BigInt)]
    segment: i64,
    #[diesel(sql_type = Binary)]
    term: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    page: i64,
}

#[derive(QueryableByName)]
struct Size {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Binary)]
    sz: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    origin: i64,
}

/// A run of pages.
struct Segment {
    first: i64,
    last: i64,
    /// The writes from which its records come.
    origins: (i64, i64),
    pages_of_deleted: i64,
}

/// Compares everything with what the records give; `lengths` has the records of which the index has the right words.
pub(super) fn check(lengths: &Lengths, db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    let mut wrong = |what: &str| {
        sink.add(Finding::new(Fault::IndexInconsistent).field(what));
    };
    let settings: Vec<Setting> =
        diesel::sql_query("SELECT k || ' ' || v AS setting FROM search_index_config").load(db)?;
    if settings.len() != 1 || settings.iter().any(|row| row.setting != "version 4") {
        wrong("settings");
    }
    let blocks: Vec<Block> =
        diesel::sql_query("SELECT id, block FROM search_index_data").load(db)?;
    let blocks: HashMap<i64, Vec<u8>> = blocks.into_iter().map(|row| (row.id, row.block)).collect();
    let Some(segments) = blocks.get(&STRUCTURE).and_then(|block| segments(block)) else {
        wrong("segments");
        return Ok(());
    };
    if !are_pages_of(&segments, &blocks) {
        wrong("pages");
    }
    let starts: Vec<Start> = diesel::sql_query(
        "SELECT segid AS segment, CAST(term AS BLOB) AS term, pgno AS page FROM search_index_idx",
    )
    .load(db)?;
    if !are_starts_of(&segments, &blocks, &starts) {
        wrong("first terms of the pages");
    }
    let sizes: Vec<Size> =
        diesel::sql_query("SELECT id, sz, origin FROM search_index_docsize").load(db)?;
    let is_written = |origin: i64| {
        let mut all = segments.values().map(|segment| segment.origins);
        all.any(|(first, last)| (first..=last).contains(&origin))
    };
    let mut sums = [0; 2];
    for row in &sizes {
        let Some(length) = lengths.get(&row.id) else {
            continue; // found by its number, or by its words
        };
        if numbers(&row.sz) != [0, 0, length[0], length[1]] || !is_written(row.origin) {
            wrong(&format!("length of entry {}", row.id));
        }
        sums = [sums[0] + length[0], sums[1] + length[1]];
    }
    let averages = blocks.get(&AVERAGES).map(|block| numbers(block));
    let grew = match averages.as_deref() {
        Some([rows, 0, 0, heading, body]) => {
            *rows >= sizes.len() as u64 && *heading >= sums[0] && *body >= sums[1]
        }
        _ => sizes.is_empty(),
    };
    if !grew {
        wrong("totals");
    }
    Ok(())
}

/// Whether there is every page of every segment, and nothing else.
fn are_pages_of(segments: &HashMap<i64, Segment>, blocks: &HashMap<i64, Vec<u8>>) -> bool {
    let of_words = |segment: &Segment, page: i64| (segment.first..=segment.last).contains(&page);
    let is_known = |id: i64| {
        let (segment, is_list, height, page) = place(id);
        match (segments.get(&segment), segments.get(&(segment - DELETED))) {
            (Some(known), _) => is_list || height == 0 && of_words(known, page),
            (None, Some(known)) => page < known.pages_of_deleted,
            (None, None) => id == AVERAGES || id == STRUCTURE,
        }
    };
    let has_all = segments.iter().all(|(number, segment)| {
        (segment.first..=segment.last).all(|page| blocks.contains_key(&(number << 37 | page)))
    });
    has_all && blocks.keys().all(|id| is_known(*id))
}

/// Segment, whether it is a list of rows, height and page, of which the number of a block is made.
fn place(id: i64) -> (i64, bool, i64, i64) {
    (id >> 37, id >> 36 & 1 == 1, id >> 31 & 31, id & 0x7fff_ffff)
}

/// Whether every page with terms has a start, and each start is the beginning of the first term of its page. The first page of a
/// segment may have lost its earlier terms to another segment.
fn are_starts_of(
    segments: &HashMap<i64, Segment>,
    blocks: &HashMap<i64, Vec<u8>>,
    starts: &[Start],
) -> bool {
    let mut terms: HashMap<i64, &[u8]> = HashMap::new();
    for (id, block) in blocks {
        let (segment, is_list, _, page) = place(*id);
        if let Some(known) = segments.get(&segment)
            && !is_list
            && page > known.first
            && let Some(term) = first_term(block)
        {
            terms.insert(*id, term);
        }
    }
    let is_good = |start: &Start| {
        let page = start.page >> 1;
        let Some(segment) = segments
            .get(&start.segment)
            .filter(|known| page <= known.last)
        else {
            return false;
        };
        let term = terms.remove(&(start.segment << 37 | page));
        term.map_or(page <= segment.first, |term| term.starts_with(&start.term))
    };
    starts.iter().all(is_good) && terms.is_empty()
}

/// The first term of a page, where it has any: behind the text of a page stand the places of its terms.
fn first_term(block: &[u8]) -> Option<&[u8]> {
    let length = u16::from_be_bytes([*block.get(2)?, *block.get(3)?]);
    let (at, _) = number(block.get(usize::from(length)..)?)?;
    let (length, rest) = number(block.get(usize::try_from(at).ok()?..)?)?;
    rest.get(..usize::try_from(length).ok()?)
}

/// The segments of a structure record, by their numbers.
fn segments(block: &[u8]) -> Option<HashMap<i64, Segment>> {
    let listed = block.get(4..)?.strip_prefix(&[0xff, 0, 0, 1])?;
    let listed = numbers(listed).into_iter();
    let mut listed = listed.map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    let (levels, count, _writes) = (listed.next()?, listed.next()?, listed.next()?);
    let mut segments = HashMap::new();
    for _ in 0..levels {
        let (_merging, here) = (listed.next()?, listed.next()?);
        for _ in 0..here {
            let number = listed.next()?;
            let segment = Segment {
                first: listed.next()?,
                last: listed.next()?,
                origins: (listed.next()?, listed.next()?),
                pages_of_deleted: listed.next()?,
            };
            let (_deleted, _entries) = (listed.next()?, listed.next()?);
            segments.insert(number, segment);
        }
    }
    let is_whole = segments.len() as i64 == count && listed.next().is_none();
    is_whole.then_some(segments)
}

/// A number as SQLite writes it in one to nine bytes, and what follows it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0;
    for (place, byte) in bytes.iter().enumerate() {
        if place == 8 {
            return Some((number << 8 | u64::from(*byte), bytes.get(9..)?));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number, bytes.get(place + 1..)?));
        }
    }
    None
}

fn numbers(mut bytes: &[u8]) -> Vec<u64> {
    let mut found = Vec::new();
    while let Some((number, rest)) = number(bytes) {
        found.push(number);
        bytes = rest;
    }
    found
}
