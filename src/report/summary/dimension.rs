//! What a summary can be broken down by, and under which values a project counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::domain::{
    CountryCode, Dimension, Horizon, Language, Mode, Names, Objective, PartialDate, Sector, Side,
    Status, Vocabulary,
};
use crate::store::{Forum, Line, LineParty};
use chrono::NaiveDate;

/// A value of a dimension as its canonical text; None is "not stated".
pub(crate) type Key = Option<String>;

/// The two partners. What takes place in another country takes place in a third one.
const PARTNERS: [&str; 2] = ["CN", "JP"];

/// Whether a value is a third country.
pub(crate) fn is_third_country(key: &Key) -> bool {
    key.as_deref().is_some_and(|key| !PARTNERS.contains(&key))
}

/// What surrounds the projects: needed to know the regions and to name the forums.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) forums: Vec<Forum>,
    /// First day of membership in ASEAN, by country.
    asean: BTreeMap<String, NaiveDate>,
    /// What parties are called, by code: for labels only.
    parties: HashMap<String, String>,
}

impl World {
    /// `asean` is the first day of membership by country.
    pub(crate) fn new(
        forums: Vec<Forum>,
        asean: BTreeMap<String, NaiveDate>,
        lines: &[Line],
        language: Language,
    ) -> Self {
        let mut parties = HashMap::new();
        for party in lines.iter().flat_map(|line| &line.parties) {
            // Few parties stand in many projects.
            if !parties.contains_key(&party.party) {
                let name = party.names().for_reader(language).to_owned();
                parties.insert(party.party.clone(), name);
            }
        }
        Self {
            forums,
            asean,
            parties,
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

/// What a project, or projects that stand alike, can be counted by.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traits<'a> {
    pub(super) forum: Option<&'a str>,
    pub(super) mode: Option<Mode>,
    pub(super) status: Option<Status>,
    pub(super) hosts: &'a [CountryCode],
    pub(super) sector: Option<Sector>,
    pub(super) year: Option<i32>,
    pub(super) objectives: &'a [Objective],
    pub(super) parties: &'a [LineParty],
}

impl<'a> Traits<'a> {
    pub(super) fn of(line: &'a Line) -> Self {
        Self {
            forum: line.facts.forum.as_deref(),
            mode: line.facts.mode,
            status: line.standing.status,
            hosts: &line.hosts,
            sector: line.facts.sector,
            year: line.standing.entered_on.map(PartialDate::year),
            objectives: &line.objectives,
            parties: &line.parties,
        }
    }
}

/// The region of the members of ASEAN, and of all others.
const REGIONS: [&str; 2] = ["asean", "other"];

impl Dimension {
    /// The values under which a project counts: at least one, each once.
    pub(crate) fn keys(self, line: &Line, world: &World, horizon: Horizon) -> Vec<Key> {
        self.keys_of(&Traits::of(line), world, horizon)
    }

    /// Whether a project can have more than one value, and then counts under each.
    pub(crate) fn has_several(self) -> bool {
        matches!(
            self,
            Self::Country | Self::Region | Self::Side | Self::Party | Self::Objective
        )
    }

    /// Whether the tally has what is counted by.
    pub(crate) fn is_tallied(self) -> bool {
        matches!(
            self,
            Self::Mode | Self::Country | Self::Region | Self::Forum | Self::Status
        )
    }

    pub(super) fn keys_of(self, traits: &Traits<'_>, world: &World, horizon: Horizon) -> Vec<Key> {
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
        let working = || traits.parties.iter().filter(|party| !party.prospective);
        match self {
            Self::Mode => word(traits.mode),
            Self::Status => word(traits.status),
            Self::Sector => word(traits.sector),
            Self::Forum => vec![traits.forum.map(str::to_owned)],
            Self::Year => vec![traits.year.map(|year| year.to_string())],
            Self::Country => several(traits.hosts.iter().map(ToString::to_string).collect()),
            Self::Objective => several(traits.objectives.iter().map(ToString::to_string).collect()),
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
                several(traits.hosts.iter().map(region).collect())
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
