//! What a server gets: entries, batches and documents of the file in which they were made.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::query_dsl::methods::ExecuteDsl;
use diesel::sql_types::{Array, BigInt, Binary, Nullable, Text};

use super::Server;
use crate::merkle::tree;
use crate::store::backend::Db;
use crate::store::schema::{batch, content, entry};
use crate::store::server::Head;
use crate::store::tiles::TileTable;
use crate::store::{Batch, Error};

/// Rows that are sent in one statement.
const TOGETHER: usize = 1_000;

const ENTRIES: &str = "INSERT INTO entry (number, batch, kind, record_id, code, bytes)
    SELECT * FROM unnest($1, $2, $3, $4, $5, $6)";

const BATCHES: &str = "INSERT INTO batch (number, recorded_at, actor, command, reason, undoes, first_entry, entries, root)
    SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS row (number) ORDER BY number";

const CONTENT: &str = "INSERT INTO content (sha256, bytes) VALUES ($1, $2)";

type EntryRow = (i64, i64, String, Option<String>, String, String);

impl Server {
    /// Sends what `db` has after `head`; without one, everything, and the id of the registry, which this founds.
    pub(in crate::store) fn push(
        &mut self,
        head: Option<&Head>,
        id: &str,
        db: &mut Db,
    ) -> Result<(), Error> {
        let (size, batches) = head.map_or((0, 0), |head| (head.size, head.batches));
        if head.is_none() {
            let founded = diesel::sql_query("UPDATE registry SET id = $1");
            self.run(founded.bind::<Text, _>(id))?;
        }
        self.push_entries(size, db)?;
        self.push_batches(batches, db)?;
        self.push_contents(head.map_or(0, |head| head.contents), db)
    }

    fn push_entries(&mut self, from: i64, db: &mut Db) -> Result<(), Error> {
        let mut next = from;
        loop {
            let rows = entry::table
                .filter(entry::number.ge(next))
                .order(entry::number);
            let rows: Vec<EntryRow> = rows.limit(TOGETHER as i64).load(db)?;
            let Some((last, ..)) = rows.last() else {
                return Ok(());
            };
            next = last + 1;
            let insert = diesel::sql_query(ENTRIES)
                .bind::<Array<BigInt>, _>(column(&rows, |row| row.0))
                .bind::<Array<BigInt>, _>(column(&rows, |row| row.1))
                .bind::<Array<Text>, _>(column(&rows, |row| row.2.as_str()))
                .bind::<Array<Nullable<Text>>, _>(column(&rows, |row| row.3.as_deref()))
                .bind::<Array<Text>, _>(column(&rows, |row| row.4.as_str()))
                .bind::<Array<Text>, _>(column(&rows, |row| row.5.as_str()));
            self.run(insert)?;
        }
    }

    fn push_batches(&mut self, after: i64, db: &mut Db) -> Result<(), Error> {
        let rows = Batch::query()
            .filter(batch::number.gt(after))
            .order(batch::number);
        let rows: Vec<Batch> = rows.load(db)?;
        for rows in rows.chunks(TOGETHER) {
            let roots = rows.iter().map(|batch| {
                let size = u64::try_from(batch.first_entry + batch.entries).unwrap_or_default();
                let root = tree::root(size, &mut TileTable(db)).map_err(Error::tree)?;
                Ok(root.as_bytes().to_vec())
            });
            let roots = roots.collect::<Result<Vec<_>, Error>>()?;
            let insert = diesel::sql_query(BATCHES)
                .bind::<Array<BigInt>, _>(column(rows, |row| row.number))
                .bind::<Array<Text>, _>(column(rows, |row| row.recorded_at.to_string()))
                .bind::<Array<Text>, _>(column(rows, |row| row.actor.as_str()))
                .bind::<Array<Text>, _>(column(rows, |row| row.command.as_str()))
                .bind::<Array<Nullable<Text>>, _>(column(rows, |row| row.reason.as_deref()))
                .bind::<Array<Nullable<BigInt>>, _>(column(rows, |row| row.undoes))
                .bind::<Array<BigInt>, _>(column(rows, |row| row.first_entry))
                .bind::<Array<BigInt>, _>(column(rows, |row| row.entries))
                .bind::<Array<Binary>, _>(roots);
            self.run(insert)?;
        }
        Ok(())
    }

    fn push_contents(&mut self, held: i64, db: &mut Db) -> Result<(), Error> {
        let kept: Vec<String> = content::table.select(content::sha256).load(db)?;
        if i64::try_from(kept.len()).is_ok_and(|kept| kept <= held) {
            return Ok(());
        }
        let known = self.contents()?;
        for sha256 in kept.iter().filter(|sha256| !known.contains(*sha256)) {
            let bytes: Vec<u8> = content::table
                .find(sha256)
                .select(content::bytes)
                .first(db)?;
            let insert = diesel::sql_query(CONTENT)
                .bind::<Text, _>(sha256)
                .bind::<Binary, _>(bytes);
            self.run(insert)?;
        }
        Ok(())
    }

    fn run(
        &mut self,
        statement: impl RunQueryDsl<PgConnection> + ExecuteDsl<PgConnection>,
    ) -> Result<(), Error> {
        let done = RunQueryDsl::execute(statement, &mut self.db);
        done.map(drop).map_err(|error| self.failed(error))
    }
}

/// One column of some rows.
fn column<'r, R, T>(rows: &'r [R], value: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}
