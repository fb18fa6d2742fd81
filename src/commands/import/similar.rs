//! Parties of the registry whose name is like a new one: shown beside it in a plan, for a reviewer to compare. Nothing follows
//! from a likeness by itself.

use std::collections::{BTreeMap, HashMap};

use super::known::hash;
use crate::domain::CompanyName;

/// A part of a name that more names share says little, and is not looked at.
const COMMON: usize = 200;
/// So alike are the names that are shown: twice the parts in common, divided by the parts of both (Dice's coefficient).
const ALIKE: f64 = 0.6;
/// So many are shown.
const SHOWN: usize = 3;

/// The names of the registry by their parts: words, or pairs of characters where a script has no blanks.
#[derive(Debug, Default)]
pub(super) struct Similar {
    /// Each name: the place of its party, and how many parts it has.
    names: Vec<(usize, usize)>,
    /// The names that have a part, by its hash.
    parts: HashMap<u64, Vec<usize>>,
}

impl Similar {
    /// Takes in the names of the party at `place`.
    pub(super) fn add(&mut self, place: usize, names: &[CompanyName]) {
        for name in names.iter().cloned().flat_map(with_and_without_place) {
            let parts = name.parts();
            let number = self.names.len();
            self.names.push((place, parts.len()));
            for part in &parts {
                self.parts.entry(hash(part)).or_default().push(number);
            }
        }
    }

    /// Places of the parties with a name like this one, the likest first.
    pub(super) fn to(&self, name: &CompanyName) -> Vec<usize> {
        let mut best = BTreeMap::<usize, f64>::new();
        for name in with_and_without_place(name.clone()) {
            self.gather(&name, &mut best);
        }
        let mut best: Vec<(usize, f64)> = best.into_iter().collect();
        best.retain(|(_, alike)| *alike >= ALIKE);
        best.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        best.into_iter()
            .take(SHOWN)
            .map(|(place, _)| place)
            .collect()
    }

    /// Notes how alike the names are that share a part with this one, by the place of their party.
    fn gather(&self, name: &CompanyName, best: &mut BTreeMap<usize, f64>) {
        let parts = name.parts();
        let mut shared = HashMap::<usize, usize>::new();
        for part in &parts {
            let names = self.parts.get(&hash(part)).map_or(&[][..], Vec::as_slice);
            if names.len() <= COMMON {
                for name in names {
                    *shared.entry(*name).or_default() += 1;
                }
            }
        }
        for (name, count) in shared {
            let Some((place, others)) = self.names.get(name) else {
                continue;
            };
            #[expect(clippy::cast_precision_loss, reason = "names have few parts")]
            let alike = 2.0 * count as f64 / (parts.len() + others) as f64;
            let known = best.entry(*place).or_default();
            *known = known.max(alike);
        }
    }
}

/// A name, and the same without the place in front: 江苏中利 and 中利.
fn with_and_without_place(name: CompanyName) -> impl Iterator<Item = CompanyName> {
    let short = name.without_place();
    std::iter::once(name).chain(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_most_parts_in_common_are_found_and_others_not() {
        let mut similar = Similar::default();
        let names = [
            "Mitsui O.S.K. Lines",
            "Mitsui & Co.",
            "中国石油天然气集团公司",
            "江苏中利集团股份有限公司",
        ];
        for (place, name) in names.into_iter().enumerate() {
            similar.add(place, &[CompanyName::of(name)]);
        }
        let to = |name: &str| similar.to(&CompanyName::of(name));
        assert_eq!(to("Mitsui OSK Line Lines O S K"), [0]);
        assert_eq!(to("中国石油天然气股份有限公司"), [2]);
        assert_eq!(to("中利集团"), [3]);
        assert!(to("Sumitomo").is_empty());
        assert!(to("").is_empty());
    }
}
