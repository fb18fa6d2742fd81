//! What a list stated of a project when it was read last: every field and part, with a digest of the value.
//!
//! The project keeps it (`Origin::states`), so that the next edition of the list can be compared with this one: what it states
//! differently replaces what this one stated, unless somebody has changed that since or another list states it, too.

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{Listed, OnMissing, hex};
use crate::domain::cleaned;
use crate::store::{Origin, Project};

/// A field or a part that a list stated: `title_en`, `hosts/KE`, `amounts/3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) place: String,
    /// Digest of what the list stated.
    pub(super) stated: String,
    /// Digest of what was recorded: more than what was stated where the registry knew more.
    pub(super) recorded: String,
    /// Whether the registry has it from this list.
    pub(super) is_own: bool,
    /// Not kept: it was found in a registry that kept no origins yet.
    pub(super) is_assumed: bool,
}

impl Claim {
    pub(super) fn new(place: String, stated: String, is_own: bool) -> Self {
        Self {
            place,
            recorded: stated.clone(),
            stated,
            is_own,
            is_assumed: false,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let sign = text.find(['=', '~'])?;
        let (place, rest) = text.split_at(sign);
        let digests = rest.get(1..)?;
        let (stated, recorded) = digests.split_once(':').unwrap_or((digests, digests));
        Some(Self {
            place: place.to_owned(),
            stated: stated.to_owned(),
            recorded: recorded.to_owned(),
            is_own: rest.starts_with('='),
            is_assumed: false,
        })
    }

    /// The item of `list` that it is about.
    pub(super) fn item(&self, list: &str) -> Option<&str> {
        self.place.strip_prefix(list)?.strip_prefix('/')
    }

    /// The number of the part of `list` that it is about.
    pub(super) fn number(&self, list: &str) -> Option<i32> {
        self.item(list)?.parse().ok()
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_own { '=' } else { '~' };
        write!(formatter, "{}{sign}{}", self.place, self.stated)?;
        if self.recorded != self.stated {
            write!(formatter, ":{}", self.recorded)?;
        }
        Ok(())
    }
}

/// The digest of a value. Of a part, neither its number nor its source counts, nor what is not stated: the title of a list, which
/// is the source of all that it says, changes with every edition.
pub(super) fn digest(value: &impl Serialize) -> String {
    let mut value = serde_json::to_value(value).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        fields.retain(|name, value| !value.is_null() && name != "number" && name != "source");
    }
    let digest = Sha256::digest(value.to_string());
    hex(digest.get(..8).unwrap_or_default())
}

/// Whether two values say the same: texts that differ in invisible marks alone do.
pub(super) fn is_same<T: PartialEq + Serialize>(one: &T, other: &T) -> bool {
    let text = |value| match serde_json::to_value(value) {
        Ok(Value::String(text)) => Some(cleaned(&text).into_owned()),
        _ => None,
    };
    one == other || text(one).is_some_and(|one| Some(one) == text(other))
}

/// This edition of a list, with what the one before stated.
pub(super) struct Edition<'a> {
    pub(super) list: &'a Listed,
    /// What the edition before stated, as far as it was not found in this one.
    pub(super) before: Vec<Claim>,
    /// What this edition states.
    pub(super) now: Vec<Claim>,
    /// Places that other lists state, too.
    others: HashSet<String>,
    /// Whether the project was read from the list before origins were kept: what it says is the list's, then.
    pub(super) is_adopted: bool,
}

impl<'a> Edition<'a> {
    pub(super) fn of(list: &'a Listed, project: &Project) -> Self {
        let own = place_of(list, project).and_then(|place| project.origins.get(place));
        let others = project.origins.iter().filter(|other| Some(*other) != own);
        let others = others.flat_map(|other| claims(&other.states));
        let is_known = project
            .identifiers
            .iter()
            .any(|known| (&known.scheme, &known.identifier) == (&list.scheme, &list.identifier));
        Self {
            list,
            before: own.map_or_else(Vec::new, |own| claims(&own.states).collect()),
            now: Vec::new(),
            others: others.map(|claim| claim.place).collect(),
            is_adopted: own.is_none() && is_known,
        }
    }

    /// Takes what the edition before stated of a place.
    pub(super) fn take(&mut self, place: &str) -> Option<Claim> {
        let found = self.before.iter().position(|claim| claim.place == place)?;
        Some(self.before.remove(found))
    }

    /// Takes a part of `list` of which the edition before stated exactly this.
    pub(super) fn take_stated(&mut self, list: &str, stated: &str) -> Option<Claim> {
        let is_it = |claim: &Claim| claim.stated == stated && claim.item(list).is_some();
        let found = self.before.iter().position(is_it)?;
        Some(self.before.remove(found))
    }

    /// Notes that this edition states a part that the registry had already.
    pub(super) fn found(&mut self, place: String, stated: String, recorded: String) {
        let before = self.take(&place);
        let is_own = match before {
            Some(claim) => claim.is_own,
            None => self.is_adopted && !self.others.contains(&place),
        };
        self.now.push(Claim {
            recorded,
            ..Claim::new(place, stated, is_own)
        });
    }

    /// Whether the value of this digest at the place of `claim` is what the list alone brought, so that it can correct it.
    pub(super) fn is_untouched(&self, claim: &Claim, value: &str) -> bool {
        let is_of_list = claim.is_own && !claim.is_assumed && !self.others.contains(&claim.place);
        is_of_list && claim.recorded == value
    }

    pub(super) fn withdraws(&self) -> bool {
        self.list.on_missing == OnMissing::Withdraw
    }

    /// Puts what this edition states into the project.
    pub(super) fn write(self, project: &mut Project) {
        let mut states: Vec<String> = self.now.iter().map(ToString::to_string).collect();
        states.sort_unstable(); // the same statements are the same text, in whatever order they were found
        let origin = Origin {
            scheme: self.list.scheme.clone(),
            identifier: self.list.identifier.clone(),
            states: states.join(" "),
        };
        match place_of(self.list, project).and_then(|place| project.origins.get_mut(place)) {
            Some(known) => *known = origin,
            None => project.origins.push(origin),
        }
    }
}

/// The origin that is an earlier edition of `list`. In a list without keys a row is known by the project alone.
fn place_of(list: &Listed, project: &Project) -> Option<usize> {
    let mut origins = project.origins.iter();
    origins.position(|known| {
        known.scheme == list.scheme && (known.identifier == list.identifier || !list.has_key)
    })
}

fn claims(states: &str) -> impl Iterator<Item = Claim> {
    states.split(' ').filter_map(Claim::read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn a_claim_reads_back_as_it_was_written(
            place in "[a-z_]{1,9}(/[A-Z0-9]{1,3})?", stated in "[0-9a-f]{0,16}", recorded in "[0-9a-f]{1,16}", is_own: bool,
        ) {
            let claim = Claim { recorded, ..Claim::new(place, stated, is_own) };
            prop_assert_eq!(Claim::read(&claim.to_string()), Some(claim));
        }
    }

    #[test]
    fn neither_number_nor_source_nor_an_empty_field_changes_a_digest() {
        let one = digest(&json!({"number": 1, "source": "S-0001", "units": 5, "note": null}));
        assert_eq!(one, digest(&json!({"number": 2, "units": 5})));
        assert_ne!(one, digest(&json!({"units": 6})));
        assert_eq!(one.len(), 16);
    }
}
