//! The tally of an earlier day, counted in one pass over three tables that have one order.

use std::collections::HashMap;
use std::path::Path;
use std::thread;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Rows};

use crate::domain::{Horizon, PartialDate};
use crate::store::medium::{self, Way};
use crate::store::{Error, Reader, Tally};

const PROJECTS: &str = "SELECT code, forum, mode, identified, sector IS NULL FROM project
    WHERE code > ?1 AND code <= ?2 ORDER BY code";
const EVENTS: &str = "SELECT project, on_date, status FROM event
    WHERE project > ?1 AND project <= ?2 AND status IS NOT NULL AND on_date IS NOT NULL ORDER BY project, number";
const HOSTS: &str = "SELECT project, country FROM project_host
    WHERE project > ?1 AND project <= ?2 ORDER BY project, country";
const MIDDLE: &str =
    "SELECT code FROM project ORDER BY code LIMIT 1 OFFSET (SELECT count(*) / 2 FROM project)";

/// More than any code.
const END: &str = "\u{10ffff}";

impl Reader<'_> {
    /// Every project, counted with those that stand alike, as the projects stood within `horizon`, read anew from the file that is
    /// read here. None when somebody has written since this transaction began.
    pub(crate) fn tallies_within(&mut self, horizon: Horizon) -> Result<Option<Vec<Tally>>, Error> {
        let last = self.last_batch()?.map(|batch| batch.number);
        let path = medium::file_of(self.db)?;
        tallies(&path, Way::beside(self.db), last, horizon)
    }
}

/// Counts the projects as they stood within `horizon`; None when somebody wrote after `last`, the last batch that the caller sees,
/// so that this would count something else, or when no thread can be had.
fn tallies(
    path: &Path,
    way: Way,
    last: Option<i64>,
    horizon: Horizon,
) -> Result<Option<Vec<Tally>>, Error> {
    let (Some(first), Some(second)) = (look(path, way, last)?, look(path, way, last)?) else {
        return Ok(None);
    };
    let middle: String = first
        .query_row(MIDDLE, [], |row| row.get(0))
        .map_err(Error::File)?;
    let Some(counts) = count_halves(first, second, &middle, horizon)? else {
        return Ok(None);
    };
    let counts = counts.into_iter().map(|(key, count)| count.tally(&key));
    counts.collect::<Result<_, _>>().map(Some)
}

/// Counts the projects up to `middle` on one connection and, at the same time, those after it on the other.
fn count_halves(
    first: Connection,
    second: Connection,
    middle: &str,
    horizon: Horizon,
) -> Result<Option<HashMap<String, Count>>, Error> {
    let (first, second) = thread::scope(|scope| {
        let aside = thread::Builder::new();
        let aside = aside.spawn_scoped(scope, move || count(&first, ("", middle), horizon));
        let second = count(&second, (middle, END), horizon);
        (aside.map(joined), second)
    });
    let Ok(first) = first else {
        return Ok(None);
    };
    let mut counts = first?;
    for (key, more) in second? {
        counts.entry(key).or_default().add(&more);
    }
    Ok(Some(counts))
}

/// The result of a thread; a bug in it goes on as one in this thread.
fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread
        .join()
        .unwrap_or_else(|bug| std::panic::resume_unwind(bug))
}

/// A connection that goes on seeing what it sees now; None when `last` is not the last batch any more.
fn look(path: &Path, way: Way, last: Option<i64>) -> Result<Option<Connection>, Error> {
    let db = super::open(path, way)?;
    db.execute_batch("PRAGMA mmap_size = 2147418112; BEGIN;")
        .map_err(Error::File)?;
    let found = db.query_row("SELECT max(number) FROM batch", [], |row| row.get(0));
    let found: Option<i64> = found.map_err(Error::File)?;
    Ok((found == last).then_some(db))
}

/// Projects that stand alike. The key has forum, mode, identified, hosts and status, separated by tabs.
#[derive(Default)]
struct Count {
    projects: usize,
    without_sector: usize,
}

impl Count {
    fn add(&mut self, other: &Self) {
        self.projects += other.projects;
        self.without_sector += other.without_sector;
    }

    fn tally(&self, key: &str) -> Result<Tally, Error> {
        let wrong = || Error::Journal(message!("why-not-counted", key));
        let mut parts = key.split('\t');
        let mut part = || parts.next().ok_or_else(wrong);
        let (forum, mode, identified) = (part()?, part()?, part()?);
        let (hosts, status) = (part()?, part()?);
        let stated = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let hosts = hosts.split_whitespace().map(str::parse);
        let mode = stated(mode).map(|mode| mode.parse());
        let status = stated(status).map(|status| status.parse());
        Ok(Tally {
            forum: stated(forum),
            mode: mode.transpose().map_err(|_| wrong())?,
            identified: identified == "1",
            hosts: hosts.collect::<Result<_, _>>().map_err(|_| wrong())?,
            status: status.transpose().map_err(|_| wrong())?,
            projects: self.projects,
            without_sector: self.without_sector,
        })
    }
}

fn count(
    db: &Connection,
    (after, until): (&str, &str),
    horizon: Horizon,
) -> Result<HashMap<String, Count>, Error> {
    let mut pass = Pass {
        dates: HashMap::new(),
        horizon,
    };
    let counted = || -> rusqlite::Result<_> {
        let (mut projects, mut events, mut hosts) = (
            db.prepare(PROJECTS)?,
            db.prepare(EVENTS)?,
            db.prepare(HOSTS)?,
        );
        let range = [after, until];
        let (mut projects, mut events, mut hosts) = (
            projects.query(range)?,
            events.query(range)?,
            hosts.query(range)?,
        );
        events.advance()?;
        hosts.advance()?;
        let mut counts = HashMap::<String, Count>::new();
        let mut key = String::new();
        while let Some(project) = projects.next()? {
            let code = text(project, 0);
            key.clear();
            key.push_str(text(project, 1));
            key.push('\t');
            key.push_str(text(project, 2));
            key.push_str(if project.get(3)? { "\t1\t" } else { "\t0\t" });
            while step_to(&mut hosts, code)? {
                if let Some(host) = hosts.get() {
                    if !key.ends_with('\t') {
                        key.push(' ');
                    }
                    key.push_str(text(host, 1));
                }
                hosts.advance()?;
            }
            key.push('\t');
            pass.push_status(&mut events, code, &mut key)?;
            if !counts.contains_key(&key) {
                counts.insert(key.clone(), Count::default());
            }
            if let Some(count) = counts.get_mut(&key) {
                count.projects += 1;
                count.without_sector += usize::from(project.get::<_, bool>(4)?);
            }
        }
        Ok(counts)
    }();
    counted.map_err(Error::File)
}

/// The text in a column; none is empty.
fn text<'a>(row: &'a Row<'_>, column: usize) -> &'a str {
    match row.get_ref(column) {
        Ok(ValueRef::Text(bytes)) => std::str::from_utf8(bytes).unwrap_or_default(),
        _ => "",
    }
}

/// Passes what belongs to earlier projects, which are none; answers whether the current row belongs to the project `code`.
fn step_to(rows: &mut Rows<'_>, code: &str) -> rusqlite::Result<bool> {
    while let Some(row) = rows.get() {
        let owner = text(row, 0);
        if owner >= code {
            return Ok(owner == code);
        }
        rows.advance()?;
    }
    Ok(false)
}

/// What is remembered from project to project.
struct Pass {
    /// The last day of a date that had happened.
    dates: HashMap<String, Option<chrono::NaiveDate>>,
    horizon: Horizon,
}

impl Pass {
    /// Appends the status in which the project `code` stood, by the rule of [`crate::domain::standing`]: that of the latest date, and
    /// among equals the last.
    fn push_status(
        &mut self,
        events: &mut Rows<'_>,
        code: &str,
        key: &mut String,
    ) -> rusqlite::Result<()> {
        let (mut latest, begin) = (None, key.len());
        while step_to(events, code)? {
            if let Some(event) = events.get() {
                let date = self.last_day(text(event, 1));
                if date.is_some() && date >= latest {
                    latest = date;
                    key.truncate(begin);
                    key.push_str(text(event, 2));
                }
            }
            events.advance()?;
        }
        Ok(())
    }

    fn last_day(&mut self, date: &str) -> Option<chrono::NaiveDate> {
        if let Some(known) = self.dates.get(date) {
            return *known;
        }
        let parsed: Option<PartialDate> = date.parse().ok();
        let happened = parsed.filter(|date| self.horizon.includes(*date));
        let last_day = happened.map(PartialDate::last_day);
        self.dates.insert(date.to_owned(), last_day);
        last_day
    }
}
