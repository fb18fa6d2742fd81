//! Checks that nobody rewrote the registry: the file itself, the journal against its Merkle tree, and the tables against
//! the journal, the search index against the tables. It reads in pages, so that a long journal needs no more memory than a short one.

mod diff;
mod feed;
mod finding;
mod journal;
mod links;
mod tables;
mod tally;
mod tree;

use std::path::Path;
use std::thread;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::backend::Db;
use super::schema::batch;
use super::{Error, Reader, Store, search};
use crate::merkle::hash::{Hash, empty_root};
pub(crate) use diff::differences;
pub(super) use feed::last_entries;
pub(super) use finding::Sink;
pub(crate) use finding::{Fault, Finding, Progress};
pub(super) use links::{CHILDREN, all_linked};

/// Pages are read where the system has them, without a copy of each: everything is read once.
const MAPPED: &str = "PRAGMA mmap_size = 2147418112;";

/// Rows read at a time.
const PAGE: i64 = 2_000;

/// What a check came to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Checked {
    pub(crate) batches: i64,
    pub(crate) entries: u64,
    pub(crate) records: usize,
    /// The root over the entries.
    pub(crate) root: Hash,
    pub(crate) findings: Vec<Finding>,
    /// Findings beyond those that are kept.
    pub(crate) more: usize,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = integrity_check)]
    line: String,
}

impl Reader<'_> {
    /// Checks everything in the registry at `path`, which is the one that is read here.
    ///
    /// The parts are checked side by side, each on a connection of its own. They see the same state: this transaction has
    /// read already, and as long as it lasts nobody can write.
    ///
    /// `every_word` compares the search index word by word, however large it is.
    pub(crate) fn verify(
        &mut self,
        path: &Path,
        every_word: bool,
        progress: Progress<'_>,
    ) -> Result<Checked, Error> {
        let _: Option<i64> = batch::table
            .select(diesel::dsl::max(batch::number))
            .first(self.db)?;
        let middle = tables::middle(self.db).unwrap_or(None);
        let middle = middle.as_deref();
        let (file, journal, tables, rest, links) = thread::scope(|scope| {
            let file = scope.spawn(|| Part::aside(path, progress, check_file));
            let journal = scope.spawn(|| Part::aside(path, progress, journal::check));
            let links = scope.spawn(|| {
                Part::aside(path, progress, |db, sink| {
                    links::check(db, sink)?;
                    search::check(every_word, db, sink)
                })
            });
            let rest = scope.spawn(|| {
                Part::aside(path, progress, |db, sink| {
                    tables::check_rest(middle, db, sink)
                })
            });
            let tables = Part::of(self.db, progress, |db, sink| {
                tables::check(middle, db, sink)
            });
            (
                joined(file),
                joined(journal),
                tables,
                joined(rest),
                joined(links),
            )
        });
        let mut sink = Sink::new(progress);
        for part in [file.sink, journal.sink, tables.sink, rest.sink, links.sink] {
            sink.take(part);
        }
        sink.leave_out_followers();
        let mut failed = [file.result.err(), links.result.err()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        let journal = journal.result.map_err(|error| failed.push(error)).ok();
        let compared = tables.result.and_then(|one| Ok((one, rest.result?)));
        let records = compared
            .and_then(|(one, other)| tables::check_tally(one, other, self.db, &mut sink))
            .map_err(|error| failed.push(error))
            .ok();
        match failed.pop() {
            Some(error) if sink.findings.is_empty() => return Err(error),
            // A damaged file: what was found says more than what stopped the search.
            Some(error) => sink.add(Finding::new(Fault::FileDamaged).found(error)),
            None => {}
        }
        Ok(Checked {
            batches: journal.as_ref().map_or(0, |journal| journal.batches),
            entries: journal.as_ref().map_or(0, |journal| journal.entries),
            root: journal.map_or_else(empty_root, |journal| journal.root),
            records: records.unwrap_or(0),
            findings: sink.findings,
            more: sink.more,
        })
    }
}

/// What one part of the check came to, and what it found.
struct Part<'a, T> {
    result: Result<T, Error>,
    sink: Sink<'a>,
}

impl<'a, T> Part<'a, T> {
    fn of(
        db: &mut Db,
        progress: Progress<'a>,
        check: impl FnOnce(&mut Db, &mut Sink<'a>) -> Result<T, Error>,
    ) -> Self {
        let mut sink = Sink::new(progress);
        let result = check(db, &mut sink);
        Self { result, sink }
    }

    /// The same on another connection, in a transaction of its own.
    fn aside(
        path: &Path,
        progress: Progress<'a>,
        check: impl FnOnce(&mut Db, &mut Sink<'a>) -> Result<T, Error>,
    ) -> Self {
        let mut sink = Sink::new(progress);
        let result = Store::connect(path, "ro").and_then(|mut store| {
            store.db.batch_execute(MAPPED)?;
            store.read(|reader| check(reader.db, &mut sink))
        });
        Self { result, sink }
    }
}

/// The result of a thread; a bug in it goes on as one in this thread.
fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread
        .join()
        .unwrap_or_else(|bug| std::panic::resume_unwind(bug))
}

/// SQLite's own check.
fn check_file(db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    let lines: Vec<Line> = diesel::sql_query("PRAGMA integrity_check").load(db)?;
    for line in lines.into_iter().filter(|line| line.line != "ok") {
        sink.add(Finding::new(Fault::FileDamaged).found(line.line));
    }
    Ok(())
}

/// Checks the journal alone against its tree and its batches; answers whether nothing is wrong with it.
pub(super) fn journal_holds(db: &mut Db, sink: &mut Sink<'_>) -> Result<bool, Error> {
    journal::check(db, sink)?;
    Ok(sink.findings.is_empty())
}
