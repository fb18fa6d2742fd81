//! PostgreSQL: the journal of a registry, as a server keeps it. No other module speaks to a server.

mod address;
mod founding;
mod pushing;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager as _};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as Sql};
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text};

use super::error::ServerError;
use super::server::{Head, ServerClock};
use super::{Error, Intent};
use crate::merkle::hash::{Hash, empty_root};
use crate::message::Message;

/// "TPMC".
const APPLICATION: i64 = 0x5450_4d43;
/// How many migrations of a server this program knows.
const VERSION: i64 = 1;

/// How long a writer waits while nobody else gets on, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

/// What the sessions of writers are called, so that others can tell who holds the lock.
const WRITER: &str = "tpmc: ";

/// A writer that has vanished is given up after a minute, so that its lock does not outlive it.
const WRITE: &str =
    "BEGIN; SET LOCAL tcp_keepalives_idle = 30; SET LOCAL tcp_keepalives_interval = 10;
    SET LOCAL tcp_keepalives_count = 3";

const HEAD: &str = "SELECT application, version, registry.id, pg_is_in_recovery() AS is_standby,
        coalesce(last.number, 0) AS batches, coalesce(last.first_entry + last.entries, 0) AS size, last.root,
        (SELECT count(*) FROM content) AS contents, (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS milliseconds
    FROM registry LEFT JOIN (SELECT * FROM batch ORDER BY number DESC LIMIT 1) AS last ON true";

const RIGHTS: &str =
    "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS is_standby,
        has_table_privilege('batch', 'INSERT') AND has_table_privilege('entry', 'INSERT')
        AND has_column_privilege('registry', 'turn', 'UPDATE') AS may_write";

/// Only one session has the row; the others see none.
const TURN: &str = "SELECT turn AS number FROM registry FOR UPDATE SKIP LOCKED";

const HOLDER: &str = "SELECT pid, coalesce(usename, '') AS role, application_name AS what FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'tpmc: %' AND pid <> pg_backend_pid()
    ORDER BY backend_start LIMIT 1";

/// A connection to the server of a registry.
pub(super) struct Server {
    db: PgConnection,
    address: PathBuf,
    clock: Option<ServerClock>,
}

#[derive(QueryableByName)]
struct HeadRow {
    #[diesel(sql_type = BigInt)]
    application: i64,
    #[diesel(sql_type = BigInt)]
    version: i64,
    #[diesel(sql_type = Nullable<Text>)]
    id: Option<String>,
    #[diesel(sql_type = Bool)]
    is_standby: bool,
    #[diesel(sql_type = BigInt)]
    batches: i64,
    #[diesel(sql_type = BigInt)]
    size: i64,
    #[diesel(sql_type = Nullable<Binary>)]
    root: Option<Vec<u8>>,
    #[diesel(sql_type = BigInt)]
    contents: i64,
    #[diesel(sql_type = BigInt)]
    milliseconds: i64,
}

#[derive(QueryableByName)]
struct Rights {
    #[diesel(sql_type = Bool)]
    is_standby: bool,
    #[diesel(sql_type = Bool)]
    may_write: bool,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Bytes {
    #[diesel(sql_type = Binary)]
    bytes: Vec<u8>,
}

#[derive(QueryableByName)]
struct Words {
    #[diesel(sql_type = Text)]
    text: String,
}

#[derive(QueryableByName)]
struct Holder {
    #[diesel(sql_type = Integer)]
    pid: i32,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Text)]
    what: String,
}

impl Server {
    /// Connects to the database at `address`. Of several servers, `writes` takes the one that can be written to.
    pub(super) fn connect(address: &Path, writes: bool) -> Result<Self, Error> {
        let text = address::complete(address, writes)?;
        let db = PgConnection::establish(&text).map_err(|error| {
            let lines = error.to_string();
            let lines: Vec<&str> = lines.lines().map(str::trim).collect();
            ServerError::Unreachable {
                address: address.to_owned(),
                why: Message::foreign(lines.join(" ")),
            }
        })?;
        Ok(Self {
            db,
            address: address.to_owned(),
            clock: None,
        })
    }

    /// Returns the session that holds the right to write; none when nobody does, or the server does not say.
    pub(super) fn holder(address: &Path) -> Option<Message> {
        let mut server = Self::connect(address, false).ok()?;
        let holder: Holder = diesel::sql_query(HOLDER).get_result(&mut server.db).ok()?;
        let what = holder.what.trim_start_matches(WRITER);
        let (role, process) = (&holder.role, holder.pid);
        Some(message!("holder-on-server", what, role, process))
    }

    /// Returns its clock, once it was read.
    pub(super) fn clock(&self) -> Option<ServerClock> {
        self.clock
    }

    /// Returns how far the journal has come.
    ///
    /// # Errors
    /// When there is no registry of this program, or one of another release.
    pub(super) fn head(&mut self) -> Result<Head, Error> {
        let found = self.one::<HeadRow>(diesel::sql_query(HEAD));
        let row = match found {
            Ok(row) => row,
            Err(Error::Server(ServerError::Refused(_))) => return Err(self.why_no_registry()?),
            Err(error) => return Err(error),
        };
        self.clock = Some(ServerClock::says(row.milliseconds));
        let address = || self.address.clone();
        let Some(id) = row.id.filter(|_| row.application == APPLICATION) else {
            return Err(Error::NotARegistry(address()));
        };
        let (path, found, known) = (address(), row.version, VERSION);
        if found > known {
            return Err(Error::Newer { path, found, known });
        }
        if found < known {
            return Err(Error::Older { path, found, known });
        }
        let root = match row.root.as_deref().map(<[u8; 32]>::try_from) {
            None => empty_root(),
            Some(Ok(root)) => Hash::new(root),
            Some(Err(_)) => return Err(Error::NotARegistry(path)),
        };
        Ok(Head {
            id,
            batches: row.batches,
            size: row.size,
            root,
            contents: row.contents,
            is_standby: row.is_standby,
        })
    }

    /// Begins a transaction in which nobody else writes, and returns how far the journal has come in it.
    ///
    /// # Errors
    /// [`Error::Busy`] when another program holds the right to write, and does not get on for five seconds.
    pub(super) fn take_turn(&mut self, intent: &Intent) -> Result<Head, Error> {
        self.begin(WRITE)?;
        let rights: Rights = self.one(diesel::sql_query(RIGHTS))?;
        let refusal = match rights {
            Rights {
                is_standby: true, ..
            } => Some(ServerError::Standby),
            Rights {
                may_write: false, ..
            } => Some(ServerError::NoRight("what-right-record")),
            _ => None,
        };
        if let Some(refusal) = refusal {
            self.give_up();
            return Err(refusal.into());
        }
        let (mut begun, mut last) = (Instant::now(), None);
        while self.many::<Number>(diesel::sql_query(TURN))?.is_empty() {
            let row: Number = self.one(diesel::sql_query(
                "SELECT coalesce(max(number), 0) AS number FROM batch",
            ))?;
            if last.replace(row.number) != Some(row.number) {
                begun = Instant::now();
            }
            if begun.elapsed() > PATIENCE {
                self.give_up();
                return Err(Error::Busy);
            }
            thread::sleep(PAUSE);
        }
        let who = match intent.actor.is_ascii() {
            true => format!("{WRITER}{}, {}", intent.actor, intent.command),
            false => format!("{WRITER}{}", intent.command),
        };
        let name = diesel::sql_query("SELECT set_config('application_name', $1, true) AS text");
        self.one::<Words>(name.bind::<Text, _>(who))?;
        self.head()
    }

    /// Ends the transaction in which the batch with this number was pushed.
    ///
    /// # Errors
    /// [`ServerError::Unsure`] when the connection breaks off meanwhile.
    pub(super) fn commit(&mut self, batch: i64) -> Result<(), Error> {
        match AnsiTransactionManager::commit_transaction(&mut self.db) {
            Ok(()) => Ok(()),
            Err(error) => Err(match self.failed(error) {
                Error::Server(ServerError::BrokenOff) => ServerError::Unsure { batch }.into(),
                error => error,
            }),
        }
    }

    /// Takes back what was done since the transaction began.
    pub(super) fn give_up(&mut self) {
        let _ = AnsiTransactionManager::rollback_transaction(&mut self.db);
    }

    /// Returns the root over all entries up to the end of a batch, as the server has it.
    pub(super) fn root_of(&mut self, batch: i64) -> Result<Option<Vec<u8>>, Error> {
        let root = diesel::sql_query("SELECT root AS bytes FROM batch WHERE number = $1");
        let found: Vec<Bytes> = self.many(root.bind::<BigInt, _>(batch))?;
        Ok(found.into_iter().next().map(|row| row.bytes))
    }

    /// Returns the entries from one number on, up to before another.
    pub(super) fn entries(&mut self, from: i64, until: i64) -> Result<Vec<String>, Error> {
        let entries = diesel::sql_query(
            "SELECT bytes AS text FROM entry WHERE number >= $1 AND number < $2 ORDER BY number",
        );
        let entries = entries.bind::<BigInt, _>(from).bind::<BigInt, _>(until);
        let found: Vec<Words> = self.many(entries)?;
        Ok(found.into_iter().map(|row| row.text).collect())
    }

    /// Returns the SHA-256 of every document that is kept.
    pub(super) fn contents(&mut self) -> Result<BTreeSet<String>, Error> {
        let known = diesel::sql_query("SELECT sha256 AS text FROM content");
        let found: Vec<Words> = self.many(known)?;
        Ok(found.into_iter().map(|row| row.text).collect())
    }

    /// Returns a document that is kept.
    pub(super) fn content(&mut self, sha256: &str) -> Result<Option<Vec<u8>>, Error> {
        let one = diesel::sql_query("SELECT bytes FROM content WHERE sha256 = $1");
        let found: Vec<Bytes> = self.many(one.bind::<Text, _>(sha256))?;
        Ok(found.into_iter().next().map(|row| row.bytes))
    }

    fn begin(&mut self, sql: &str) -> Result<(), Error> {
        let begun = AnsiTransactionManager::begin_transaction_sql(&mut self.db, sql);
        begun.map_err(|error| self.failed(error))
    }

    fn many<'q, T>(
        &mut self,
        query: impl diesel::query_dsl::LoadQuery<'q, PgConnection, T>,
    ) -> Result<Vec<T>, Error> {
        let rows = query.internal_load(&mut self.db);
        let rows = rows.and_then(Iterator::collect);
        rows.map_err(|error| self.failed(error))
    }

    fn one<'q, T>(
        &mut self,
        query: impl diesel::query_dsl::LoadQuery<'q, PgConnection, T>,
    ) -> Result<T, Error> {
        let row = self.many(query)?.into_iter().next();
        row.ok_or_else(|| Error::NotARegistry(self.address.clone()))
    }

    /// Says why a statement failed; the transaction is given up.
    fn failed(&mut self, error: Sql) -> Error {
        use DatabaseErrorKind::{ClosedConnection, ReadOnlyTransaction, UnableToSendCommand};
        let is_lost = matches!(
            error,
            Sql::DatabaseError(ClosedConnection | UnableToSendCommand, _)
                | Sql::BrokenTransactionManager
        );
        // The words of the server are in its language: whether it still answers tells more.
        self.give_up();
        if is_lost || self.db.batch_execute("SELECT 1").is_err() {
            return ServerError::BrokenOff.into();
        }
        match error {
            Sql::DatabaseError(ReadOnlyTransaction, _) => ServerError::Standby.into(),
            Sql::DatabaseError(_, info) => {
                ServerError::Refused(Message::foreign(info.message())).into()
            }
            error => ServerError::Refused(Message::foreign(error)).into(),
        }
    }
}

#[cfg(test)]
mod tests;
