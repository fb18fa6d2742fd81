//! How likely two records of organisations are one organisation, and why: every part of the score has a name.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{CompanyName, CountryCode};

/// From here on a pair is worth a look.
pub(crate) const THRESHOLD: f64 = 0.80;

/// What is compared of an organisation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identity {
    pub(crate) names: Vec<CompanyName>,
    /// Scheme and identifier.
    pub(crate) identifiers: Vec<(String, String)>,
    pub(crate) country: Option<CountryCode>,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $word:literal $label:literal),+ $(,)?) => {
        /// A part of a score.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Reason {
            $($(#[$doc])* $name),+
        }

        impl Reason {
            /// How it is called in data.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The part of a score that is called so.
            pub(crate) fn of_word(word: &str) -> Option<Self> {
                [$(Self::$name),+].into_iter().find(|reason| reason.word() == word)
            }

            /// The key of its label.
            pub(crate) fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }
        }

        super::text_out!(Reason as word);
    };
}

reasons! {
    SameIdentifier "same_identifier" "match-same-identifier",
    /// Different identifiers in one scheme: not one organisation, whatever the names say.
    OtherIdentifier "different_identifier" "match-different-identifier",
    SameName "same_name" "match-same-name",
    /// Equal without the legal form.
    SameCore "same_name_without_legal_form" "match-same-core",
    /// One is short for the other, from 0 to 1.
    ShortName "short_name" "match-short-name",
    /// Shared words or pairs of characters, from 0 to 1.
    SharedParts "shared_parts" "match-shared-parts",
    /// Jaro-Winkler similarity of the names without their legal forms, from 0 to 1.
    Similar "similar_spelling" "match-similar",
    SameCountry "same_country" "match-same-country",
    OtherCountry "different_country" "match-different-country",
    SameTitle "same_title" "match-same-title",
    SimilarTitle "similar_title" "match-similar-title",
    /// The share of the parties that both projects have, from 0 to 1.
    SameParties "same_parties" "match-same-parties",
    OtherParties "different_parties" "match-different-parties",
    SameHost "same_host" "match-same-host",
    OtherHost "different_host" "match-different-host",
}

/// A score from 0 to 1 with the parts that it is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Likeness {
    pub(crate) score: f64,
    /// What speaks for and against, each with its weight in the score.
    pub(crate) reasons: Vec<(Reason, f64)>,
    /// Different identifiers in one scheme: the pair is never proposed as one.
    pub(crate) conflict: bool,
}

impl Likeness {
    /// The score that these reasons come to.
    pub(super) fn of(reasons: Vec<(Reason, f64)>, conflict: bool) -> Self {
        let sum: f64 = reasons.iter().map(|(_, weight)| weight).sum();
        Self {
            score: (sum.clamp(0.0, 1.0) * 100.0).round() / 100.0,
            reasons,
            conflict,
        }
    }
}

/// Weights of a comparison. An equal identifier decides; an equal name comes close; what is only like it must be very like it.
const SAME_NAME: f64 = 0.95;
const SAME_CORE: f64 = 0.90;
const SHARED: f64 = 0.55;
const SIMILAR: f64 = 0.35;
const SAME_COUNTRY: f64 = 0.05;
const OTHER_COUNTRY: f64 = -0.15;

impl Identity {
    /// How likely this and `other` are one organisation.
    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        let mut reasons = self.by_names(other);
        match (&self.country, &other.country) {
            (Some(one), Some(other)) if one == other => {
                reasons.push((Reason::SameCountry, SAME_COUNTRY));
            }
            (Some(_), Some(_)) => reasons.push((Reason::OtherCountry, OTHER_COUNTRY)),
            _ => {}
        }
        let conflict = self.contradicts(other);
        if conflict {
            reasons.insert(0, (Reason::OtherIdentifier, -1.0));
        } else if self
            .identifiers
            .iter()
            .any(|identifier| other.identifiers.contains(identifier))
        {
            reasons.insert(0, (Reason::SameIdentifier, 1.0));
        }
        Likeness::of(reasons, conflict)
    }

    /// Whether one scheme gives the two different identifiers and none in common.
    fn contradicts(&self, other: &Self) -> bool {
        let schemes: BTreeSet<&String> =
            self.identifiers.iter().map(|(scheme, _)| scheme).collect();
        schemes.into_iter().any(|scheme| {
            let of = |identity: &Self| -> BTreeSet<String> {
                let with = identity.identifiers.iter().filter(|(of, _)| of == scheme);
                with.map(|(_, identifier)| identifier.clone()).collect()
            };
            let (mine, theirs) = (of(self), of(other));
            !theirs.is_empty() && mine.is_disjoint(&theirs)
        })
    }

    /// What the two names say that are most alike.
    fn by_names(&self, other: &Self) -> Vec<(Reason, f64)> {
        let pairs = self
            .names
            .iter()
            .flat_map(|one| other.names.iter().map(move |other| (one, other)));
        let weighed = pairs.map(|(one, other)| compare(one, other));
        let sum =
            |reasons: &Vec<(Reason, f64)>| reasons.iter().map(|(_, weight)| weight).sum::<f64>();
        weighed
            .max_by(|left, right| sum(left).total_cmp(&sum(right)))
            .unwrap_or_default()
    }
}

fn compare(one: &CompanyName, other: &CompanyName) -> Vec<(Reason, f64)> {
    if one.core.is_empty() || other.core.is_empty() {
        return Vec::new();
    }
    if one.whole == other.whole {
        return vec![(Reason::SameName, SAME_NAME)];
    }
    if one.core == other.core {
        return vec![(Reason::SameCore, SAME_CORE)];
    }
    let hundredth = |value: f64| (value * 100.0).round() / 100.0;
    let parts = hundredth(SHARED * shared(&one.parts(), &other.parts()));
    let similar = hundredth(SIMILAR * strsim::jaro_winkler(&one.core, &other.core));
    match one.short.nearness(&other.short).map(hundredth) {
        Some(short) if short >= parts + similar => vec![(Reason::ShortName, short)],
        _ => vec![(Reason::SharedParts, parts), (Reason::Similar, similar)],
    }
}

/// Words that are nearly the same: of more than four letters, with a Jaro-Winkler similarity of 0.91 or more.
fn near(left: &str, right: &str) -> bool {
    left == right || (can_be_near(left, right) && strsim::jaro_winkler(left, right) >= NEAR)
}

const NEAR: f64 = 0.91;

/// Whether the lengths and the beginnings leave it open that the two are near. At best, every letter of the shorter word is in
/// the longer one in the same order: then Jaro's similarity is (2 + shorter / longer) / 3, and Winkler's adds to it a tenth
/// of what is missing for each of the first four letters that agree.
fn can_be_near(left: &str, right: &str) -> bool {
    let (one, other) = (left.chars().count(), right.chars().count());
    if one <= 4 {
        return false;
    }
    let pairs = left.chars().zip(right.chars());
    let beginning = pairs
        .take(4)
        .take_while(|(one, other)| one == other)
        .count();
    #[expect(clippy::cast_precision_loss, reason = "words have few letters")]
    let [shorter, longer, beginning] =
        [one.min(other), one.max(other), beginning].map(|n| n as f64);
    let jaro = (2.0 + shorter / longer) / 3.0;
    jaro + 0.1 * beginning * (1.0 - jaro) >= NEAR - 1e-9
}

/// The share of parts that both have (Dice). Parts of an alphabet that are nearly the same word count as the same.
pub(super) fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let both = one
        .iter()
        .filter(|left| other.iter().any(|right| near(left, right)))
        .count();
    let all = one.len() + other.len();
    if all == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "names have few parts")]
    let share = (2 * both) as f64 / all as f64;
    share.min(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn identity(names: &[&str], country: &str, identifiers: &[&str]) -> Identity {
        Identity {
            names: names.iter().map(|name| CompanyName::of(name)).collect(),
            identifiers: identifiers
                .iter()
                .map(|identifier| ("JP-JCN".to_owned(), (*identifier).to_owned()))
                .collect(),
            country: country.parse().ok(),
        }
    }

    fn score(one: &str, other: &str) -> f64 {
        identity(&[one], "JP", &[])
            .likeness(&identity(&[other], "JP", &[]))
            .score
    }

    proptest! {
        #[test]
        fn the_short_way_loses_no_near_words(left in "[a-d]{0,9}", right in "[a-d]{0,9}") {
            let is_near = left == right
                || (left.chars().count() > 4 && strsim::jaro_winkler(&left, &right) >= NEAR);
            prop_assert_eq!(near(&left, &right), is_near);
        }
    }

    #[test]
    fn the_same_company_is_found_in_other_spellings() {
        for (one, other) in [
            ("丸紅株式会社", "丸红"),
            ("Marubeni Corporation", "MARUBENI CORP"),
            (
                "Mitsubishi Heavy Industries, Ltd.",
                "Mitsubishi Heavy Industry",
            ),
            (
                "Sumitomo Mitsui Banking Corporation",
                "Sumitomo Mitsui Banking",
            ),
        ] {
            assert!(
                score(one, other) >= THRESHOLD,
                "{one} {other} {}",
                score(one, other)
            );
        }
    }

    #[test]
    fn companies_of_one_house_stay_apart() {
        for (one, other) in [
            ("Toyota Motor Corporation", "Toyota Tsusho Corporation"),
            ("三菱商事", "三菱重工"),
            ("Mizuho Bank", "Mizuho Securities"),
            ("China Development Bank", "Asian Development Bank"),
            ("上海电气", "上海电力"),
        ] {
            assert!(
                score(one, other) < THRESHOLD,
                "{one} {other} {}",
                score(one, other)
            );
        }
    }

    #[test]
    fn identifiers_decide() {
        let one = identity(&["Alpha"], "JP", &["1"]);
        let same = one.likeness(&identity(&["Omega"], "CN", &["1"]));
        assert!(same.score >= 0.85 && !same.conflict, "{same:?}");
        let other = one.likeness(&identity(&["Alpha"], "JP", &["2"]));
        assert!(other.conflict && other.score < 0.5, "{other:?}");
        assert_eq!(Identity::default().likeness(&one).score, 0.0);
    }
}
