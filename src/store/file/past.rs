//! The tally of an earlier day, counted in one pass over three tables that have one order.

use std::collections::HashMap;
use std::path::Path;
use std::thread;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row, Rows};

use crate::domain::{Horizon, PartialDate, Status, Vocabulary as _};
use crate::store::{Error, Tally};

/// Statuses, and none.
const STANDINGS: usize = Status::ALL.len() + 1;

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

/// Counts the projects as they stood within `horizon`.
pub(in crate::store) fn tallies(path: &Path, horizon: Horizon) -> Result<Vec<Tally>, Error> {
    let middle: String = open(path)?
        .query_row(MIDDLE, [], |row| row.get(0))
        .map_err(Error::File)?;
    let (first, second) = thread::scope(|scope| {
        let first = scope.spawn(|| count(path, ("", &middle), horizon));
        let second = count(path, (&middle, END), horizon);
        let first = first
            .join()
            .unwrap_or_else(|bug| std::panic::resume_unwind(bug));
        (first, second)
    });
    let mut counts = first?;
    for (key, more) in second? {
        counts.entry(key).or_default().add(&more);
    }
    counts
        .into_iter()
        .map(|(key, count)| count.tally(&key))
        .collect()
}

fn open(path: &Path) -> Result<Connection, Error> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let db = db.map_err(Error::File)?;
    let settings =
        "PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 2147418112;";
    db.execute_batch(settings).map_err(Error::File)?;
    Ok(db)
}

/// Projects that stand alike but for their status. The key has forum, mode, identified and hosts, separated by tabs.
#[derive(Default)]
struct Count {
    by_status: [usize; STANDINGS],
    without_sector: usize,
}

impl Count {
    fn add(&mut self, other: &Self) {
        for (here, more) in self.by_status.iter_mut().zip(other.by_status) {
            *here += more;
        }
        self.without_sector += other.without_sector;
    }

    fn tally(&self, key: &str) -> Result<Tally, Error> {
        let wrong = || Error::Journal(format!("the projects cannot be counted by {key:?}"));
        let mut parts = key.split('\t');
        let mut part = || parts.next().ok_or_else(wrong);
        let (forum, mode, identified, hosts) = (part()?, part()?, part()?, part()?);
        let stated = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let statuses = Status::ALL.iter().copied().map(Some).chain([None]);
        let hosts = hosts.split_whitespace().map(str::parse);
        Ok(Tally {
            forum: stated(forum),
            mode: stated(mode)
                .map(|mode| mode.parse())
                .transpose()
                .map_err(|_| wrong())?,
            identified: identified == "1",
            hosts: hosts.collect::<Result<_, _>>().map_err(|_| wrong())?,
            projects: self.by_status.iter().sum(),
            without_sector: self.without_sector,
            by_status: statuses
                .zip(self.by_status)
                .filter(|(_, number)| *number > 0)
                .collect(),
        })
    }
}

fn count(
    path: &Path,
    (after, until): (&str, &str),
    horizon: Horizon,
) -> Result<HashMap<String, Count>, Error> {
    let db = open(path)?;
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
            let standing = pass.standing(&mut events, code)?;
            if !counts.contains_key(&key) {
                counts.insert(key.clone(), Count::default());
            }
            if let Some(count) = counts.get_mut(&key) {
                if let Some(number) = count.by_status.get_mut(standing) {
                    *number += 1;
                }
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
    /// The place of the status in which the project `code` stood, by the rule of [`crate::domain::standing`]: that of the latest
    /// date, and among equals the last.
    fn standing(&mut self, events: &mut Rows<'_>, code: &str) -> rusqlite::Result<usize> {
        let mut latest = None;
        let mut standing = Status::ALL.len();
        while step_to(events, code)? {
            if let Some(event) = events.get() {
                let date = self.last_day(text(event, 1));
                if date.is_some() && date >= latest {
                    let status = text(event, 2);
                    let place = Status::ALL.iter().position(|known| known.word() == status);
                    (latest, standing) = (date, place.unwrap_or(Status::ALL.len()));
                }
            }
            events.advance()?;
        }
        Ok(standing)
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
