//! How likely two records of projects are one project, and why.

use std::collections::BTreeSet;

use super::matching::shared;
use super::words::is_written_without_blanks;
use super::{CompanyName, CountryCode, Likeness, Reason, names_nothing};

/// From here on a project may be the same: somebody should look.
pub(crate) const POSSIBLE: f64 = 0.5;

const SAME_TITLE: f64 = 0.70;
const SIMILAR_TITLE: f64 = 0.60;
const SAME_PARTIES: f64 = 0.30;
const OTHER_PARTIES: f64 = -0.20;
const SAME_HOST: f64 = 0.05;
const OTHER_HOST: f64 = -0.15;
/// Titles that are not the same are not more alike than this.
const NEARLY: f64 = 0.99;
/// A title that is less alike than this says nothing for the pair.
const LEAST_ALIKE: f64 = 0.25;

/// What is compared of a project.
#[derive(Debug, Clone, Default)]
pub(crate) struct ProjectIdentity {
    titles: Vec<Title>,
    pub(crate) parties: BTreeSet<String>,
    pub(crate) hosts: BTreeSet<CountryCode>,
}

/// A title in the forms in which it is compared. A row of a file is compared with many projects.
#[derive(Debug, Clone)]
struct Title {
    name: CompanyName,
    parts: BTreeSet<String>,
    is_han: bool,
}

impl Title {
    fn of(text: &str) -> Self {
        let name = CompanyName::of(text);
        Self {
            parts: name.parts(),
            is_han: is_han(&name),
            name,
        }
    }

    /// From 0 to 1, where 1 is the same title; none when it is less than `least`.
    fn likeness(&self, other: &Self, least: f64) -> Option<f64> {
        if self.name.whole == other.name.whole {
            return Some(1.0);
        }
        if least > NEARLY {
            return None;
        }
        let parts = 0.7 * shared(&self.parts, &other.parts);
        let alike = |spelling: f64| hundredth(parts + 0.3 * spelling).min(NEARLY);
        if alike(1.0) < least {
            return None;
        }
        let alike = alike(strsim::jaro_winkler(&self.name.core, &other.name.core));
        Some(alike).filter(|alike| *alike >= least)
    }
}

impl ProjectIdentity {
    /// Titles that name nothing are left out.
    pub(crate) fn new<'a>(
        titles: impl IntoIterator<Item = &'a str>,
        parties: impl IntoIterator<Item = String>,
        hosts: impl IntoIterator<Item = CountryCode>,
    ) -> Self {
        Self {
            titles: titles
                .into_iter()
                .filter(|title| !names_nothing(title))
                .map(Title::of)
                .collect(),
            parties: parties.into_iter().collect(),
            hosts: hosts.into_iter().collect(),
        }
    }

    /// Of each title, what [`title_parts`] makes of it.
    pub(crate) fn title_parts(&self) -> impl Iterator<Item = &BTreeSet<String>> {
        self.titles.iter().map(|title| &title.parts)
    }

    /// Its titles, as they are compared.
    pub(crate) fn names(&self) -> impl Iterator<Item = &CompanyName> {
        self.titles.iter().map(|title| &title.name)
    }

    /// How likely this and `other` are one project.
    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        self.likeness_by_title(other, 0.0)
    }

    /// The same where it may be that they are one; none where it may not.
    pub(crate) fn possible_likeness(&self, other: &Self) -> Option<Likeness> {
        let rest: f64 = self.other_reasons(other).map(|(_, weight)| weight).sum();
        // What is rounded away must not decide.
        let least = (POSSIBLE - 0.02 - rest) / SIMILAR_TITLE;
        let likeness = self.likeness_by_title(other, least.min(1.0));
        Some(likeness).filter(|likeness| likeness.score >= POSSIBLE)
    }

    /// `least` is how alike the titles must be to count.
    fn likeness_by_title(&self, other: &Self, least: f64) -> Likeness {
        let title = match self.title_likeness_from(other, least) {
            Some(1.0) => Some((Reason::SameTitle, SAME_TITLE)),
            Some(alike) if alike >= LEAST_ALIKE => {
                Some((Reason::SimilarTitle, hundredth(SIMILAR_TITLE * alike)))
            }
            _ => None,
        };
        let reasons = title.into_iter().chain(self.other_reasons(other));
        Likeness::of(reasons.collect(), false)
    }

    /// What the parties and the hosts say.
    fn other_reasons(&self, other: &Self) -> impl Iterator<Item = (Reason, f64)> {
        let parties = self.shared_parties(other).map(|share| {
            if share > 0.0 {
                (Reason::SameParties, hundredth(SAME_PARTIES * share))
            } else {
                (Reason::OtherParties, OTHER_PARTIES)
            }
        });
        let can_compare = !self.hosts.is_empty() && !other.hosts.is_empty();
        let hosts = can_compare.then(|| {
            if self.hosts.is_disjoint(&other.hosts) {
                (Reason::OtherHost, OTHER_HOST)
            } else {
                (Reason::SameHost, SAME_HOST)
            }
        });
        parties.into_iter().chain(hosts)
    }

    /// Whether the two can be taken for one without asking: the same title, and nothing that speaks against it.
    pub(crate) fn is_surely(&self, other: &Self) -> bool {
        let hosts_agree = self.hosts.is_empty()
            || other.hosts.is_empty()
            || !self.hosts.is_disjoint(&other.hosts);
        hosts_agree
            && self.shared_parties(other).is_none_or(|share| share > 0.0)
            && self.title_likeness_from(other, 1.0) == Some(1.0)
    }

    /// The same, and a party in common: what a row with an identifier of its own needs to be a project that has none.
    pub(crate) fn is_surely_by_party(&self, other: &Self) -> bool {
        self.is_surely(other) && self.shared_parties(other).is_some()
    }

    /// How alike the titles are that can be compared, from 0 to 1; none when the two have no title in one script.
    pub(crate) fn title_likeness(&self, other: &Self) -> Option<f64> {
        self.title_likeness_from(other, 0.0)
    }

    /// The same where it is `least` at least.
    fn title_likeness_from(&self, other: &Self, least: f64) -> Option<f64> {
        let pairs = self
            .titles
            .iter()
            .flat_map(|one| other.titles.iter().map(move |other| (one, other)))
            .filter(|(one, other)| !one.name.core.is_empty() && one.is_han == other.is_han);
        pairs
            .filter_map(|(one, other)| one.likeness(other, least))
            .max_by(f64::total_cmp)
    }

    /// The share of the parties of the one with fewer that the other has too; none where one names no party.
    fn shared_parties(&self, other: &Self) -> Option<f64> {
        let fewer = self.parties.len().min(other.parties.len());
        if fewer == 0 {
            return None;
        }
        let both = self.parties.intersection(&other.parties).count();
        #[expect(clippy::cast_precision_loss, reason = "projects have few parties")]
        let share = both as f64 / fewer as f64;
        Some(share)
    }
}

fn is_han(title: &CompanyName) -> bool {
    let letters = title.core.chars().filter(|letter| letter.is_alphabetic());
    letters
        .clone()
        .filter(|letter| is_written_without_blanks(*letter))
        .count()
        * 2
        > letters.count()
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The words, and the pairs of characters, by which titles that may be meant alike are brought together.
pub(crate) fn title_parts(title: &str) -> BTreeSet<String> {
    CompanyName::of(title).parts()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn project(titles: &[&str], parties: &[&str], hosts: &[&str]) -> ProjectIdentity {
        ProjectIdentity::new(
            titles.iter().copied(),
            parties.iter().map(|party| (*party).to_owned()),
            hosts.iter().map(|host| host.parse().expect("a country")),
        )
    }

    #[test]
    fn the_same_title_with_a_common_party_is_the_same_project() {
        let one = project(&["Al Ghat wind farm (600 MW)"], &["marubeni"], &["SA"]);
        let other = project(&["AL GHAT Wind Farm (600 MW)"], &["marubeni", "sec"], &[]);
        assert!(one.is_surely(&other));
        assert_eq!(one.likeness(&other).score, 1.0);
    }

    #[test]
    fn what_contradicts_is_left_to_people() {
        let one = project(&["Wind farm, second phase"], &["marubeni"], &["SA"]);
        for other in [
            project(&["Wind farm, second phase"], &["sumitomo"], &["SA"]),
            project(&["Wind farm, second phase"], &["marubeni"], &["OM"]),
            project(&["Wind farm, first phase"], &["marubeni"], &["SA"]),
        ] {
            assert!(!one.is_surely(&other));
            assert!(one.likeness(&other).score >= POSSIBLE, "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_possible_is_found_the_short_way(
            titles in proptest::collection::vec("(port|power|plant|phase|wind|farm|发电|项目|二期)( ?(port|power|plants|one|two|发电|项目|二期)){0,4}", 2..4),
            parties in proptest::collection::vec("[a-c]", 0..4),
            hosts in proptest::collection::vec("(TH|VN)", 0..3),
        ) {
            let of = |place: usize| project(
                &titles.iter().map(String::as_str).skip(place).take(2).collect::<Vec<_>>(),
                &parties.iter().map(String::as_str).skip(place).collect::<Vec<_>>(),
                &hosts.iter().map(String::as_str).skip(place).collect::<Vec<_>>(),
            );
            let (one, other) = (of(0), of(1));
            let whole = Some(one.likeness(&other)).filter(|likeness| likeness.score >= POSSIBLE);
            prop_assert_eq!(one.possible_likeness(&other), whole);
        }
    }

    #[test]
    fn different_projects_stay_apart() {
        let one = project(&["Atyrau refinery complex"], &["marubeni"], &["KZ"]);
        let other = project(&["Hai Duong thermal power plant"], &["marubeni"], &["VN"]);
        assert!(one.likeness(&other).score < POSSIBLE);
        let other = project(&["ハイズオン火力発電所"], &["cnpc"], &[]);
        assert_eq!(one.title_likeness(&other), None);
        assert!(one.likeness(&other).score < POSSIBLE);
    }
}
