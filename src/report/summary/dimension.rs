//! What a summary can be broken down by, and under which values a project counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::domain::{
    CountryCode, Dimension, Horizon, Language, Mode, Names, Objective, PartialDate, Sector, Side,
    Status, Vocabulary,
};
use crate::store::{Forum, Line};
use chrono::NaiveDate;

/// A value of a dimension as its canonical text; None is "not stated".
pub(crate) type Key = Option<String>;

/// What surrounds the projects: needed to know the regions and to name the forums.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) forums: Vec<Forum>,
    /// First day of membership in ASEAN, by country.
    asean: BTreeMap<String, NaiveDate>,
    /// What parties are called, by code: for labels only.
    parties: BTreeMap<String, String>,
}

impl World {
    /// `asean` is the first day of membership by country.
    pub(crate) fn new(
        forums: Vec<Forum>,
        asean: BTreeMap<String, NaiveDate>,
        lines: &[Line],
        language: Language,
    ) -> Self {
        let named = |party: &crate::store::LineParty| {
            (
                party.party.clone(),
                party.names().for_reader(language).to_owned(),
            )
        };
        let parties = lines.iter().flat_map(|line| &line.parties).map(named);
        Self {
            forums,
            asean,
            parties: parties.collect(),
        }
    }

    /// The name of a party.
    pub(crate) fn party<'a>(&'a self, code: &'a str) -> &'a str {
        self.parties.get(code).map_or(code, String::as_str)
    }

    /// The names of a forum.
    pub(crate) fn forum(&self, code: &str) -> Names<'_> {
        let forum = self.forums.iter().find(|forum| forum.code == code);
        forum.map_or(Names::default(), Forum::names)
    }

    fn is_in_asean(&self, country: &CountryCode, day: NaiveDate) -> bool {
        self.asean
            .get(country.as_str())
            .is_some_and(|since| *since <= day)
    }
}

/// The region of the members of ASEAN, and of all others.
const REGIONS: [&str; 2] = ["asean", "other"];

impl Dimension {
    /// The values under which a project counts: at least one, each once.
    pub(crate) fn keys(self, line: &Line, world: &World, horizon: Horizon) -> Vec<Key> {
        fn word<V: Vocabulary>(word: Option<V>) -> Vec<Key> {
            vec![word.map(|word| word.word().to_owned())]
        }
        let several = |values: Vec<String>| -> Vec<Key> {
            let mut values: Vec<Key> = values.into_iter().map(Some).collect();
            values.sort_unstable();
            values.dedup();
            if values.is_empty() {
                vec![None]
            } else {
                values
            }
        };
        let working = || line.parties.iter().filter(|party| !party.prospective);
        match self {
            Self::Mode => word(line.facts.mode),
            Self::Status => word(line.standing.status),
            Self::Sector => word(line.facts.sector),
            Self::Forum => vec![line.facts.forum.clone()],
            Self::Year => vec![
                line.standing
                    .entered_on
                    .map(PartialDate::year)
                    .map(|year| year.to_string()),
            ],
            Self::Country => several(line.hosts.iter().map(ToString::to_string).collect()),
            Self::Objective => several(line.objectives.iter().map(ToString::to_string).collect()),
            Self::Party => several(working().map(|party| party.party.clone()).collect()),
            Self::Side => several(
                working()
                    .filter_map(|party| party.side)
                    .map(|side| side.to_string())
                    .collect(),
            ),
            Self::Region => {
                let region =
                    |host| REGIONS[usize::from(!world.is_in_asean(host, horizon.as_of))].to_owned();
                several(line.hosts.iter().map(region).collect())
            }
        }
    }

    /// Closed lists in the order of their words, years in time, everything else by the number of projects; "not stated" last.
    pub(crate) fn order(self, key: &Key, projects: usize) -> (bool, usize, Reverse<usize>, Key) {
        fn place<V: Vocabulary>(key: &Key) -> usize {
            V::ALL
                .iter()
                .position(|word| Some(word.word()) == key.as_deref())
                .unwrap_or(usize::MAX)
        }
        let word = match self {
            Self::Mode => Some(place::<Mode>(key)),
            Self::Status => Some(place::<Status>(key)),
            Self::Sector => Some(place::<Sector>(key)),
            Self::Side => Some(place::<Side>(key)),
            Self::Objective => Some(place::<Objective>(key)),
            Self::Region => REGIONS
                .iter()
                .position(|region| Some(*region) == key.as_deref()),
            Self::Year | Self::Forum => Some(0),
            Self::Country | Self::Party => None,
        };
        match word {
            Some(word) => (key.is_none(), word, Reverse(0), key.clone()),
            None => (key.is_none(), 0, Reverse(projects), key.clone()),
        }
    }
}
