//! An older registry brought up to the current schema: in one transaction, so that whatever stops the program leaves the old
//! registry or the new one.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::backend::Db;
use super::draft::{Draft, with_suffix};
use super::file::Backup;
use super::finding::Sink;
use super::medium::Way;
use super::open::{SCHEMA, apply_migrations, schema_of};
use super::server::Server;
use super::{Access, Error, Store, layout, rebuild};
use crate::message::is_server;

impl Store {
    /// Brings an older registry up to the current schema, after keeping a copy of it; tells where the copy is.
    /// A registry of the current schema is left as it is.
    ///
    /// # Errors
    /// [`Error::Layout`] when the file has objects that are not the program's, [`Error::Unproved`] when its journal does not
    /// agree with its tree. The file is as it was then.
    pub(crate) fn migrate(path: &Path) -> Result<Option<PathBuf>, Error> {
        if is_server(path) {
            // The journal alone is there, and nothing of it changes: a copy would keep nothing.
            Server::update(path)?;
            return Ok(None);
        }
        let (mut store, found) = Self::open_any_schema(path, Access::Write)?;
        let known = SCHEMA;
        if found > known {
            let path = path.to_owned();
            return Err(Error::Newer { path, found, known });
        }
        let copy = store.bring_up_to_date(|found| keep_copy(path, found))?;
        if copy.is_some() {
            // Somebody may be reading: then the next migration adds it.
            let _ = store.add_log();
        }
        Ok(copy)
    }

    /// Applies the migrations that the file lacks, makes every table anew from the journal and checks the result. `before` is
    /// called with the old schema while nobody else can write; without anything to do, it is not called.
    pub(super) fn bring_up_to_date<T>(
        &mut self,
        before: impl FnOnce(i64) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let opened = self.opened.clone();
        self.transacted(|db| {
            opened.still_there()?;
            let found = schema_of(db)?;
            if found == SCHEMA {
                return Ok((None, false));
            }
            let kept = before(found)?;
            apply_migrations(db)?;
            if schema_of(db)? != SCHEMA {
                let why = message!("why-schema-of-others", found);
                return Err(Error::Migration(why));
            }
            // What another program added is refused; what earlier releases did not make yet is made.
            layout::refuse_foreign(db)?;
            layout::mend(db)?;
            rebuild::project(db, &mut Sink::new(&|_| {}))?;
            refuse_damaged(db)?;
            Ok((Some(kept), true))
        })
    }
}

/// SQLite's own check of what will be committed.
fn refuse_damaged(db: &mut Db) -> Result<(), Error> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        integrity_check: String,
    }
    let lines: Vec<Line> = diesel::sql_query("PRAGMA integrity_check").load(db)?;
    if lines.iter().any(|line| line.integrity_check != "ok") {
        return Err(Error::Corrupt);
    }
    Ok(())
}

/// Copies the registry at `path`, to which nobody can write, to a file beside it that is named after its schema. A copy that is
/// there already, from a migration that was stopped, is good enough when it is the same.
fn keep_copy(path: &Path, schema: i64) -> Result<PathBuf, Error> {
    let placing = |to: &Path, cause| Error::Place {
        path: to.to_owned(),
        cause,
    };
    let mut copy = with_suffix(path, &format!(".schema-{schema}"));
    let mut draft = Draft::beside(&copy, Some(path)).map_err(|cause| placing(&copy, cause))?;
    Backup {
        from: path,
        way: Way::Beside,
        to: draft.path(),
    }
    .run()?;
    for number in 2.. {
        match draft.place(&copy) {
            Ok(()) => break,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if is_same(draft.path(), &copy).unwrap_or(false) {
                    break;
                }
                copy = with_suffix(path, &format!(".schema-{schema}-{number}"));
            }
            Err(cause) => return Err(placing(&copy, cause)),
        }
    }
    Ok(copy)
}

/// Whether two files have the same bytes.
fn is_same(one: &Path, other: &Path) -> io::Result<bool> {
    let (one, other) = (fs::File::open(one)?, fs::File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut one, mut other) = (
        io::BufReader::new(one).bytes(),
        io::BufReader::new(other).bytes(),
    );
    loop {
        match (one.next().transpose()?, other.next().transpose()?) {
            (None, None) => return Ok(true),
            (left, right) if left != right => return Ok(false),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_registry_is_brought_up_to_date_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("registry.db");
        let older = SCHEMA - 1;
        Store::with_schema(&path, older);
        let before = fs::read(&path).expect("the old file");
        let refused = Store::open(&path, Access::Read).err();
        assert!(matches!(refused, Some(Error::Older { found, .. }) if found == older));
        let copy = Store::migrate(&path).expect("migrated").expect("a copy");
        assert!(Store::open(&path, Access::Write).is_ok());
        assert!(matches!(Store::migrate(&path), Ok(None)), "once is enough");
        let (_, schema) = Store::open_any_schema(&copy, Access::Read).expect("the copy opens");
        assert_eq!(schema, older);
        assert_eq!(before.len(), fs::read(&copy).expect("the copy").len());
    }

    #[test]
    fn a_copy_of_a_migration_that_was_stopped_is_no_obstacle() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("registry.db");
        Store::with_schema(&path, SCHEMA - 1);
        let copy = keep_copy(&path, 1).expect("a copy");
        assert_eq!(keep_copy(&path, 1).expect("the same"), copy);
        fs::write(&copy, "half of it").expect("a half-written copy");
        let other = keep_copy(&path, 1).expect("another copy");
        assert_eq!(other, with_suffix(&path, ".schema-1-2"));
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 3);
    }

    #[test]
    fn what_is_refused_stays_as_it_was() {
        use diesel::connection::SimpleConnection as _;

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("registry.db");
        Store::with_schema(&path, SCHEMA - 1);
        let (mut store, _) = Store::open_any_schema(&path, Access::Write).expect("the old file");
        let foreign = "CREATE TRIGGER quiet AFTER INSERT ON project BEGIN DELETE FROM project; END";
        store.db.batch_execute(foreign).expect("a foreign trigger");
        drop(store);
        let before = fs::read(&path).expect("the old file");
        let refused = Store::migrate(&path).expect_err("refused").to_string();
        assert!(
            refused.contains("the trigger quiet is not part of a registry"),
            "{refused}"
        );
        assert_eq!(fs::read(&path).expect("the file"), before);
    }
}
