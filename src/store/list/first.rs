//! The first of the chosen projects, found by reading hardly more than those, however many there are.
//!
//! A condition on one value has an index in the order of the list. Alternatives are asked for one by one and put together. What
//! SQL does not judge (sides, and statuses as of a day) is judged on the next candidates, twice as many each time.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::{Filter, Line, Wanted};
use crate::domain::Horizon;
use crate::store::schema::*;
use crate::store::{Error, Reader};

/// Candidates that are looked at first, when not all of them may be chosen.
const CANDIDATES: usize = 100;

impl Filter {
    /// The same choice as several, each with one value in the condition that narrows most.
    fn one_by_one(&self) -> Vec<Self> {
        macro_rules! by {
            ($($field:ident),+) => {$(
                if self.$field.len() > 1 {
                    let each = self.$field.iter().map(|value| Self { $field: vec![value.clone()], ..self.clone() });
                    return each.collect();
                }
                if self.$field.len() == 1 {
                    return vec![self.clone()];
                }
            )+};
        }
        by!(
            party, country, year, forum, status, sector, mode, identified, desk
        );
        vec![self.clone()]
    }

    /// Whether SQL judges everything by its own indexes.
    fn is_exact(&self, is_open: bool) -> bool {
        is_open && self.side.is_empty()
    }
}

impl Reader<'_> {
    /// The first `limit` of the lines that [`Reader::lines`] would give.
    pub(super) fn first_lines(
        &mut self,
        filter: &Filter,
        horizon: Horizon,
        wanted: Wanted,
        limit: usize,
    ) -> Result<Vec<Line>, Error> {
        let mut found = BTreeMap::new();
        for filter in filter.one_by_one() {
            if filter.country == [None] && self.all_have_hosts()? {
                continue;
            }
            let (mut read, mut chosen) = (0, 0);
            let mut step = if filter.is_exact(horizon.is_open()) {
                limit
            } else {
                limit.max(CANDIDATES)
            };
            while chosen < limit {
                let (lines, more) = self.candidates(&filter, horizon, wanted, (read, step))?;
                chosen += lines.len();
                for line in lines {
                    let code = line.facts.code.as_str();
                    found.insert((code.len(), code.to_owned()), line);
                }
                if !more {
                    break;
                }
                read += step;
                step = step.saturating_mul(2);
            }
        }
        Ok(found.into_values().take(limit).collect())
    }

    /// Whether there is no project without a host: looking for one would read them all.
    fn all_have_hosts(&mut self) -> Result<bool, Error> {
        let tallies = self.tallies()?;
        Ok(tallies.iter().all(|tally| !tally.hosts.is_empty()))
    }

    /// The chosen ones among the next candidates, of which some are skipped and so many read; and whether there may be more.
    fn candidates(
        &mut self,
        filter: &Filter,
        horizon: Horizon,
        wanted: Wanted,
        (skip, read): (usize, usize),
    ) -> Result<(Vec<Line>, bool), Error> {
        let page = (
            i64::try_from(skip).unwrap_or(i64::MAX),
            i64::try_from(read).unwrap_or(i64::MAX),
        );
        let Some(codes) = self.codes_by_link(filter, page)? else {
            let query = filter.query(horizon.is_open()).offset(page.0).limit(page.1);
            let facts = query.load(self.db)?;
            let more = facts.len() == read;
            return Ok((self.lines_of(facts, filter, horizon, wanted, false)?, more));
        };
        let more = codes.len() == read;
        let among = Filter {
            among: Some(codes),
            ..filter.clone()
        };
        let facts = among.query(horizon.is_open()).load(self.db)?;
        Ok((self.lines_of(facts, filter, horizon, wanted, false)?, more))
    }

    /// The next projects of the one party or the one host that is asked for.
    fn codes_by_link(
        &mut self,
        filter: &Filter,
        (skip, read): (i64, i64),
    ) -> Result<Option<Vec<String>>, Error> {
        let codes = if let [party] = &filter.party[..] {
            participation::table
                .filter(participation::party.eq(party))
                .filter(participation::prospective.eq(false))
                .order((sql::<Integer>("length(project)"), participation::project))
                .select(participation::project)
                .distinct()
                .offset(skip)
                .limit(read)
                .load(self.db)?
        } else if let [Some(country)] = &filter.country[..] {
            project_host::table
                .filter(project_host::country.eq(country))
                .order((sql::<Integer>("length(project)"), project_host::project))
                .select(project_host::project)
                .offset(skip)
                .limit(read)
                .load(self.db)?
        } else {
            return Ok(None);
        };
        Ok(Some(codes))
    }
}

#[cfg(test)]
mod tests;
