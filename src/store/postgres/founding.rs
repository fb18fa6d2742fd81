//! A registry founded in an empty database, and an older one brought up to date.

use std::path::Path;

use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use super::Server;
use crate::message::Message;
use crate::store::Error;
use crate::store::error::ServerError;

pub(super) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

const SURROUNDINGS: &str = "SELECT current_setting('server_encoding') AS encoding,
        to_regclass('registry') IS NOT NULL AS has_registry,
        (SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'v', 'm', 'p', 'f')) AS tables,
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
        pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS is_standby";

#[derive(QueryableByName)]
struct Surroundings {
    #[diesel(sql_type = Text)]
    encoding: String,
    #[diesel(sql_type = Bool)]
    has_registry: bool,
    #[diesel(sql_type = BigInt)]
    tables: i64,
    #[diesel(sql_type = Bool)]
    may_create: bool,
    #[diesel(sql_type = Bool)]
    is_standby: bool,
}

impl Server {
    /// Begins a transaction that founds a registry in a database which has nothing in it.
    ///
    /// # Errors
    /// When something is there, or the database does not fit.
    pub(in crate::store) fn found(&mut self) -> Result<(), Error> {
        let around: Surroundings = self.one(diesel::sql_query(SURROUNDINGS))?;
        if around.has_registry {
            self.head()?;
            return Err(Error::Exists(self.address.clone()));
        }
        if around.tables > 0 {
            return Err(Error::NotARegistry(self.address.clone()));
        }
        if around.encoding != "UTF8" {
            let (address, found) = (self.address.clone(), around.encoding);
            return Err(ServerError::Encoding { address, found }.into());
        }
        if around.is_standby {
            return Err(ServerError::Standby.into());
        }
        if !around.may_create {
            return Err(ServerError::NoRight("what-right-found").into());
        }
        self.begin("BEGIN")?;
        self.migrate()
    }

    /// Brings the tables of a registry up to date, and tells whether anything was to be done.
    pub(in crate::store) fn update(address: &Path) -> Result<bool, Error> {
        let mut server = Self::connect(address, true)?;
        match server.head() {
            Ok(_) => return Ok(false),
            Err(Error::Older { .. }) => {}
            Err(error) => return Err(error),
        }
        server.begin("BEGIN")?;
        server.migrate()?;
        AnsiTransactionManager::commit_transaction(&mut server.db)
            .map_err(|error| server.failed(error))?;
        Ok(true)
    }

    fn migrate(&mut self) -> Result<(), Error> {
        let done = self.db.run_pending_migrations(MIGRATIONS).map(drop);
        done.map_err(|error| Error::Migration(Message::foreign(error)))
    }

    /// Says why the head of the journal cannot be read.
    pub(super) fn why_no_registry(&mut self) -> Result<Error, Error> {
        let around: Surroundings = self.one(diesel::sql_query(SURROUNDINGS))?;
        let address = self.address.clone();
        Ok(match (around.has_registry, around.tables) {
            (false, 0) => ServerError::Empty(address).into(),
            (false, _) => Error::NotARegistry(address),
            (true, _) if !self.may_read()? => ServerError::NoRight("what-right-read").into(),
            (true, _) => Error::NotARegistry(address),
        })
    }

    fn may_read(&mut self) -> Result<bool, Error> {
        #[derive(QueryableByName)]
        struct May {
            #[diesel(sql_type = Bool)]
            may: bool,
        }
        let may: May = self.one(diesel::sql_query(
            "SELECT has_table_privilege('registry', 'SELECT') AS may",
        ))?;
        Ok(may.may)
    }
}
