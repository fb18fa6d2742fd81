//! Finding a record by something other than its code, and the records that refer to one.

use diesel::prelude::*;

use super::journal::Entry;
use super::record::{Event, Kind, Party, Project, Record, Selection, Source};
use super::schema::*;
use super::{Error, Reader};
use crate::domain::{
    EventKind, Language, PartialDate, ProjectCode, SourceReference, address_key, fold,
};

impl Reader<'_> {
    /// The record with this code, when there is one.
    pub(crate) fn find<R: Record>(&mut self, code: &str) -> Result<Option<R>, Error> {
        Ok(R::load(Selection::One(code), self.db)?.pop())
    }

    /// The source that stands at this address.
    pub(crate) fn source_at(&mut self, url: &str) -> Result<Option<Source>, Error> {
        let found = Source::query().filter(source::url.eq(url)).first(self.db);
        Ok(found.optional()?)
    }

    /// The source that is named: by its code, or by its address in any spelling.
    ///
    /// # Errors
    /// [`Error::Ambiguous`] with the codes when several have the address; [`Error::NotFound`] when none has.
    pub(crate) fn source(&mut self, named: &SourceReference) -> Result<Source, Error> {
        let address = match named {
            SourceReference::Code(code) => return self.one(code),
            SourceReference::Address(address) => address,
            SourceReference::File(path) => &path.display().to_string(),
        };
        if let Some(source) = self.source_at(address)? {
            return Ok(source);
        }
        let wanted = address_key(address);
        let host = wanted.split(['/', '?', '#']).next().unwrap_or_default();
        let likely = source::table
            .filter(source::url.like(format!("%{host}%")))
            .select((source::code, source::url.assume_not_null()));
        let mut codes: Vec<(String, String)> = likely.load(self.db)?;
        codes.retain(|(_, url)| address_key(url) == wanted);
        match &codes[..] {
            [(code, _)] => self.one(code),
            [] => Err(Error::NotFound {
                what: "source",
                code: address.clone(),
                nearest: None,
            }),
            _ => Err(Error::Ambiguous {
                what: "source",
                text: address.clone(),
                candidates: codes.into_iter().map(|(code, _)| code).collect(),
            }),
        }
    }

    /// The code of the party with this identifier.
    pub(crate) fn party_with_identifier(
        &mut self,
        scheme: &str,
        identifier: &str,
    ) -> Result<Option<String>, Error> {
        let found = party_identifier::table
            .filter(party_identifier::scheme.eq(scheme))
            .filter(party_identifier::identifier.eq(identifier))
            .select(party_identifier::party)
            .first(self.db);
        Ok(found.optional()?)
    }

    /// The code of the project with this identifier.
    pub(crate) fn project_with_identifier(
        &mut self,
        scheme: &str,
        identifier: &str,
    ) -> Result<Option<ProjectCode>, Error> {
        let found = project_identifier::table
            .filter(project_identifier::scheme.eq(scheme))
            .filter(project_identifier::identifier.eq(identifier))
            .select(project_identifier::project)
            .first::<String>(self.db)
            .optional()?;
        Ok(found.and_then(|code| code.parse().ok()))
    }

    /// The agreement that has this number in the official list of a forum.
    pub(crate) fn project_with_list_number(
        &mut self,
        forum: &str,
        number: i64,
    ) -> Result<Option<ProjectCode>, Error> {
        let found = project::table
            .filter(project::forum.eq(forum))
            .filter(project::list_number.eq(number))
            .select(project::code)
            .first::<String>(self.db)
            .optional()?;
        Ok(found.and_then(|code| code.parse().ok()))
    }

    /// The one party that `text` names: by its code, by its whole name in any language, or by a part of its name.
    ///
    /// # Errors
    /// [`Error::Ambiguous`] with the candidates, when several are meant; [`Error::NotFound`] when none is.
    pub(crate) fn party(&mut self, text: &str) -> Result<Party, Error> {
        let mut codes = self.parties_named(text)?;
        if codes.len() > 1 {
            let wanted = fold(text);
            let parties = self.some::<Party>(&codes)?;
            let whole = parties.values().filter(|party| {
                let other = party.other_names.iter().map(|other| other.name.as_str());
                let names = party.names();
                let main = [names.en, names.zh, names.ja, names.native];
                main.into_iter()
                    .flatten()
                    .chain(other)
                    .any(|name| fold(name) == wanted)
            });
            let whole: Vec<String> = whole.map(|party| party.facts.code.clone()).collect();
            if whole.len() == 1 {
                codes = whole;
            }
        }
        match &codes[..] {
            [code] => self.one(code),
            _ => {
                let parties = self.some::<Party>(&codes)?.into_values();
                let named = parties.map(|party| {
                    let name = party.names().for_reader(Language::English);
                    format!("{} ({name})", party.facts.code)
                });
                Err(Error::Ambiguous {
                    what: "party",
                    text: text.to_owned(),
                    candidates: named.collect(),
                })
            }
        }
    }

    /// The records that refer to the one of this kind and code, as `project P-0001`.
    pub(crate) fn referring_to(&mut self, kind: Kind, code: &str) -> Result<Vec<String>, Error> {
        let users = self.users_of(kind, code, i64::MAX)?;
        let named =
            |(kind, code): (Kind, String)| format!("{} {code}", kind.word().replace('_', " "));
        Ok(users.into_iter().map(named).collect())
    }
}

impl Reader<'_> {
    /// The last entry of the journal about a record.
    pub(crate) fn last_entry(&mut self, kind: Kind, code: &str) -> Result<Option<Entry>, Error> {
        Entry::last_of(kind, code, self.db)
    }

    /// The entry with this number, when it is about this record.
    pub(crate) fn entry_of(
        &mut self,
        kind: Kind,
        code: &str,
        number: i64,
    ) -> Result<Option<Entry>, Error> {
        Entry::numbered(kind, code, number, self.db)
    }

    /// The projects that name a party, in the order of their codes: it takes part in them, or money in them is its own.
    pub(crate) fn projects_of(&mut self, party: &str) -> Result<Vec<Project>, Error> {
        let parts = participation::table.filter(participation::party.eq(party));
        let mut codes: Vec<String> = parts.select(participation::project).load(self.db)?;
        let amounts = amount::table.filter(amount::party.eq(party));
        codes.extend(amounts.select(amount::project).load::<String>(self.db)?);
        Ok(self.some::<Project>(codes)?.into_values().collect())
    }

    /// The milestones of a project, or of all: by the day that they are due or were met.
    pub(crate) fn milestones(
        &mut self,
        project: Option<&ProjectCode>,
    ) -> Result<Vec<(ProjectCode, Event)>, Error> {
        let mut query = event::table
            .filter(event::kind.eq(EventKind::Milestone))
            .select((event::project, Event::as_select()))
            .order((event::project, event::number))
            .into_boxed();
        if let Some(code) = project {
            query = query.filter(event::project.eq(code));
        }
        let mut found: Vec<(ProjectCode, Event)> = query.load(self.db)?;
        found.sort_by_key(|(_, event)| event.due_on.or(event.on_date).map(PartialDate::last_day));
        Ok(found)
    }
}
