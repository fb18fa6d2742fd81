//! Checks that nobody rewrote the registry: the file itself, the journal against its Merkle tree, and the tables against
//! the journal, the search index against the tables. It reads in pages, so that a long journal needs no more memory than a short one.

mod diff;
mod feed;
mod journal;
mod structure;
mod tables;
mod tally;
mod tree;

use std::path::Path;
use std::thread;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::backend::Db;
use super::finding::{Fault, Finding, Progress, Sink};
use super::medium::Way;
use super::schema::batch;
use super::{Error, Reader, Store, content, layout, links, search};
use crate::merkle::hash::{Hash, empty_root};
pub(crate) use diff::differences;
pub(super) use feed::last_entries;

/// Pages are read where the system has them, without a copy of each: everything is read once.
const MAPPED: &str = "PRAGMA mmap_size = 2147418112;";

/// Rows read at a time.
const PAGE: i64 = 2_000;

/// The result of a check.
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

impl Checked {
    /// Of a file whose tables are none.
    fn unreadable(sink: Sink<'_>) -> Self {
        Self {
            batches: 0,
            entries: 0,
            records: 0,
            root: empty_root(),
            findings: sink.findings,
            more: sink.more,
        }
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = integrity_check)]
    line: String,
}

impl Reader<'_> {
    /// Whether every table is a table, so that what is read of them comes from the file: nothing else may be asked of a registry
    /// that was not refused when it was opened.
    pub(crate) fn has_tables(&mut self) -> Result<bool, Error> {
        Ok(layout::has_tables(&layout::differences(self.db)?))
    }

    /// Checks everything in the registry at `path`, which is the one that is read here.
    ///
    /// The parts are checked side by side, each on a connection of its own that sees the same state. A part for which there is no
    /// thread, or which would see a later state, is checked on this connection after the others.
    ///
    /// `every_word` compares the search index word by word, however large it is.
    pub(crate) fn verify(
        &mut self,
        path: &Path,
        every_word: bool,
        progress: Progress<'_>,
    ) -> Result<Checked, Error> {
        let structure = Part::of(self.db, progress, &structure::check);
        if let Ok(false) = structure.result {
            return Ok(Checked::unreadable(structure.sink));
        }
        let beside = Beside {
            path,
            way: Way::beside(self.db),
            last: last_batch(self.db),
            progress,
        };
        let check_links = |db: &mut Db, sink: &mut Sink<'_>| {
            links::check(db, sink)?;
            content::check(db, sink)?;
            search::check(every_word, db, sink)
        };
        let (file, journal, tables, links) = thread::scope(|scope| {
            let file = beside.start(scope, &check_file);
            let journal = beside.start(scope, &journal::check);
            let links = beside.start(scope, &check_links);
            let tables = Part::of(self.db, progress, &tables::check);
            (
                beside.finish(file, &check_file, self.db),
                beside.finish(journal, &journal::check, self.db),
                tables,
                beside.finish(links, &check_links, self.db),
            )
        });
        let mut sink = Sink::new(progress);
        for part in [
            structure.sink,
            file.sink,
            journal.sink,
            tables.sink,
            links.sink,
        ] {
            sink.take(part);
        }
        sink.leave_out_followers();
        let mut failed: Vec<Error> = [
            structure.result.err(),
            file.result.err(),
            links.result.err(),
        ]
        .into_iter()
        .flatten()
        .collect();
        let journal = journal.result.map_err(|error| failed.push(error)).ok();
        let records = tables.result.map_err(|error| failed.push(error)).ok();
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

/// What one part of the check does.
type Check<'a, T> = &'a (dyn Fn(&mut Db, &mut Sink<'_>) -> Result<T, Error> + Sync);

/// The result of one part of the check, and its findings.
struct Part<'a, T> {
    result: Result<T, Error>,
    sink: Sink<'a>,
}

impl<'a, T> Part<'a, T> {
    fn of(db: &mut Db, progress: Progress<'a>, check: Check<'_, T>) -> Self {
        let mut sink = Sink::new(progress);
        let result = check(db, &mut sink);
        Self { result, sink }
    }
}

/// How parts are checked on other connections.
#[derive(Clone, Copy)]
struct Beside<'a> {
    path: &'a Path,
    way: Way,
    /// The last batch that this connection sees: another one that sees it too sees the same state.
    last: Option<i64>,
    progress: Progress<'a>,
}

/// A part that is being checked, if there is a thread for it; nothing comes of it when the state was another.
type Running<'scope, 'a, T> = Option<thread::ScopedJoinHandle<'scope, Option<Part<'a, T>>>>;

impl<'a> Beside<'a> {
    fn start<'scope, T: Send + 'scope>(
        self,
        scope: &'scope thread::Scope<'scope, '_>,
        check: Check<'scope, T>,
    ) -> Running<'scope, 'a, T>
    where
        'a: 'scope,
    {
        let work = move || self.check(check);
        thread::Builder::new().spawn_scoped(scope, work).ok()
    }

    fn check<T>(&self, check: Check<'_, T>) -> Option<Part<'a, T>> {
        let mut store = Store::connect(self.path, self.way).ok()?;
        store.db.batch_execute(MAPPED).ok()?;
        let looked = store.read(|reader| {
            let is_same = last_batch(reader.db) == self.last;
            Ok::<_, Error>(is_same.then(|| Part::of(reader.db, self.progress, check)))
        });
        looked.ok()?
    }

    /// Waits for a part; one of which nothing came is checked now.
    fn finish<T>(
        &self,
        running: Running<'_, 'a, T>,
        check: Check<'_, T>,
        db: &mut Db,
    ) -> Part<'a, T> {
        let joined = |thread: thread::ScopedJoinHandle<'_, Option<Part<'a, T>>>| {
            // A bug in it goes on as one in this thread.
            thread
                .join()
                .unwrap_or_else(|bug| std::panic::resume_unwind(bug))
        };
        running
            .and_then(joined)
            .unwrap_or_else(|| Part::of(db, self.progress, check))
    }
}

/// The last batch that a connection sees; None when that cannot be read.
fn last_batch(db: &mut Db) -> Option<i64> {
    batch::table
        .select(diesel::dsl::max(batch::number))
        .first(db)
        .ok()?
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
