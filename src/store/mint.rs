//! The next free code of a kind of record. A code is given once: what was removed keeps its own.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::record::Kind;
use super::schema::{entry, party, project, source};
use super::{Error, Writer};
use crate::domain::{ProjectCode, code_of_name};

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
            .map_err(|_| Error::Constraint(format!("the code {code:?} is no project code")))
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

    /// The next code of a project after `last`, which was given before in the same batch.
    pub(crate) fn project_code_after(
        &mut self,
        forum: Option<&str>,
        last: &ProjectCode,
    ) -> Result<ProjectCode, Error> {
        let (prefix, digits) = (forum.unwrap_or("P"), if forum.is_some() { 3 } else { 4 });
        let code = self.after(Kind::Project, prefix, digits, Some(last.as_str()))?;
        code.parse()
            .map_err(|_| Error::Constraint(format!("the code {code:?} is no project code")))
    }

    /// The next code of a source after `last`, which was given before in the same batch.
    pub(crate) fn source_code_after(&mut self, last: &str) -> Result<String, Error> {
        self.after(Kind::Source, "S", 4, Some(last))
    }

    /// The code of a party with this name: the words of the name, with a number where another party has that code.
    pub(crate) fn next_party_code(&mut self, name: Option<&str>) -> Result<String, Error> {
        let Some(base) = name.and_then(code_of_name) else {
            let last: Option<String> = party::table
                .filter(sql::<Bool>("code GLOB 'party-[0-9]*'"))
                .select(party::code)
                .order((
                    sql::<diesel::sql_types::BigInt>("length(code)").desc(),
                    party::code.desc(),
                ))
                .first(self.db())
                .optional()?;
            return self.after(Kind::Party, "party", 4, last.as_deref());
        };
        if !self.was_used(Kind::Party, &base)? {
            return Ok(base);
        }
        let mut number = 2;
        loop {
            let code = format!("{base}-{number}");
            if !self.was_used(Kind::Party, &code)? {
                return Ok(code);
            }
            number += 1;
        }
    }

    /// The first code after `last` that no record has or had.
    fn after(
        &mut self,
        kind: Kind,
        prefix: &str,
        digits: usize,
        last: Option<&str>,
    ) -> Result<String, Error> {
        let number = last
            .and_then(|code| code.rsplit_once('-'))
            .and_then(|(_, number)| number.parse::<u64>().ok());
        let mut number = number.unwrap_or(0);
        loop {
            number += 1;
            let code = format!("{prefix}-{number:0digits$}");
            if !self.was_used(kind, &code)? {
                return Ok(code);
            }
        }
    }

    /// Whether the journal speaks of a record with this code, removed ones included.
    fn was_used(&mut self, kind: Kind, code: &str) -> Result<bool, Error> {
        let entries = entry::table.filter(entry::kind.eq(kind).and(entry::code.eq(code)));
        Ok(diesel::select(diesel::dsl::exists(entries)).get_result(self.db())?)
    }
}
