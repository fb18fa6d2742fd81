//! The next free codes of projects, sources and parties.

use std::collections::HashSet;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::Free;
use crate::domain::{ProjectCode, code_of_name};
use crate::store::record::Kind;
use crate::store::schema::{entry, party, project, source};
use crate::store::{Error, Writer};

/// The number at the end of a code.
fn number_of(code: &str) -> Option<u64> {
    code.rsplit_once('-')?.1.parse().ok()
}

fn length_of(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// From so many questions on whether a code was used, the answers are looked up in advance: that reads the codes of other
/// lengths, too, which is too much for a few questions.
const OFTEN: u32 = 100;

/// How the codes of parties begin whose names have no Latin letters.
const NUMBERED_PARTY: &str = "party";

impl Writer<'_> {
    /// The next code of an agreement of `forum`; without one, that of a later project.
    pub(crate) fn next_project_code(&mut self, forum: Option<&str>) -> Result<ProjectCode, Error> {
        let last: Option<String> = match forum {
            Some(forum) => project::table
                .filter(project::forum.eq(forum))
                .select(project::code)
                .order((
                    sql::<diesel::sql_types::BigInt>("length(code)").desc(),
                    project::code.desc(),
                ))
                .first(self.db())
                .optional()?,
            None => project::table
                .filter(project::code.like("P-%"))
                .select(project::code)
                .order((
                    sql::<diesel::sql_types::BigInt>("length(code)").desc(),
                    project::code.desc(),
                ))
                .first(self.db())
                .optional()?,
        };
        let (prefix, digits) = (forum.unwrap_or("P"), if forum.is_some() { 3 } else { 4 });
        let code = self.after(Kind::Project, prefix, digits, last.as_deref())?;
        code.parse()
            .map_err(|_| Error::Constraint(message!("why-no-project-code", code)))
    }

    /// The next code of a source.
    pub(crate) fn next_source_code(&mut self) -> Result<String, Error> {
        let last: Option<String> = source::table
            .filter(sql::<Bool>("code GLOB 'S-[0-9]*'"))
            .select(source::code)
            .order((
                sql::<diesel::sql_types::BigInt>("length(code)").desc(),
                source::code.desc(),
            ))
            .first(self.db())
            .optional()?;
        self.after(Kind::Source, "S", 4, last.as_deref())
    }

    /// The next code of a kind that has few records: `prefix` and a number, of so many digits at least, that none has or had.
    pub(crate) fn next_code(
        &mut self,
        kind: Kind,
        prefix: &str,
        digits: usize,
    ) -> Result<String, Error> {
        let known = entry::table.filter(entry::kind.eq(kind));
        let known: Vec<String> = known.select(entry::code).distinct().load(self.db())?;
        let numbers = known
            .iter()
            .filter_map(|code| code.strip_prefix(prefix)?.parse().ok());
        let number: u64 = numbers.max().unwrap_or(0);
        Ok(format!("{prefix}{:0digits$}", number.saturating_add(1)))
    }

    /// The next code of a project after `last`, which was given before in the same batch.
    pub(crate) fn project_code_after(
        &mut self,
        forum: Option<&str>,
        last: &ProjectCode,
    ) -> Result<ProjectCode, Error> {
        let (prefix, digits) = (forum.unwrap_or("P"), if forum.is_some() { 3 } else { 4 });
        let code = self.after(Kind::Project, prefix, digits, Some(last.as_str()))?;
        code.parse()
            .map_err(|_| Error::Constraint(message!("why-no-project-code", code)))
    }

    /// The next code of a source after `last`, which was given before in the same batch.
    pub(crate) fn source_code_after(&mut self, last: &str) -> Result<String, Error> {
        self.after(Kind::Source, "S", 4, Some(last))
    }

    /// The code of a party with these names: the Latin words of the first name that has any, with a number where another party has
    /// that code. Without such a name it is the next number: `party-0001`.
    pub(crate) fn next_party_code<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<String, Error> {
        let Some(base) = names.into_iter().find_map(code_of_name) else {
            let last = match self.minted.parties.last.take() {
                Some(last) => Some(last),
                None => self.last_numbered_party()?,
            };
            let code = self.after(Kind::Party, NUMBERED_PARTY, 4, last.as_deref())?;
            self.minted.parties.last = Some(code.clone());
            return Ok(code);
        };
        let mut code = base.clone();
        let mut number = 1_u64;
        while self.is_used_by_party(&code)? {
            number += 1;
            code = format!("{base}-{number}");
        }
        if code.starts_with(NUMBERED_PARTY) {
            self.minted.free.remove(&Kind::Party); // a name that looks like a number that would be given
        }
        self.minted.give(Kind::Party, &code);
        Ok(code)
    }

    fn last_numbered_party(&mut self) -> Result<Option<String>, Error> {
        let last = party::table
            .filter(sql::<Bool>("code GLOB 'party-[0-9]*'"))
            .select(party::code)
            .order((
                sql::<diesel::sql_types::BigInt>("length(code)").desc(),
                party::code.desc(),
            ));
        Ok(last.first(self.db()).optional()?)
    }

    /// Whether a party has or had this code.
    fn is_used_by_party(&mut self, code: &str) -> Result<bool, Error> {
        if let Some(used) = &self.minted.parties.used {
            return Ok(used.contains(code));
        }
        self.minted.parties.asked += 1;
        if self.minted.parties.asked < OFTEN {
            return self.was_used(Kind::Party, code);
        }
        let codes = entry::table.filter(entry::kind.eq(Kind::Party));
        let codes: Vec<String> = codes.select(entry::code).distinct().load(self.db())?;
        let given = self.minted.given.iter();
        let given = given.filter(|(kind, _)| *kind == Kind::Party);
        let given = given.map(|(_, code)| code.as_str().into());
        let used = codes.into_iter().map(String::into_boxed_str);
        let used: HashSet<Box<str>> = used.chain(given).collect();
        let is_used = used.contains(code);
        self.minted.parties.used = Some(used);
        Ok(is_used)
    }

    /// The first code after `last` that no record has or had.
    fn after(
        &mut self,
        kind: Kind,
        prefix: &str,
        digits: usize,
        last: Option<&str>,
    ) -> Result<String, Error> {
        let mut number = last.and_then(number_of).unwrap_or(0);
        loop {
            number += 1;
            let code = format!("{prefix}-{number:0digits$}");
            let is_free = self.minted.use_free(kind, prefix, number);
            if !is_free && self.is_used(kind, prefix, number, &code)? {
                continue;
            }
            self.minted.give(kind, &code);
            return Ok(code);
        }
    }

    /// Whether a record has or had this code. A batch that asks often looks ahead, to the next code of the same length.
    fn is_used(
        &mut self,
        kind: Kind,
        prefix: &str,
        number: u64,
        code: &str,
    ) -> Result<bool, Error> {
        let asked = self.minted.asked.entry(kind).or_default();
        *asked += 1;
        if *asked < OFTEN {
            return self.was_used(kind, code);
        }
        *asked = 0;
        let length = code.len();
        let last = format!("{prefix}-{}", "9".repeat(length - prefix.len() - 1));
        let entries = entry::table
            .filter(entry::kind.eq(kind))
            .filter(entry::code.ge(code).and(entry::code.le(last)))
            .filter(sql::<Bool>("length(code) = ").bind::<BigInt, _>(length_of(length)));
        let next: Option<String> = entries
            .select(diesel::dsl::min(entry::code))
            .first(self.db())?;
        let until = match next.as_deref().map(number_of) {
            Some(Some(next)) => next,
            Some(None) => number,
            None => 10_u64.saturating_pow(u32::try_from(length - prefix.len() - 1).unwrap_or(0)),
        };
        let free = Free {
            prefix: prefix.to_owned(),
            numbers: number + 1..until,
        };
        self.minted.free.insert(kind, free);
        Ok(next.as_deref() == Some(code))
    }

    /// Whether the journal speaks of a record with this code, removed ones included.
    fn was_used(&mut self, kind: Kind, code: &str) -> Result<bool, Error> {
        let entries = entry::table.filter(entry::kind.eq(kind).and(entry::code.eq(code)));
        Ok(diesel::select(diesel::dsl::exists(entries)).get_result(self.db())?)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::Moment;
    use crate::store::{Document, Intent, Store};

    fn write<T>(
        store: &mut Store,
        work: impl FnOnce(&mut crate::store::Writer<'_>) -> Result<T, crate::store::Error>,
    ) -> T {
        let intent = Intent {
            actor: "secretariat".to_owned(),
            command: "source add",
            reason: None,
            dry_run: false,
            force_clock: false,
        };
        let clock = || -> Moment { "2026-11-24T00:00:00Z".parse().expect("a time") };
        store.write(&intent, clock, work).expect("written").0
    }

    fn source(code: &str) -> Document {
        let text = format!(
            r#"{{"code":"{code}","id":"{}","url":null,"title":"{code}","publisher":null,"publisher_kind":null,"language":null,"read_on":null,"confidence":"low","note":null}}"#,
            crate::domain::seeded_id("source", code)
        );
        crate::store::Kind::Source.read(&text).expect("a source")
    }

    fn party(code: &str) -> Document {
        let text = format!(
            r#"{{"code":"{code}","id":"{}","name_en":"{code}","name_zh":null,"name_ja":null,"name_native":null,"country":null,"side":null,"kind":"company","note":null,"other_names":[],"identifiers":[]}}"#,
            crate::domain::seeded_id("party", code)
        );
        crate::store::Kind::Party.read(&text).expect("a party")
    }

    /// The codes of a batch in which the journal was asked so often before.
    fn given(asked: u32) -> (impl Fn(u64) -> String, Vec<String>) {
        let mut store = Store::in_memory().expect("memory");
        let first = write(&mut store, |writer| writer.source_code_after("S-0000"));
        let number: u64 = first[2..].parse().expect("a number");
        let code = move |offset: u64| format!("S-{:04}", number + offset);
        // One is there, one was there and was removed, one has more digits than the others.
        write(&mut store, |writer| {
            for taken in [code(2), code(3), "S-10000".to_owned()] {
                writer.save(source(&taken))?;
            }
            writer.remove(crate::store::Kind::Source, &code(3))
        });
        let given = write(&mut store, |writer| {
            writer
                .minted
                .asked
                .insert(crate::store::Kind::Source, asked);
            let mut given = vec![format!("S-{:04}", number - 1)];
            for _ in 0..4 {
                let last = given.last().cloned().unwrap_or_default();
                let next = writer.source_code_after(&last)?;
                writer.save(source(&next))?;
                given.push(next);
            }
            // A record that brings its own code stands in the way like any other.
            writer.save(source(&code(7)))?;
            given.push(writer.source_code_after(&code(6))?);
            given.push(writer.source_code_after("S-9998")?);
            given.push(writer.source_code_after("S-9999")?);
            Ok(given)
        });
        (code, given)
    }

    #[test]
    fn parties_of_one_name_have_different_codes_however_often_it_was_asked() {
        for asked in [0, super::OFTEN - 2, super::OFTEN] {
            let mut store = Store::in_memory().expect("memory");
            let given = write(&mut store, |writer| {
                writer.minted.parties.asked = asked;
                let names = [
                    Some("Itochu"),
                    None,
                    Some("Party 0002"),
                    Some("Itochu"),
                    None,
                    Some("ITOCHU"),
                    None,
                ];
                let mut given = Vec::new();
                for name in names {
                    let code = writer.next_party_code(name)?;
                    writer.save(party(&code))?;
                    given.push(code);
                }
                writer.remove(crate::store::Kind::Party, "itochu-3")?;
                given.push(writer.next_party_code(Some("Itochu"))?);
                Ok(given)
            });
            let wanted = [
                "itochu",
                "party-0001",
                "party-0002",
                "itochu-2",
                "party-0003",
                "itochu-3",
                "party-0004",
                "itochu-4",
            ];
            assert_eq!(given, wanted, "{asked}");
        }
    }

    #[test]
    fn a_code_is_given_once_whatever_became_of_its_record() {
        for asked in [0, super::OFTEN - 3, super::OFTEN - 1, super::OFTEN] {
            let (code, given) = given(asked);
            assert_eq!(given[1..6], [0, 1, 4, 5, 8].map(code), "{asked}");
            assert_eq!(given[6..], ["S-9999", "S-10001"], "{asked}");
        }
    }
}
