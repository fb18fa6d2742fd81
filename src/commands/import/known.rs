//! The projects of the registry in the little that an import needs to find them again: hashes of what tells them apart.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher as _};

use sha2::{Digest as _, Sha256};

use crate::domain::{CountryCode, ProjectCode, fold, title_parts};
use crate::store::{Error, ProjectKey, Reader};

/// A part of a title that more projects share says nothing.
const COMMON: usize = 40;

/// Projects that are looked at for one row.
const CANDIDATES: usize = 12;

/// What a whole title in common weighs: more than all parts of one together.
const WHOLE: f64 = 1000.0;

/// An agreement of a forum.
#[derive(Debug, Clone)]
pub(crate) struct Agreement {
    pub(crate) code: ProjectCode,
    pub(crate) list_number: Option<i64>,
}

/// What projects are found by. Short hashes stand for texts: what they lead to is looked at before it is believed.
#[derive(Debug, Default)]
pub(crate) struct Known {
    codes: Vec<ProjectCode>,
    /// Hashes of whole titles, in order, each with a place in `codes`.
    titles: Vec<(u64, u32)>,
    /// The same of the parts of titles.
    parts: Vec<(u32, u32)>,
    /// The same of the parts of titles within each host: what is common in the world may be rare in a country.
    hosted: Vec<(u32, u32)>,
    identifiers: HashMap<u128, ProjectCode>,
    /// Projects by their places in lists.
    origins: HashMap<u128, ProjectCode>,
    numbers: HashMap<(String, i64), ProjectCode>,
    /// Identified agreements by forum.
    agreements: HashMap<String, Vec<Agreement>>,
    /// Agreements of which only the existence is known, by forum, in the order of their codes.
    slots: HashMap<String, VecDeque<ProjectCode>>,
    /// Agreements that rows of the file identified.
    identified: HashMap<String, i64>,
}

pub(crate) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What stands for a value where nobody compares the value itself: 128 bits of SHA-256, so that no two have the same.
pub(crate) fn fingerprint(value: &(impl Hash + ?Sized)) -> u128 {
    struct Digesting(Sha256);
    impl std::hash::Hasher for Digesting {
        fn write(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }

        fn finish(&self) -> u64 {
            0 // the digest is taken whole
        }
    }
    let mut digesting = Digesting(Sha256::new());
    value.hash(&mut digesting);
    let digest: [u8; 32] = digesting.0.finalize().into();
    digest
        .iter()
        .take(16)
        .fold(0, |number, byte| (number << 8) | u128::from(*byte))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "half of the hash is enough"
)]
fn short_hash(value: &(impl Hash + ?Sized)) -> u32 {
    hash(value) as u32
}

impl Known {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let mut known = Self::default();
        reader.each_project_key(|key| known.add(key))?;
        known.titles.sort_unstable();
        known.parts.sort_unstable();
        known.hosted.sort_unstable();
        reader.each_project_identifier(|scheme, identifier, code| {
            known
                .identifiers
                .insert(fingerprint(&(&*scheme, &*identifier)), code);
        })?;
        reader.each_project_origin(|scheme, identifier, code| {
            known
                .origins
                .insert(fingerprint(&(&*scheme, &*identifier)), code);
        })?;
        Ok(known)
    }

    fn add(&mut self, key: ProjectKey) {
        let Ok(place) = u32::try_from(self.codes.len()) else {
            return;
        };
        if key.identified {
            for title in key.titles() {
                self.titles.push((hash(&fold(title)), place));
                let parts = title_parts(title);
                self.parts
                    .extend(parts.iter().map(|part| (short_hash(part), place)));
                for host in key.hosts() {
                    let of_host = parts.iter().map(|part| (short_hash(&(host, part)), place));
                    self.hosted.extend(of_host);
                }
            }
        }
        if let Some(forum) = key.forum {
            if let Some(number) = key.list_number {
                self.numbers
                    .insert((forum.clone(), number), key.code.clone());
            }
            if key.identified {
                self.agreements.entry(forum).or_default().push(Agreement {
                    code: key.code.clone(),
                    list_number: key.list_number,
                });
            } else if key.list_number.is_none() {
                self.slots
                    .entry(forum)
                    .or_default()
                    .push_back(key.code.clone());
            }
        }
        self.codes.push(key.code);
    }

    pub(crate) fn with_identifier(&self, scheme: &str, identifier: &str) -> Option<&ProjectCode> {
        self.identifiers.get(&fingerprint(&(scheme, identifier)))
    }

    /// The project that was read from this place of a list.
    pub(crate) fn at(&self, scheme: &str, identifier: &str) -> Option<&ProjectCode> {
        self.origins.get(&fingerprint(&(scheme, identifier)))
    }

    pub(crate) fn with_list_number(&self, forum: &str, number: i64) -> Option<&ProjectCode> {
        self.numbers.get(&(forum.to_owned(), number))
    }

    pub(crate) fn agreements(&self, forum: &str) -> &[Agreement] {
        self.agreements.get(forum).map_or(&[], Vec::as_slice)
    }

    /// Takes the next agreement of the forum that is not identified.
    pub(crate) fn take_slot(&mut self, forum: &str) -> Option<ProjectCode> {
        let slot = self.slots.get_mut(forum)?.pop_front()?;
        *self.identified.entry(forum.to_owned()).or_default() += 1;
        Some(slot)
    }

    /// How many agreements the file identified so far.
    pub(crate) fn identified_by_file(&self, forum: &str) -> i64 {
        self.identified.get(forum).copied().unwrap_or(0)
    }

    /// Takes away a slot that a row names by its code.
    pub(crate) fn use_slot(&mut self, code: &ProjectCode) {
        for slots in self.slots.values_mut() {
            slots.retain(|slot| slot != code);
        }
    }

    /// Projects that have one of these titles, or one of the parts that come with it, those with the rarest parts in common first.
    pub(crate) fn with_titles_like<'a>(
        &self,
        titles: impl Iterator<Item = (&'a str, &'a BTreeSet<String>)>,
        hosts: &[CountryCode],
    ) -> Vec<ProjectCode> {
        let mut shared = HashMap::<u32, f64>::new();
        let mut share = |index: &[(u32, u32)], part: u32| {
            let places = range(index, part);
            let rarity = 1.0 / f64::from(u32::try_from(places.len()).unwrap_or(u32::MAX));
            if places.len() <= COMMON {
                places.for_each(|place| *shared.entry(place).or_default() += rarity);
            }
        };
        let mut wholes = Vec::new();
        for (title, parts) in titles {
            for part in parts {
                share(&self.parts, short_hash(part));
                for host in hosts {
                    share(&self.hosted, short_hash(&(host.as_str(), part)));
                }
            }
            wholes.extend(range(&self.titles, hash(&fold(title))));
        }
        for place in wholes {
            *shared.entry(place).or_default() += WHOLE;
        }
        let mut found: Vec<(f64, u32)> = shared
            .into_iter()
            .map(|(place, rarity)| (rarity, place))
            .collect();
        found.sort_unstable_by(|left, right| {
            (right.0.total_cmp(&left.0)).then_with(|| left.1.cmp(&right.1))
        });
        let code = |(_, place): (f64, u32)| self.codes.get(usize::try_from(place).ok()?).cloned();
        found
            .into_iter()
            .take(CANDIDATES)
            .filter_map(code)
            .collect()
    }
}

/// The places that stand under `key`.
fn range<K: Ord + Copy>(index: &[(K, u32)], key: K) -> impl ExactSizeIterator<Item = u32> {
    let from = index.partition_point(|(other, _)| *other < key);
    let to = index.partition_point(|(other, _)| *other <= key);
    index
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .map(|(_, place)| *place)
}
