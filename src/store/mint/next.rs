//! The next free codes of projects, sources, parties and everything else that is numbered.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Series;
use crate::domain::{ProjectCode, code_of_name};
use crate::store::record::Kind;
use crate::store::schema::entry;
use crate::store::{Error, Writer};

/// How the codes of parties begin whose names have no Latin letters.
const NUMBERED_PARTY: &str = "party-";

/// The condition that a code is the prefix `?1` with a number after it.
const NUMBERED: &str = "substr(code, length(?1) + 1) NOT GLOB '*[^0-9]*'";

#[derive(QueryableByName)]
struct Code {
    #[diesel(sql_type = Text)]
    code: String,
}

impl Writer<'_> {
    /// Returns the next code of an agreement of `forum`; without one, that of a later project.
    pub(crate) fn next_project_code(&mut self, forum: Option<&str>) -> Result<ProjectCode, Error> {
        let code = match forum {
            Some(forum) => self.next_code(Kind::Project, &format!("{forum}-"), 3)?,
            None => self.next_code(Kind::Project, "P-", 4)?,
        };
        code.parse()
            .map_err(|_| Error::Constraint(message!("why-no-project-code", code)))
    }

    /// Returns the next code of a source.
    pub(crate) fn next_source_code(&mut self) -> Result<String, Error> {
        self.next_code(Kind::Source, "S-", 4)
    }

    /// Returns the code of a party with these names: the Latin words of the first name that has any, with a number where another
    /// party has that code. Without such a name it is the next number: `party-0001`.
    pub(crate) fn next_party_code<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<String, Error> {
        let Some(base) = names.into_iter().find_map(code_of_name) else {
            return self.next_code(Kind::Party, NUMBERED_PARTY, 4);
        };
        let mut code = base.clone();
        let mut number = 1_u64;
        while self.was_used(Kind::Party, &code)? {
            number += 1;
            code = format!("{base}-{number}");
        }
        if code.starts_with(NUMBERED_PARTY) {
            self.minted.look_again(Kind::Party); // a name that looks like a number that would be given
        }
        self.minted.given.insert((Kind::Party, code.clone()));
        Ok(code)
    }

    /// Returns the next code that begins with `prefix` and goes on with a number, of so many digits at least: the first one, after
    /// the highest that a record has, which none has or had.
    pub(crate) fn next_code(
        &mut self,
        kind: Kind,
        prefix: &str,
        digits: usize,
    ) -> Result<String, Error> {
        let key = (kind, prefix.to_owned());
        let mut series = match self.minted.series.get(&key) {
            Some(series) => *series,
            None => Series {
                last: self.highest(kind, prefix)?,
                free_until: 0,
            },
        };
        loop {
            series.last += 1;
            let code = format!("{prefix}{:0digits$}", series.last);
            if series.last >= series.free_until {
                series.free_until = self.next_used(kind, prefix, &code)?;
            }
            if series.last < series.free_until {
                self.minted.series.insert(key, series);
                self.minted.given.insert((kind, code.clone()));
                return Ok(code);
            }
        }
    }

    /// Returns the highest number in the codes that records have.
    fn highest(&mut self, kind: Kind, prefix: &str) -> Result<u64, Error> {
        // The table of a kind is called like the kind. No code has the character that ends the range.
        let highest = diesel::sql_query(format!(
            "SELECT code FROM {kind} WHERE code > ?1 AND code < ?1 || '\u{10ffff}' AND {NUMBERED}
             ORDER BY length(code) DESC, code DESC LIMIT 1"
        ));
        let highest = highest.bind::<Text, _>(prefix).get_result(self.db());
        let highest: Option<Code> = highest.optional()?;
        Ok(highest.map_or(0, |row| number_of(&row.code, prefix)))
    }

    /// Returns the number of the first code from `code` on that a record has or had, among those of its length; where none has, the
    /// first number that is longer.
    fn next_used(&mut self, kind: Kind, prefix: &str, code: &str) -> Result<u64, Error> {
        let used = diesel::sql_query(format!(
            "SELECT code FROM entry WHERE kind = '{kind}' AND code >= ?2 AND code < ?1 || '\u{10ffff}'
             AND length(code) = length(?2) AND {NUMBERED} ORDER BY code LIMIT 1"
        ));
        let used = used.bind::<Text, _>(prefix).bind::<Text, _>(code);
        let used: Option<Code> = used.get_result(self.db()).optional()?;
        let digits = u32::try_from(code.len() - prefix.len()).unwrap_or(u32::MAX);
        let longer = 10_u64.saturating_pow(digits);
        Ok(used.map_or(longer, |row| number_of(&row.code, prefix)))
    }

    /// Whether the journal speaks of a record with this code, removed ones included.
    fn was_used(&mut self, kind: Kind, code: &str) -> Result<bool, Error> {
        let entries = entry::table.filter(entry::kind.eq(kind).and(entry::code.eq(code)));
        Ok(diesel::select(diesel::dsl::exists(entries)).get_result(self.db())?)
    }
}

/// The number in a code that begins with `prefix`.
fn number_of(code: &str, prefix: &str) -> u64 {
    let number = code.strip_prefix(prefix).and_then(|rest| rest.parse().ok());
    number.unwrap_or(0)
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

    #[test]
    fn parties_of_one_name_have_different_codes() {
        let mut store = Store::in_memory().expect("memory");
        let given = write(&mut store, |writer| {
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
        assert_eq!(given, wanted);
    }

    #[test]
    fn a_code_is_given_once_whatever_became_of_its_record() {
        let mut store = Store::in_memory().expect("memory");
        let removed = ["S-0005", "S-0006", "S-10000"];
        write(&mut store, |writer| {
            writer.save(source("S-0003"))?;
            for code in removed {
                writer.save(source(code))?;
            }
            let kind = crate::store::Kind::Source;
            removed
                .iter()
                .try_for_each(|code| writer.remove(kind, code))
        });
        let mut next = |own: &str| {
            write(&mut store, |writer| {
                let mut given = Vec::new();
                for _ in 0..3 {
                    let next = writer.next_source_code()?;
                    writer.save(source(&next))?;
                    given.push(next);
                }
                // A record that brings its own code stands in the way like any other.
                writer.save(source(own))?;
                given.push(writer.next_source_code()?);
                Ok(given)
            })
        };
        assert_eq!(next("S-0009"), ["S-0004", "S-0007", "S-0008", "S-0010"]);
        assert_eq!(next("S-9998"), ["S-0010", "S-0011", "S-0012", "S-0013"]);
        assert_eq!(next("S-0500"), ["S-9999", "S-10001", "S-10002", "S-10003"]);
    }
}
