//! What a large batch leaves to its end: the conditions of the schema, and the indexes by which projects are listed.
//!
//! Row by row, both take about as long as writing the rows; for all rows at once, a fraction of it.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::backend::Db;
use super::{Error, values};

const CHECKS_OFF: &str = "PRAGMA ignore_check_constraints = ON;";
const CHECKS_ON: &str = "PRAGMA ignore_check_constraints = OFF;";

/// The indexes of projects and of what belongs to them, but for those that the keys of the tables have.
const INDEXES: &str = "SELECT name, sql FROM sqlite_schema
    WHERE type = 'index' AND sql IS NOT NULL
        AND tbl_name IN ('project', 'project_host', 'project_objective', 'project_identifier', 'participation', 'event',
                         'amount', 'risk', 'citation')
    ORDER BY rowid";

/// What is left to the end. Should the batch fail, the indexes come back with everything else, and the checks must be turned on
/// again.
#[derive(Debug, Default)]
pub(super) struct Deferred {
    checks: bool,
    indexes: Indexes,
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

impl Deferred {
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
        }
        Ok(())
    }

    /// Makes the indexes, if they were left: whoever deletes a record needs them, to see what refers to it.
    pub(super) fn make_indexes(&mut self, db: &mut Db) -> QueryResult<()> {
        if let Indexes::Left(indexes) = &mut self.indexes {
            let indexes = std::mem::take(indexes);
            self.indexes = Indexes::Made;
            for index in indexes {
                db.batch_execute(&index.sql)?;
            }
        }
        Ok(())
    }

    /// Does what was left.
    ///
    /// # Errors
    /// [`Error::Constraint`] when something that was written does not stand up to the schema.
    pub(super) fn settle(&mut self, db: &mut Db) -> Result<(), Error> {
        self.make_indexes(db)?;
        if std::mem::take(&mut self.checks) {
            db.batch_execute(CHECKS_ON)?;
            values::check(db)?;
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
        deferred.settle(&mut store.db).expect("made");
        assert_eq!(schema(&mut store), before);
        // Not again in the same batch.
        deferred.leave_indexes(&mut store.db).expect("kept");
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
        let refused = deferred.settle(&mut store.db);
        assert!(matches!(refused, Err(Error::Constraint(_))), "{refused:?}");
    }
}
