//! What a large batch leaves to its end: the conditions of the schema, the indexes by which projects are listed, and whether what
//! a record refers to is there.
//!
//! Row by row, they take longer than writing the rows; for all rows at once, a fraction of it.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::backend::Db;
use super::open::FOR_WRITING;
use super::search::{self, Merging};
use super::{Error, links, values};

/// What records refer to is not looked for. Links are deferred in any case: SQLite would refuse a broken one at the end of the
/// transaction.
pub(super) const LINKS_OFF: &str = "PRAGMA foreign_keys = OFF;";
pub(super) const LINKS_ON: &str = "PRAGMA foreign_keys = ON;";

const CHECKS_OFF: &str = "PRAGMA ignore_check_constraints = ON;";
const CHECKS_ON: &str = "PRAGMA ignore_check_constraints = OFF;";

/// The indexes of projects and of what belongs to them, but for those that the keys of the tables have, and for that of the
/// identifiers: whether another project has one is asked for each project that is recorded.
const INDEXES: &str = "SELECT name, sql FROM sqlite_schema
    WHERE type = 'index' AND sql IS NOT NULL
        AND tbl_name IN ('project', 'project_host', 'project_objective', 'participation', 'event', 'amount', 'risk', 'citation')
    ORDER BY rowid";

/// Indexes are sorted in runs that a processor's own memory holds, two of them beside whatever is read: that takes three fifths of
/// the time of runs as long as the pages of a batch have room.
const SORTING: &str = "PRAGMA threads = 2; PRAGMA cache_size = -4096;";
const SORTED: &str = "PRAGMA threads = 0;";

/// What is left to the end. Should the batch fail, the indexes come back with everything else, and the checks must be turned on
/// again.
#[derive(Debug, Default)]
pub(super) struct Deferred {
    checks: bool,
    indexes: Indexes,
    links: Links,
}

/// Whether SQLite looks for what records refer to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Links {
    /// Row by row.
    #[default]
    Kept,
    /// Not yet, of rows that were written.
    Left,
    /// All were there, of the rows that were written so far.
    Found,
}

#[derive(Debug, Default)]
enum Indexes {
    #[default]
    Kept,
    /// To be made anew.
    Left(Vec<Index>),
    /// Once in a batch is enough: making them takes as long as all that is there.
    Made,
}

#[derive(Debug, QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

/// For those who do not stop.
pub(super) fn go_on() -> Result<(), Error> {
    Ok(())
}

impl Deferred {
    pub(super) fn with(links: Links) -> Self {
        Self {
            links,
            ..Self::default()
        }
    }

    /// Notes that records came or went.
    pub(super) fn wrote(&mut self) {
        if self.links == Links::Found {
            self.links = Links::Left;
        }
    }

    /// From now on, the schema does not check what is written.
    pub(super) fn leave_checks(&mut self, db: &mut Db) -> QueryResult<()> {
        if !std::mem::replace(&mut self.checks, true) {
            db.batch_execute(CHECKS_OFF)?;
        }
        Ok(())
    }

    /// From now on, there are no indexes of projects: what is read through them is read slowly.
    pub(super) fn leave_indexes(&mut self, db: &mut Db) -> QueryResult<()> {
        if let Indexes::Kept = self.indexes {
            let indexes: Vec<Index> = diesel::sql_query(INDEXES).load(db)?;
            for index in &indexes {
                db.batch_execute(&format!("DROP INDEX {}", index.name))?;
            }
            self.indexes = Indexes::Left(indexes);
            search::merge(Merging::Late, db)?;
        }
        Ok(())
    }

    /// Makes the indexes, if they were left: whoever deletes a record needs them, to see what refers to it. `between` is asked
    /// before each whether to go on.
    pub(super) fn make_indexes<E: From<Error>>(
        &mut self,
        db: &mut Db,
        between: &dyn Fn() -> Result<(), E>,
    ) -> Result<(), E> {
        if let Indexes::Left(indexes) = &mut self.indexes {
            let indexes = std::mem::take(indexes);
            self.indexes = Indexes::Made;
            search::merge(Merging::Early, db).map_err(Error::from)?;
            db.batch_execute(SORTING).map_err(Error::from)?;
            let made = indexes.iter().try_for_each(|index| -> Result<(), E> {
                between()?;
                Ok(db.batch_execute(&index.sql).map_err(Error::from)?)
            });
            db.batch_execute(SORTED).map_err(Error::from)?;
            db.batch_execute(FOR_WRITING).map_err(Error::from)?;
            made?;
        }
        Ok(())
    }

    /// Does what was left; `between` is asked between its parts whether to go on.
    ///
    /// # Errors
    /// Those of `between`; [`Error::Constraint`] when something that was written does not stand up to the schema.
    pub(super) fn settle<E: From<Error>>(
        &mut self,
        db: &mut Db,
        between: &dyn Fn() -> Result<(), E>,
    ) -> Result<(), E> {
        self.make_indexes(db, between)?;
        if std::mem::take(&mut self.checks) {
            db.batch_execute(CHECKS_ON).map_err(Error::from)?;
            values::check(db, between)?;
        }
        if self.links == Links::Left {
            between()?;
            links::all_linked(db)?;
            self.links = Links::Found;
        }
        Ok(())
    }

    /// Lets the schema check again after a batch that failed.
    pub(super) fn give_up(&mut self, db: &mut Db) {
        if std::mem::take(&mut self.checks) {
            let _ = db.batch_execute(CHECKS_ON);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;

    fn schema(store: &mut Store) -> Vec<(String, String)> {
        let sql = "SELECT name, coalesce(sql, '') AS sql FROM sqlite_schema ORDER BY name, sql";
        let rows: Vec<Index> = diesel::sql_query(sql).load(&mut store.db).expect("schema");
        rows.into_iter().map(|row| (row.name, row.sql)).collect()
    }

    #[test]
    fn what_was_left_is_made_as_it_was() {
        let mut store = Store::seeded_in_memory();
        let before = schema(&mut store);
        let mut deferred = Deferred::default();
        deferred.leave_checks(&mut store.db).expect("left");
        deferred.leave_indexes(&mut store.db).expect("left");
        deferred.leave_indexes(&mut store.db).expect("left already");
        assert_eq!(before.len() - schema(&mut store).len(), 15);
        deferred.settle(&mut store.db, &go_on).expect("made");
        assert_eq!(schema(&mut store), before);
        // Not again in the same batch.
        deferred.leave_indexes(&mut store.db).expect("kept");
        assert_eq!(schema(&mut store), before);
        let wrong = "UPDATE project SET mode = 'nonsense' WHERE code = 'P-0003'";
        assert!(diesel::sql_query(wrong).execute(&mut store.db).is_err());
    }

    /// What a million projects ask for, one by one, while they are recorded.
    #[test]
    fn what_a_batch_asks_for_is_found_without_reading_everything() {
        let mut store = Store::seeded_in_memory();
        let mut deferred = Deferred::default();
        deferred.leave_indexes(&mut store.db).expect("left");
        #[derive(QueryableByName)]
        struct Step {
            #[diesel(sql_type = Text)]
            detail: String,
        }
        for question in [
            "SELECT project FROM project_identifier WHERE scheme = '' AND identifier = ''",
            "SELECT code FROM project WHERE forum = '' AND list_number = 1",
            "SELECT * FROM project WHERE code = ''",
            "SELECT * FROM participation WHERE project BETWEEN '' AND '' ORDER BY project, number",
            "SELECT code FROM source WHERE url = ''",
            "SELECT * FROM party WHERE code = ''",
        ] {
            let steps = diesel::sql_query(format!("EXPLAIN QUERY PLAN {question}"));
            let steps: Vec<Step> = steps.load(&mut store.db).expect(question);
            let is_found = |step: &Step| step.detail.starts_with("SEARCH");
            assert!(steps.iter().all(is_found), "{question}");
        }
    }

    #[test]
    fn whoever_is_asked_can_stop_between_the_parts() {
        let mut store = Store::seeded_in_memory();
        let mut count = |part: usize| {
            let mut deferred = Deferred::default();
            let asked = std::cell::Cell::new(0);
            let done = store.db.transaction(|db| {
                deferred.leave_checks(db)?;
                deferred.leave_indexes(db)?;
                deferred.settle(db, &|| {
                    asked.set(asked.get() + 1);
                    if asked.get() == part {
                        return Err(Error::NotEmpty);
                    }
                    Ok(())
                })
            });
            deferred.give_up(&mut store.db);
            assert_eq!(done.is_ok(), asked.get() < part, "{done:?}");
            asked.get()
        };
        let before = schema(&mut Store::seeded_in_memory());
        let parts = count(usize::MAX);
        assert!(parts > 30);
        assert_eq!([1, 7, parts].map(&mut count), [1, 7, parts]);
        assert_eq!(schema(&mut store), before);
        let wrong = "UPDATE project SET mode = 'nonsense' WHERE code = 'P-0003'";
        assert!(diesel::sql_query(wrong).execute(&mut store.db).is_err());
    }

    #[test]
    fn what_is_there_twice_is_refused_when_the_indexes_are_made() {
        let mut store = Store::seeded_in_memory();
        let mut deferred = Deferred::default();
        deferred.leave_indexes(&mut store.db).expect("left");
        let twice = "INSERT INTO project_host SELECT project, number + 10, country FROM project_host WHERE project = 'P-0003'";
        diesel::sql_query(twice)
            .execute(&mut store.db)
            .expect("nobody looks yet");
        let refused = deferred.settle(&mut store.db, &go_on);
        assert!(matches!(refused, Err(Error::Constraint(_))), "{refused:?}");
    }
}
