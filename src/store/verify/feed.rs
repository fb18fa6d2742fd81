//! The two sides that are compared, a page at a time and in the order of their codes: the last entry about each record of a
//! kind, and the records that the tables hold.

use std::collections::{HashMap, VecDeque};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};

use super::PAGE;
use crate::message::{Explain as _, Message};
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::record::{Document, Kind, Selection};
use crate::store::schema::project;

/// The last entry about a record.
#[derive(Debug, QueryableByName)]
pub(in crate::store) struct LastEntry {
    #[diesel(sql_type = BigInt)]
    pub(in crate::store) number: i64,
    #[diesel(sql_type = Text)]
    pub(in crate::store) code: String,
    #[diesel(sql_type = Binary)]
    pub(in crate::store) bytes: Vec<u8>,
}

/// SQLite picks the other columns from the row of the maximum.
const LAST_ENTRIES: &str =
    "SELECT max(number) AS number, code, CAST(bytes AS BLOB) AS bytes FROM entry
    WHERE kind = ? AND code > ? GROUP BY code ORDER BY code LIMIT ?";

/// The last entries about the next records of a kind, removed records included.
pub(in crate::store) fn last_entries(
    kind: Kind,
    after: Option<&str>,
    db: &mut Db,
) -> Result<Vec<LastEntry>, Error> {
    let query = diesel::sql_query(LAST_ENTRIES)
        .bind::<Text, _>(kind.word())
        .bind::<Text, _>(after.unwrap_or_default())
        .bind::<BigInt, _>(PAGE);
    Ok(query.load(db)?)
}

/// A record as the tables hold it.
pub(super) struct Row {
    pub(super) code: String,
    /// What could be read, or why it could not.
    pub(super) document: Result<Document, Message>,
    /// The columns of a project that follow from its events.
    pub(super) derived: Option<Derived>,
}

/// Status, its date, that of the evidence and that of the first status.
pub(super) type Derived = [Option<String>; 4];

/// The next records of a kind.
pub(super) fn rows(kind: Kind, after: Option<&str>, db: &mut Db) -> Result<Vec<Row>, Error> {
    let page = Selection::Page { after, limit: PAGE };
    let mut derived = derived(kind, after, db)?;
    let mut row = |code: String, document| Row {
        derived: derived.remove(&code),
        code,
        document,
    };
    match kind.load(page, db) {
        Ok(documents) => Ok(documents
            .into_iter()
            .map(|document| row(document.code().to_owned(), Ok(document)))
            .collect()),
        // Something in this page cannot be read: find out what.
        Err(_) => {
            let mut rows = Vec::new();
            for code in codes(kind, after, db)? {
                let read = kind.load(Selection::One(&code), db);
                let document = match read.map(|mut found| found.pop()) {
                    Ok(Some(document)) => Ok(document),
                    Ok(None) => Err("why-row-by-code".into()),
                    Err(error) => Err(Error::from(error).message()),
                };
                rows.push(row(code, document));
            }
            Ok(rows)
        }
    }
}

#[derive(QueryableByName)]
struct Code {
    #[diesel(sql_type = Text)]
    code: String,
}

fn codes(kind: Kind, after: Option<&str>, db: &mut Db) -> Result<Vec<String>, Error> {
    // The table of a kind is called like the kind.
    let sql = format!("SELECT code FROM {kind} WHERE code > ? ORDER BY code LIMIT ?");
    let query = diesel::sql_query(sql)
        .bind::<Text, _>(after.unwrap_or_default())
        .bind::<BigInt, _>(PAGE);
    let codes: Vec<Code> = query.load(db)?;
    Ok(codes.into_iter().map(|row| row.code).collect())
}

fn derived(
    kind: Kind,
    after: Option<&str>,
    db: &mut Db,
) -> Result<HashMap<String, Derived>, Error> {
    if kind != Kind::Project {
        return Ok(HashMap::new());
    }
    let columns = (
        project::status,
        project::status_on,
        project::evidence_on,
        project::entered_on,
    );
    type Columns = (
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let query = project::table
        .order(project::code)
        .limit(PAGE)
        .select((project::code, columns));
    let rows: Vec<(String, Columns)> = match after {
        Some(after) => query.filter(project::code.gt(after)).load(db)?,
        None => query.load(db)?,
    };
    let columns = |(code, (status, status_on, evidence_on, entered_on))| {
        (code, [status, status_on, evidence_on, entered_on])
    };
    Ok(rows.into_iter().map(columns).collect())
}

/// Reads the next page of a kind, after a code.
type Load<T> = fn(Kind, Option<&str>, &mut Db) -> Result<Vec<T>, Error>;

/// One side: pages, read when they are needed.
pub(super) struct Feed<T> {
    kind: Kind,
    load: Load<T>,
    code: fn(&T) -> &str,
    page: VecDeque<T>,
    after: Option<String>,
    ended: bool,
}

impl<T> Feed<T> {
    /// Returns all of a kind.
    pub(super) fn new(kind: Kind, load: Load<T>, code: fn(&T) -> &str) -> Self {
        Self {
            kind,
            load,
            code,
            page: VecDeque::new(),
            after: None,
            ended: false,
        }
    }

    /// The code of the next one.
    pub(super) fn peek(&mut self, db: &mut Db) -> Result<Option<&str>, Error> {
        if self.page.is_empty() && !self.ended {
            self.page = (self.load)(self.kind, self.after.as_deref(), db)?.into();
            match self.page.back() {
                Some(last) => self.after = Some((self.code)(last).to_owned()),
                None => self.ended = true,
            }
        }
        Ok(self.page.front().map(self.code))
    }

    pub(super) fn next(&mut self) -> Option<T> {
        self.page.pop_front()
    }
}
