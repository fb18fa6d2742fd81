//! What the rules know beside the record that they judge.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    Confidence, CountryCode, Homes, Horizon, PartialDate, Side, SourceLink, Verdict,
};
use crate::store::{Currency, Judgement, Party, Project, Source};

/// Facts about all records that single records are judged by.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) horizon: Horizon,
    /// When currencies ceased to be legal tender.
    withdrawn: BTreeMap<String, PartialDate>,
    homes: Homes,
    /// Home country and stated side of each party.
    parties: BTreeMap<String, (Option<CountryCode>, Option<Side>)>,
    /// Projects under each number of a forum's list.
    list_numbers: BTreeMap<(String, i64), Vec<String>>,
    used_parties: BTreeSet<String>,
    used_sources: BTreeSet<String>,
    /// Confidence of each source, and whether its address is withheld.
    sources: BTreeMap<String, (Confidence, bool)>,
    /// Parties by each of their names, as names are compared.
    names: BTreeMap<String, BTreeSet<String>>,
    /// Names of parties that have a side, with the party and the side.
    sided: Vec<(String, String, Side)>,
    /// Pairs of parties that somebody looked at and found different, as judgements name them.
    distinct: BTreeSet<String>,
}

impl World {
    pub(crate) fn new(
        horizon: Horizon,
        homes: Homes,
        currencies: Vec<Currency>,
        parties: &[Party],
    ) -> Self {
        let withdrawn = currencies
            .into_iter()
            .filter_map(|currency| Some((currency.code, currency.withdrawn?)));
        let mut names = BTreeMap::<String, BTreeSet<String>>::new();
        let mut sided = Vec::new();
        for party in parties {
            let (code, facts) = (&party.facts.code, &party.facts);
            for name in party.identity().names {
                names.entry(name.whole).or_default().insert(code.clone());
            }
            let stated = party.names();
            let main = [stated.en, stated.zh, stated.ja].into_iter().flatten();
            if let Some(side) = homes.side(facts.side, facts.country.as_ref(), &[])
                && matches!(side, Side::Chinese | Side::Japanese)
            {
                sided.extend(main.map(|name| (name.to_owned(), code.clone(), side)));
            }
        }
        let parties = parties.iter().map(|party| {
            let facts = &party.facts;
            (facts.code.clone(), (facts.country.clone(), facts.side))
        });
        Self {
            horizon,
            homes,
            withdrawn: withdrawn.collect(),
            parties: parties.collect(),
            list_numbers: BTreeMap::new(),
            used_parties: BTreeSet::new(),
            used_sources: BTreeSet::new(),
            sources: BTreeMap::new(),
            names,
            sided,
            distinct: BTreeSet::new(),
        }
    }

    /// Takes note of what a project uses.
    pub(crate) fn note(&mut self, project: &Project) {
        let facts = &project.facts;
        if let (Some(forum), Some(number)) = (&facts.forum, facts.list_number) {
            self.list_numbers
                .entry((forum.clone(), number))
                .or_default()
                .push(facts.code.to_string());
        }
        self.used_parties.extend(project.party_codes().cloned());
        self.used_sources.extend(project.citations.iter().cloned());
        self.used_sources.extend(
            project
                .events
                .iter()
                .filter_map(|event| event.source.clone()),
        );
        self.used_sources.extend(
            project
                .amounts
                .iter()
                .filter_map(|amount| amount.source.clone()),
        );
        self.used_sources
            .extend(project.risks.iter().filter_map(|risk| risk.source.clone()));
    }

    /// Takes note of sources that something other than a project rests on.
    pub(crate) fn use_sources(&mut self, codes: impl IntoIterator<Item = String>) {
        self.used_sources.extend(codes);
    }

    /// Takes note of how far a source can be relied on.
    pub(crate) fn note_source(&mut self, source: &Source) {
        let is_withheld = source.link == Some(SourceLink::Withheld);
        self.sources
            .insert(source.code.clone(), (source.confidence, is_withheld));
    }

    /// Takes note of a decision on two parties.
    pub(crate) fn note_judgement(&mut self, judgement: &Judgement) {
        if judgement.verdict == Verdict::NotSame {
            self.distinct.insert(judgement.code.clone());
        }
    }

    pub(crate) fn confidence(&self, source: &str) -> Option<Confidence> {
        self.sources.get(source).map(|(confidence, _)| *confidence)
    }

    pub(crate) fn is_withheld(&self, source: &str) -> bool {
        self.sources
            .get(source)
            .is_some_and(|(_, is_withheld)| *is_withheld)
    }

    /// The parties after this one, in the order of their codes, that have a name in common with it and were not found different.
    pub(crate) fn repeats_of(&self, party: &Party) -> BTreeSet<&str> {
        let code = &party.facts.code;
        let names = party.identity().names;
        let sharing = names
            .iter()
            .filter_map(|name| self.names.get(&name.whole))
            .flatten();
        sharing
            .filter(|other| {
                *other > code && !self.distinct.contains(&Judgement::code_of(code, other))
            })
            .map(String::as_str)
            .collect()
    }

    /// The first party with a side that `text` names, other than `except`, with its side; the longest name where several begin at
    /// one place.
    pub(crate) fn first_named(&self, text: &str, except: &str) -> Option<(&str, Side)> {
        let found = self.sided.iter().filter(|(_, code, _)| code != except);
        let found = found.filter_map(|(name, code, side)| {
            let place = text
                .find(name.as_str())
                .filter(|_| name.chars().count() > 1)?;
            Some(((place, std::cmp::Reverse(name.len())), code.as_str(), *side))
        });
        let (_, code, side) = found.min_by_key(|(place, _, _)| *place)?;
        Some((code, side))
    }

    pub(crate) fn withdrawn(&self, currency: &str) -> Option<PartialDate> {
        self.withdrawn.get(currency).copied()
    }

    /// On which side a party stands in a project.
    pub(crate) fn side(&self, party: &str, hosts: &[CountryCode]) -> Option<Side> {
        let (country, stated) = self.parties.get(party)?;
        self.homes.side(*stated, country.as_ref(), hosts)
    }

    /// The other projects under the same number of the same list.
    pub(crate) fn same_number(&self, project: &Project) -> Vec<String> {
        let facts = &project.facts;
        let key = facts.forum.clone().zip(facts.list_number);
        let all = key
            .and_then(|key| self.list_numbers.get(&key))
            .cloned()
            .unwrap_or_default();
        all.into_iter()
            .filter(|code| code != facts.code.as_str())
            .collect()
    }

    pub(crate) fn uses_party(&self, code: &str) -> bool {
        self.used_parties.contains(code)
    }

    pub(crate) fn uses_source(&self, code: &str) -> bool {
        self.used_sources.contains(code)
    }
}
