//! Makes every table anew from the journal alone.

use diesel::prelude::*;

use super::backend::Db;
use super::deferred::{Deferred, go_on};
use super::finding::{Progress, Sink};
use super::journal::Said;
use super::links::CHILDREN;
use super::projection::Projection;
use super::record::Kind;
use super::schema::entry;
use super::verify::{self, last_entries};
use super::{Error, Store, layout};

impl Store {
    /// Empties every table but those of the journal and of the kept documents, and fills them from the last documents, in one transaction. Views,
    /// triggers and indexes are made as they should be. Answers how many records there are. The journal does not change, so
    /// this is not a batch.
    ///
    /// # Errors
    /// [`Error::Unproved`] when the journal does not agree with its tree: what is not trusted is not projected.
    /// [`Error::Layout`] when a table is not as the program made it.
    pub(crate) fn rebuild(&mut self, progress: Progress<'_>) -> Result<usize, Error> {
        let mut sink = Sink::new(progress);
        self.transacted(|db| {
            layout::refuse_other_tables(db)?;
            layout::mend(db)?;
            Ok((project(db, &mut sink)?, true))
        })
    }
}

/// Makes every table anew within a transaction; answers how many records there are.
pub(super) fn project(db: &mut Db, sink: &mut Sink<'_>) -> Result<usize, Error> {
    if !verify::journal_holds(db, sink)? {
        return Err(Error::Unproved);
    }
    clear(db)?;
    let mut deferred = Deferred::default();
    let filled = fill(&mut deferred, db, sink);
    deferred.give_up(db);
    let records = filled?;
    super::tally::recount(db)?;
    Ok(records)
}

fn clear(db: &mut Db) -> QueryResult<()> {
    super::search::clear(db)?;
    let children = CHILDREN.iter().map(|child| child.table);
    let records = Kind::ALL.iter().rev().map(|kind| kind.word());
    for table in children.chain(records) {
        diesel::sql_query(format!("DELETE FROM {table}")).execute(db)?;
    }
    Ok(())
}

/// From so many entries on, the schema is asked at the end.
const MANY: i64 = 10_000;

fn fill(deferred: &mut Deferred, db: &mut Db, sink: &mut Sink<'_>) -> Result<usize, Error> {
    if entry::table.count().get_result::<i64>(db)? >= MANY {
        deferred.leave_checks(db)?;
        deferred.leave_indexes(db)?;
    }
    let mut records = 0;
    let mut projection = Projection::default();
    for kind in Kind::ALL.iter().copied() {
        let mut after: Option<String> = None;
        loop {
            let entries = last_entries(kind, after.as_deref(), db)?;
            let Some(last) = entries.last() else {
                break;
            };
            after = Some(last.code.clone());
            sink.advance(entries.len());
            for entry in &entries {
                let cause = |cause| Error::Document {
                    kind,
                    code: entry.code.clone(),
                    cause,
                };
                let said = Said::read(&entry.bytes).map_err(cause)?;
                if !said.is_removal() {
                    let document = kind.read(said.document.get()).map_err(cause)?;
                    projection.add(&document, entry.number, db)?;
                    records += 1;
                }
            }
        }
    }
    projection.finish(db)?;
    deferred.settle(db, &go_on)?;
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }

    #[test]
    fn every_table_is_the_journals_or_made_from_it() {
        let mut store = Store::in_memory().expect("memory");
        let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'
            AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND name NOT IN ('batch', 'entry', 'tile', 'content', 'account', 'session', 'draft') ORDER BY name";
        let found: Vec<Name> = diesel::sql_query(sql).load(&mut store.db).expect("tables");
        let mut known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        known.extend(CHILDREN.iter().map(|child| child.table));
        known.push("tally"); // made from the documents too, as search_index is
        known.sort_unstable();
        let found: Vec<&str> = found.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(found, known, "a table that verify and rebuild do not know");
    }
}
