//! The journal read back: which batches there are, and what happened to a record.

use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::journal::{Entry, EntryRow};
use super::record::{Document, Event, Kind};
use super::schema::{batch, entry, event, project};
use super::{Batch, Error, Reader, Step};
use crate::domain::{Horizon, Moment, Names, ProjectCode, Translated};

/// A project with all its events, for what happened within a period.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dated {
    pub(crate) code: ProjectCode,
    titles: Titles,
    pub(crate) events: Vec<Event>,
}

type Titles = (
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

impl Dated {
    /// One that is only known by an English title, for tests.
    #[cfg(test)]
    pub(crate) fn new(code: ProjectCode, title: &str, events: Vec<Event>) -> Self {
        let titles = (Some(title.to_owned()), None, None, None);
        Self {
            code,
            titles,
            events,
        }
    }

    /// The title in the languages in which it is stated.
    pub(crate) fn titles(&self) -> Names<'_> {
        let (en, zh, ja, native) = &self.titles;
        Names {
            en: en.as_deref(),
            zh: zh.as_deref(),
            ja: ja.as_deref(),
            native: native.as_deref(),
            translated: Translated::default(),
        }
    }
}

/// Which batches are wanted. What is left open does not matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct BatchChoice {
    pub(crate) actor: Option<String>,
    /// A command, or a group of commands.
    pub(crate) command: Option<String>,
    /// Recorded after this time.
    pub(crate) after: Option<Moment>,
    /// Recorded by this time.
    pub(crate) by: Option<Moment>,
    /// A record that they changed.
    pub(crate) record: Option<(Kind, String)>,
}

/// Codes of one query: SQLite allows 32766 values in one statement.
const AT_ONCE: usize = 10_000;

impl Reader<'_> {
    /// The wanted batches up to the one numbered `until`, the newest first.
    pub(crate) fn batches(
        &mut self,
        wanted: &BatchChoice,
        until: i64,
    ) -> Result<Vec<Batch>, Error> {
        let mut query = Batch::query()
            .filter(batch::number.le(until))
            .order(batch::number.desc())
            .into_boxed();
        if let Some(actor) = &wanted.actor {
            query = query.filter(batch::actor.eq(actor));
        }
        if let Some(command) = &wanted.command {
            // `party` is every command of the group, "party add" one of them: '!' follows the blank.
            let group = batch::command.ge(format!("{command} "));
            let group = group.and(batch::command.lt(format!("{command}!")));
            query = query.filter(batch::command.eq(command).or(group));
        }
        if let Some(after) = wanted.after {
            query = query.filter(batch::recorded_at.gt(after));
        }
        if let Some(by) = wanted.by {
            query = query.filter(batch::recorded_at.le(by));
        }
        if let Some((kind, code)) = &wanted.record {
            let of_record = entry::kind.eq(*kind).and(entry::code.eq(code));
            let touching = entry::table.filter(of_record).select(entry::batch);
            query = query.filter(batch::number.eq_any(touching));
        }
        Ok(query.load(self.db)?)
    }

    /// The batch with this number.
    pub(crate) fn batch(&mut self, number: i64) -> Result<Batch, Error> {
        let found = Batch::query()
            .filter(batch::number.eq(number))
            .first(self.db)
            .optional()?;
        found.ok_or_else(|| Error::NotFound {
            what: "batch",
            code: number.to_string(),
            nearest: None,
        })
    }

    /// Number of the last batch that was recorded by `time`.
    ///
    /// # Errors
    /// [`Error::NothingYet`] when the first batch is younger.
    pub(crate) fn last_batch_by(&mut self, time: Moment) -> Result<i64, Error> {
        // Time never runs backwards from batch to batch, so the last in time is the last in number.
        let last = batch::table
            .filter(batch::recorded_at.le(time))
            .order((batch::recorded_at.desc(), batch::number.desc()))
            .select(batch::number);
        let last: Option<i64> = last.first(self.db).optional()?;
        match last {
            Some(last) => Ok(last),
            None => Err(Error::NothingYet {
                time,
                first: self.batch(1)?.recorded_at,
            }),
        }
    }

    /// What the registry said of a record last: the document that it has, or had.
    pub(crate) fn last_document(
        &mut self,
        kind: Kind,
        code: &str,
    ) -> Result<Option<Document>, Error> {
        let entries = self.entries_of(kind, code, i64::MAX, 2)?;
        Ok(entries.into_iter().find_map(|entry| entry.document))
    }

    /// The entries about a record in the batches up to `until`, the newest first.
    fn entries_of(
        &mut self,
        kind: Kind,
        code: &str,
        until: i64,
        limit: i64,
    ) -> Result<Vec<Entry>, Error> {
        let rows = EntryRow::query()
            .filter(entry::kind.eq(kind).and(entry::code.eq(code)))
            .filter(entry::batch.le(until))
            .order(entry::number.desc())
            .limit(limit);
        rows.load(self.db)?
            .into_iter()
            .map(EntryRow::read)
            .collect()
    }

    /// What happened to a record in the wanted batches up to `until`, the newest first; at most `limit` steps.
    pub(crate) fn history(
        &mut self,
        kind: Kind,
        code: &str,
        wanted: &BatchChoice,
        until: i64,
        limit: Option<usize>,
    ) -> Result<Vec<(Batch, Step)>, Error> {
        let limit = limit.and_then(|limit| i64::try_from(limit).ok());
        let (mut chosen, mut at_most) = (None, limit.unwrap_or(i64::MAX - 1));
        if *wanted != BatchChoice::default() {
            let batches = self.batches(wanted, until)?;
            chosen = Some(
                batches
                    .iter()
                    .map(|batch| batch.number)
                    .collect::<HashSet<_>>(),
            );
            at_most = i64::MAX - 1;
        }
        // One entry more than is wanted: what the oldest step found.
        let entries = self.entries_of(kind, code, until, at_most + 1)?;
        let mut older = entries.iter().skip(1).map(|entry| entry.document.clone());
        let mut steps = Vec::new();
        for entry in &entries {
            if limit == i64::try_from(steps.len()).ok() {
                break;
            }
            let before = older.next().flatten();
            if chosen
                .as_ref()
                .is_some_and(|chosen| !chosen.contains(&entry.batch))
            {
                continue;
            }
            let step = Step {
                kind,
                code: code.to_owned(),
                before,
                after: entry.document.clone(),
            };
            steps.push((self.batch(entry.batch)?, step));
        }
        Ok(steps)
    }

    /// Codes of the countries that have other names than the registry began with, set by `tpmc country set` in the batches up to
    /// `until`.
    pub(crate) fn countries_named_here(&mut self, until: i64) -> Result<Vec<String>, Error> {
        let set = batch::table.filter(batch::command.eq("country set"));
        let codes = entry::table
            .filter(entry::kind.eq(Kind::Country))
            .filter(entry::batch.eq_any(set.select(batch::number)))
            .filter(entry::batch.le(until))
            .select(entry::code)
            .distinct()
            .order(entry::code);
        let codes: Vec<String> = codes.load(self.db)?;
        let mut here = Vec::new();
        for code in codes {
            // What was set and undone is as it was.
            let entries = self.entries_of(Kind::Country, &code, until, i64::MAX)?;
            let at = |entry: Option<&Entry>| match entry.and_then(|entry| entry.document.clone()) {
                Some(Document::Country(country)) => {
                    Some([country.name_en, country.name_zh, country.name_ja])
                }
                _ => None,
            };
            if at(entries.first()) != at(entries.last()) {
                here.push(code);
            }
        }
        Ok(here)
    }

    /// The kinds of the records that have, or had, this code.
    pub(crate) fn kinds_with(&mut self, code: &str) -> Result<Vec<Kind>, Error> {
        let mut kinds = Vec::new();
        for kind in Kind::ALL {
            let any = entry::table.filter(entry::kind.eq(kind).and(entry::code.eq(code)));
            if diesel::select(exists(any)).get_result(self.db)? {
                kinds.push(*kind);
            }
        }
        Ok(kinds)
    }

    /// The projects of which an event had happened by the end of `to` and not by the end of `from`.
    pub(crate) fn dated_between(
        &mut self,
        from: Horizon,
        to: Horizon,
    ) -> Result<Vec<Dated>, Error> {
        if from.is_open() {
            return Ok(Vec::new());
        }
        let mut codes = event::table
            .filter(event::last_day.gt(from.as_of.to_string()))
            .select(event::project)
            .distinct()
            .order(event::project)
            .into_boxed();
        if !to.is_open() {
            codes = codes.filter(event::last_day.le(to.as_of.to_string()));
        }
        let codes: Vec<String> = codes.load(self.db)?;
        let mut dated = Vec::new();
        for codes in codes.chunks(AT_ONCE) {
            let titles = (
                project::title_en,
                project::title_zh,
                project::title_ja,
                project::title_original,
            );
            let projects = project::table
                .filter(project::code.eq_any(codes))
                .order(project::code)
                .select((project::code, titles));
            let projects: Vec<(ProjectCode, Titles)> = projects.load(self.db)?;
            let events = event::table
                .filter(event::project.eq_any(codes))
                .order((event::project, event::number))
                .select((event::project, Event::as_select()));
            let events: Vec<(String, Event)> = events.load(self.db)?;
            let mut events = events.into_iter().peekable();
            dated.extend(projects.into_iter().map(|(code, titles)| {
                let mut own = Vec::new();
                while let Some((_, event)) = events.next_if(|(project, _)| project == code.as_str())
                {
                    own.push(event);
                }
                Dated {
                    code,
                    titles,
                    events: own,
                }
            }));
        }
        Ok(dated)
    }
}
