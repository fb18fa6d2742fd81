//! Questions in SQL that can change nothing, whatever they say.
//!
//! Opening read-only is not enough: `VACUUM INTO` writes a file on such a connection, and `ATTACH` counts as reading. So an
//! authorizer allows selecting, reading columns, recursion and functions, and nothing else; a clock stops what takes too long, and
//! what does not stop is not waited for; SQLite's own limits bound the length of a value, so that no question can eat the memory of the machine.

use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode};

use super::open;
use crate::message::Message;
use crate::store::Error;
use crate::store::medium::Way;

/// How long and how much a question may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) time: Duration,
    pub(crate) rows: usize,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
    /// Whether there are more rows than the limit allows.
    pub(crate) is_cut: bool,
}

/// A value of SQLite.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    /// Bytes, in hexadecimal digits.
    Blob(String),
}

impl Value {
    /// Bytes that it takes in memory, about.
    fn length(&self) -> usize {
        let text = match self {
            Self::Text(text) | Self::Blob(text) => text.len(),
            Self::Null | Self::Integer(_) | Self::Real(_) => 0,
        };
        size_of::<Self>() + text
    }
}

/// The longest value, in bytes.
const LONGEST: i32 = 16 * 1024 * 1024;
/// The longest answer, in bytes: it is held in memory until it is written.
const LONGEST_ANSWER: usize = 128 * 1024 * 1024;
/// How many steps of SQLite's machine pass between two looks at the clock.
const STEPS: i32 = 10_000;

/// How long SQLite is given to notice that it was told to stop. Within one step of its machine it does not look.
const GRACE: Duration = Duration::from_millis(300);

/// Asks `sql` of the registry at `path`.
///
/// The question is asked by a thread of its own: one that does not stop in time is left behind, and ends with the program. Where
/// no thread can be had, it is asked by this one, and only stopped between two steps.
pub(crate) fn ask(path: &Path, way: Way, sql: &str, limits: Limits) -> Result<Answer, Error> {
    let (answered, answer) = mpsc::channel();
    let (asked, question) = (path.to_owned(), sql.to_owned());
    let asking = thread::Builder::new().spawn(move || {
        let _ = answered.send(ask_here(&asked, way, &question, limits));
    });
    if asking.is_err() {
        return ask_here(path, way, sql, limits);
    }
    match answer.recv_timeout(limits.time.saturating_add(GRACE)) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Timeout) => Err(Error::TooLong(limits.time.as_secs_f64())),
        // The thread ended without an answer.
        Err(RecvTimeoutError::Disconnected) => Err(Error::Question(message!("why-query-gave-up"))),
    }
}

fn ask_here(path: &Path, way: Way, sql: &str, limits: Limits) -> Result<Answer, Error> {
    let file = |error| failure(error, limits);
    let end = Instant::now().checked_add(limits.time);
    let connection = open(path, way)?;
    connection
        .execute_batch("PRAGMA query_only = ON;")
        .map_err(file)?;
    connection
        .set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)
        .map_err(file)?;
    connection
        .authorizer(Some(allowed as fn(AuthContext<'_>) -> Authorization))
        .map_err(file)?;
    let is_over = move || end.is_some_and(|end| Instant::now() >= end);
    connection
        .progress_handler(STEPS, Some(is_over))
        .map_err(file)?;
    answer(&connection, sql, limits)
}

fn answer(connection: &Connection, sql: &str, limits: Limits) -> Result<Answer, Error> {
    let file = |error| failure(error, limits);
    let mut statement = connection.prepare(sql).map_err(file)?;
    let columns: Vec<String> = statement
        .column_names()
        .into_iter()
        .map(str::to_owned)
        .collect();
    if columns.is_empty() {
        return Err(Error::Question(message!("why-query-empty")));
    }
    if statement.parameter_count() > 0 {
        return Err(Error::Question(message!("why-query-parameter")));
    }
    let (mut found, mut length) = (Vec::new(), 0_usize);
    let mut rows = statement.query([]).map_err(file)?;
    while let Some(row) = rows.next().map_err(file)? {
        if found.len() == limits.rows {
            return Ok(Answer {
                columns,
                rows: found,
                is_cut: true,
            });
        }
        let values = (0..columns.len()).map(|place| row.get_ref(place).map(value));
        let values: Vec<Value> = values.collect::<Result<_, _>>().map_err(file)?;
        length += values.iter().map(Value::length).sum::<usize>();
        if length > LONGEST_ANSWER {
            let why = message!("why-query-answer", most = LONGEST_ANSWER);
            return Err(Error::Question(why));
        }
        found.push(values);
    }
    Ok(Answer {
        columns,
        rows: found,
        is_cut: false,
    })
}

/// Tables of the web desk whose content helps to sign in as somebody else.
const SECRET: [&str; 2] = ["account", "session"];

/// What a question may do.
fn allowed(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Read { table_name, .. } if SECRET.contains(&table_name) => Authorization::Deny,
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => {
            Authorization::Allow
        }
        AuthAction::Function { function_name }
            if !function_name.eq_ignore_ascii_case("load_extension") =>
        {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => {
            Value::Blob(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
        }
    }
}

fn failure(error: rusqlite::Error, limits: Limits) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => {
            return Error::TooLong(limits.time.as_secs_f64());
        }
        Some(ErrorCode::AuthorizationForStatementDenied) => {
            return Error::Question(message!("why-query-writes"));
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => return Error::Busy,
        Some(ErrorCode::TooBig) => {
            return Error::Question(message!("why-query-value", most = LONGEST));
        }
        _ => {}
    }
    match error {
        rusqlite::Error::MultipleStatement => Error::Question(message!("why-query-statements")),
        rusqlite::Error::SqlInputError { msg, .. } => Error::Question(Message::foreign(msg)),
        rusqlite::Error::SqliteFailure(code, Some(message)) if code.code == ErrorCode::Unknown => {
            Error::Question(Message::foreign(message))
        }
        error => Error::File(error),
    }
}
