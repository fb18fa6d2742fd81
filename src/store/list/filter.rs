//! Which projects a report is about.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::{LineFacts, LineParty};
use crate::domain::*;
use crate::store::Tally;
use crate::store::backend::Backend;
use crate::store::schema::*;

/// How "not stated" is written where a value is asked for.
pub(crate) const NOT_STATED: &str = "not_stated";

/// Values of one field are alternatives; fields are conditions that all hold. None among the values is "not stated".
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Filter {
    pub(crate) mode: Vec<Option<Mode>>,
    pub(crate) country: Vec<Option<CountryCode>>,
    pub(crate) status: Vec<Option<Status>>,
    pub(crate) sector: Vec<Option<Sector>>,
    /// Sides of which a party takes part, prospective parts left out.
    pub(crate) side: Vec<Side>,
    /// None is a later project.
    pub(crate) forum: Vec<Option<String>>,
    /// Codes of parties that take part, prospective parts left out.
    pub(crate) party: Vec<String>,
    /// Years of the first status event.
    pub(crate) year: Vec<Option<i32>>,
    pub(crate) identified: Vec<bool>,
    /// Offices that are responsible.
    pub(crate) desk: Vec<Option<Desk>>,
    /// Only among these codes: not a condition that a user states, and not one that reports repeat.
    pub(crate) among: Option<Vec<String>>,
}

type Chosen<'a> = project::BoxedQuery<
    'a,
    Backend,
    diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<LineFacts, Backend>>,
>;

macro_rules! any_of {
    ($query:ident, $column:expr, $values:expr) => {
        let stated: Vec<String> = $values.iter().flatten().map(ToString::to_string).collect();
        // One value alone is looked up in its index, which has the order of the list.
        if let [Some(value)] = &$values[..] {
            $query = $query.filter($column.eq(value.to_string()));
        } else if let [None] = &$values[..] {
            $query = $query.filter($column.is_null());
        } else if $values.contains(&None) {
            $query = $query.filter($column.eq_any(stated).or($column.is_null()));
        } else if !$values.is_empty() {
            $query = $query.filter($column.eq_any(stated));
        }
    };
}

impl Filter {
    /// The chosen projects in the order of their codes. `with_standing` says whether the status and the year are judged
    /// here, by the columns that follow from all events, or later by [`Self::accepts`].
    pub(super) fn query(&self, with_standing: bool) -> Chosen<'static> {
        let order = (
            diesel::dsl::sql::<diesel::sql_types::Integer>("length(project.code)"),
            project::code,
        );
        let mut query = project::table
            .select(LineFacts::as_select())
            .order(order)
            .into_boxed();
        if let Some(codes) = &self.among {
            query = query.filter(project::code.eq_any(codes.clone()));
        }
        any_of!(query, project::mode, self.mode);
        any_of!(query, project::sector, self.sector);
        any_of!(query, project::forum, self.forum);
        any_of!(query, project::desk, self.desk);
        match self.identified[..] {
            [] => {}
            [identified] => query = query.filter(project::identified.eq(identified)),
            _ => query = query.filter(project::identified.eq_any(self.identified.clone())),
        }
        if !self.country.is_empty() {
            let hosted = project_host::table.filter(project_host::project.eq(project::code));
            let stated: Vec<String> = self
                .country
                .iter()
                .flatten()
                .map(ToString::to_string)
                .collect();
            let among = exists(hosted.filter(project_host::country.eq_any(stated)));
            query = if self.country.contains(&None) {
                query.filter(among.or(not(exists(hosted))))
            } else {
                query.filter(among)
            };
        }
        let working = || {
            participation::table.filter(
                participation::project
                    .eq(project::code)
                    .and(participation::prospective.eq(false)),
            )
        };
        if !self.party.is_empty() {
            query = query.filter(exists(
                working().filter(participation::party.eq_any(self.party.clone())),
            ));
        }
        if with_standing {
            any_of!(query, project::status, self.status);
            if !self.year.is_empty() {
                let year = diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Text>>(
                    "substr(project.entered_on, 1, 4)",
                );
                any_of!(query, year.clone(), self.year);
            }
        }
        query
    }

    /// Whether the tally tells who is chosen.
    pub(crate) fn is_tallied(&self) -> bool {
        self.status.is_empty()
            && self.sector.is_empty()
            && self.side.is_empty()
            && self.party.is_empty()
            && self.year.is_empty()
            && self.desk.is_empty()
            && self.among.is_none()
    }

    /// Whether projects that stand alike are chosen, where [`Self::is_tallied`].
    pub(crate) fn accepts_tally(&self, tally: &Tally) -> bool {
        let hosted = |country: &Option<CountryCode>| match country {
            Some(country) => tally.hosts.contains(country),
            None => tally.hosts.is_empty(),
        };
        (self.mode.is_empty() || self.mode.contains(&tally.mode))
            && (self.forum.is_empty() || self.forum.contains(&tally.forum))
            && (self.identified.is_empty() || self.identified.contains(&tally.identified))
            && (self.country.is_empty() || self.country.iter().any(hosted))
    }

    /// Whether a project that stands like this is chosen, as far as that depends on events.
    pub(super) fn accepts(&self, standing: Standing) -> bool {
        let year = standing.entered_on.map(PartialDate::year);
        (self.status.is_empty() || self.status.contains(&standing.status))
            && (self.year.is_empty() || self.year.contains(&year))
    }

    /// Whether the parties are on a side that is asked for. A side depends on the hosts, so it is not judged in SQL.
    pub(super) fn accepts_sides(&self, parties: &[LineParty]) -> bool {
        let on = |side: &Side| {
            parties
                .iter()
                .any(|party| !party.prospective && party.side == Some(*side))
        };
        self.side.is_empty() || self.side.iter().any(on)
    }
}

impl Serialize for Filter {
    /// The conditions that are set: field → values.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        macro_rules! entries {
            ($($field:ident),+) => {$(
                if !self.$field.is_empty() {
                    map.serialize_entry(stringify!($field), &self.$field)?;
                }
            )+};
        }
        entries!(
            mode, country, status, sector, side, forum, party, year, identified, desk
        );
        map.end()
    }
}
