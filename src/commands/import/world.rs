//! What projects refer to, kept at hand so that a million rows need not ask for it again and again.

use std::collections::{HashMap, HashSet};

use super::known::{Known, fingerprint};
use crate::domain::ProjectCode;
use crate::store::{Country, Currency, Error, Forum, Kind, Reader, Referred, Writer};

/// Countries, currencies and forums, and the parties and sources that were asked for.
#[derive(Debug, Default)]
pub(crate) struct World {
    countries: HashSet<String>,
    currencies: HashMap<String, Currency>,
    forums: HashMap<String, Option<i64>>,
    /// Parties and sources that are known to be there, hashed.
    seen: HashSet<u128>,
}

impl World {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let countries = reader.all::<Country>()?.into_iter();
        let currencies = reader.all::<Currency>()?.into_iter();
        let forums = reader.all::<Forum>()?.into_iter();
        Ok(Self {
            countries: countries.map(|country| country.code.to_string()).collect(),
            currencies: currencies
                .map(|currency| (currency.code.to_string(), currency))
                .collect(),
            forums: forums
                .map(|forum| (forum.code.to_string(), forum.agreements))
                .collect(),
            seen: HashSet::new(),
        })
    }

    /// How many agreements the forum has, when that is known and the registry has all of them.
    pub(crate) fn agreements_if_complete(&self, forum: &str, known: &Known) -> Option<i64> {
        let agreements = self.forums.get(forum).copied().flatten()?;
        let there = i64::try_from(known.agreements(forum).len()).ok()?;
        (there + known.identified_by_file(forum) >= agreements).then_some(agreements)
    }

    /// For a plan: parties and sources are resolved, so that those which a project names are there, or will be.
    pub(crate) fn with<'a>(&'a self, known: &'a Known) -> impl Referred + use<'a> {
        Planned { world: self, known }
    }

    /// For recording: what is not at hand is looked up in the registry.
    pub(crate) fn within<'a, 'w>(
        &'a mut self,
        writer: &'a mut Writer<'w>,
    ) -> impl Referred + use<'a, 'w> {
        Recorded {
            world: self,
            writer,
        }
    }

    /// Notes that a party or a source is there.
    pub(crate) fn seen(&mut self, kind: Kind, code: &str) {
        self.seen.insert(fingerprint(&(kind, code)));
    }

    fn has(&self, kind: Kind, code: &str) -> Option<bool> {
        match kind {
            Kind::Country => Some(self.countries.contains(code)),
            Kind::Forum => Some(self.forums.contains_key(code)),
            _ => self
                .seen
                .contains(&fingerprint(&(kind, code)))
                .then_some(true),
        }
    }
}

struct Planned<'a> {
    world: &'a World,
    known: &'a Known,
}

impl Referred for Planned<'_> {
    fn has(&mut self, kind: Kind, code: &str) -> Result<bool, Error> {
        Ok(self.world.has(kind, code).unwrap_or(true))
    }

    fn currency(&mut self, code: &str) -> Result<Option<Currency>, Error> {
        Ok(self.world.currencies.get(code).cloned())
    }

    fn project_with_list_number(
        &mut self,
        forum: &str,
        number: i64,
    ) -> Result<Option<ProjectCode>, Error> {
        Ok(self.known.with_list_number(forum, number).cloned())
    }

    fn project_with_identifier(
        &mut self,
        scheme: &str,
        identifier: &str,
    ) -> Result<Option<ProjectCode>, Error> {
        Ok(self.known.with_identifier(scheme, identifier).cloned())
    }
}

struct Recorded<'a, 'w> {
    world: &'a mut World,
    writer: &'a mut Writer<'w>,
}

impl Referred for Recorded<'_, '_> {
    fn has(&mut self, kind: Kind, code: &str) -> Result<bool, Error> {
        if let Some(known) = self.world.has(kind, code) {
            return Ok(known);
        }
        let is_there = self.writer.reader().document(kind, code)?.is_some();
        if is_there {
            self.world.seen(kind, code);
        }
        Ok(is_there)
    }

    fn currency(&mut self, code: &str) -> Result<Option<Currency>, Error> {
        Ok(self.world.currencies.get(code).cloned())
    }

    fn project_with_list_number(
        &mut self,
        forum: &str,
        number: i64,
    ) -> Result<Option<ProjectCode>, Error> {
        self.writer.reader().project_with_list_number(forum, number)
    }

    fn project_with_identifier(
        &mut self,
        scheme: &str,
        identifier: &str,
    ) -> Result<Option<ProjectCode>, Error> {
        self.writer
            .reader()
            .project_with_identifier(scheme, identifier)
    }
}
