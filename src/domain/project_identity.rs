//! How likely two records of projects are one project, and why.

use std::collections::BTreeSet;

use super::matching::shared;
use super::words::is_written_without_blanks;
use super::{CompanyName, CountryCode, Likeness, Reason};

/// From here on a project may be the same: somebody should look.
pub(crate) const POSSIBLE: f64 = 0.5;

const SAME_TITLE: f64 = 0.70;
const SIMILAR_TITLE: f64 = 0.60;
const SAME_PARTIES: f64 = 0.30;
const OTHER_PARTIES: f64 = -0.20;
const SAME_HOST: f64 = 0.05;
const OTHER_HOST: f64 = -0.15;
/// A title that is less alike than this says nothing for the pair.
const LEAST_ALIKE: f64 = 0.25;

/// What is compared of a project.
#[derive(Debug, Clone, Default)]
pub(crate) struct ProjectIdentity {
    titles: Vec<CompanyName>,
    pub(crate) parties: BTreeSet<String>,
    pub(crate) hosts: BTreeSet<CountryCode>,
}

impl ProjectIdentity {
    pub(crate) fn new<'a>(
        titles: impl IntoIterator<Item = &'a str>,
        parties: impl IntoIterator<Item = String>,
        hosts: impl IntoIterator<Item = CountryCode>,
    ) -> Self {
        Self {
            titles: titles.into_iter().map(CompanyName::of).collect(),
            parties: parties.into_iter().collect(),
            hosts: hosts.into_iter().collect(),
        }
    }

    /// How likely this and `other` are one project.
    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        let mut reasons = Vec::new();
        match self.title_likeness(other) {
            Some(1.0) => reasons.push((Reason::SameTitle, SAME_TITLE)),
            Some(alike) if alike >= LEAST_ALIKE => {
                reasons.push((Reason::SimilarTitle, hundredth(SIMILAR_TITLE * alike)));
            }
            _ => {}
        }
        if let Some(share) = self.shared_parties(other) {
            if share > 0.0 {
                reasons.push((Reason::SameParties, hundredth(SAME_PARTIES * share)));
            } else {
                reasons.push((Reason::OtherParties, OTHER_PARTIES));
            }
        }
        if !self.hosts.is_empty() && !other.hosts.is_empty() {
            if self.hosts.is_disjoint(&other.hosts) {
                reasons.push((Reason::OtherHost, OTHER_HOST));
            } else {
                reasons.push((Reason::SameHost, SAME_HOST));
            }
        }
        Likeness::of(reasons, false)
    }

    /// Whether the two can be taken for one without asking: the same title, and nothing that speaks against it.
    pub(crate) fn is_surely(&self, other: &Self) -> bool {
        let hosts_agree = self.hosts.is_empty()
            || other.hosts.is_empty()
            || !self.hosts.is_disjoint(&other.hosts);
        self.title_likeness(other) == Some(1.0)
            && hosts_agree
            && self.shared_parties(other).is_none_or(|share| share > 0.0)
    }

    /// How alike the titles are that can be compared, from 0 to 1; none when the two have no title in one script.
    pub(crate) fn title_likeness(&self, other: &Self) -> Option<f64> {
        let pairs = self
            .titles
            .iter()
            .flat_map(|one| other.titles.iter().map(move |other| (one, other)))
            .filter(|(one, other)| !one.core.is_empty() && is_han(one) == is_han(other));
        pairs
            .map(|(one, other)| {
                if one.whole == other.whole {
                    return 1.0;
                }
                let alike = 0.7 * shared(&one.parts(), &other.parts())
                    + 0.3 * strsim::jaro_winkler(&one.core, &other.core);
                hundredth(alike).min(0.99)
            })
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
