//! What people decided about shipped records that meet records of their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::{Error, Kind};

/// Kind and code of a record.
pub(super) type Key = (Kind, String);

/// Why a shipped record is not taken in without a decision.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Why {
    /// It was changed here since it was taken in, and the release has changed it too.
    Changed,
    /// It was removed here.
    Removed,
    /// The code belongs to a record that was added here.
    Taken,
    /// The source of this code, added here, has its address.
    SameAddress(String),
    /// It refers to a record about which people decide, or which was removed.
    Needs(Key),
}

/// Stands for every record about which a decision is open.
const ALL: &str = "all";

/// The decisions, by the code of the record.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    /// Records that are to be as the release has them.
    shipped: BTreeSet<String>,
    /// Records that stay as the registry has them.
    mine: BTreeSet<String>,
    /// Records of the registry that get another code: the given one, or the next that is free.
    moved: BTreeMap<String, Option<String>>,
    /// Those of the decisions that were about something.
    used: BTreeSet<String>,
}

/// What is to become of a shipped record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Shipped,
    Mine,
    /// The record that has its code gets another one.
    Moved,
    None,
}

impl Choices {
    /// The decisions to take the records `shipped`, to keep `mine`, and to give those of `moved` another code, each written
    /// `CODE` or `CODE=NEW`.
    ///
    /// # Errors
    /// [`Error::Decision`] when one record is named in two of them.
    pub(crate) fn new(
        shipped: Vec<String>,
        mine: Vec<String>,
        moved: &[String],
    ) -> Result<Self, Error> {
        let moved = moved.iter().map(|text| match text.split_once('=') {
            Some((code, new)) => (code.to_owned(), Some(new.to_owned())),
            None => (text.clone(), None),
        });
        let choices = Self {
            shipped: shipped.into_iter().collect(),
            mine: mine.into_iter().collect(),
            moved: moved.collect(),
            used: BTreeSet::new(),
        };
        let moved: BTreeSet<String> = choices.moved.keys().cloned().collect();
        let twice = choices.shipped.intersection(&choices.mine);
        // All can be taken as the release has them and all that are in their way be moved.
        let twice = twice.chain(moved.iter().filter(|code| {
            let is_named = choices.shipped.contains(*code) || choices.mine.contains(*code);
            is_named && *code != ALL
        }));
        match twice.into_iter().next() {
            Some(code) => Err(Error::Decision {
                code: code.clone(),
                why: "why-two-decisions",
            }),
            None => Ok(choices),
        }
    }

    /// The decision about a shipped record.
    pub(super) fn of(&mut self, (_, code): &Key, why: &Why) -> Decision {
        let named = |set: &BTreeSet<String>| {
            [code.as_str(), ALL]
                .into_iter()
                .find(|name| set.contains(*name))
        };
        let decision = if self.moved.contains_key(code) && *why == Why::Taken {
            (code.as_str(), Decision::Moved)
        } else if let Some(name) =
            named(&self.mine).filter(|name| *name != ALL || !self.shipped.contains(code))
        {
            (name, Decision::Mine)
        } else if let Some(name) = named(&self.shipped) {
            // Everything that the release has too; what is another thing has to be named.
            if name == ALL && *why == Why::Taken {
                match self.moved.contains_key(ALL) {
                    true => (ALL, Decision::Moved),
                    false => (name, Decision::None),
                }
            } else {
                (name, Decision::Shipped)
            }
        } else if self.moved.contains_key(ALL) && *why == Why::Taken {
            (ALL, Decision::Moved)
        } else {
            return Decision::None;
        };
        self.used.insert(decision.0.to_owned());
        decision.1
    }

    /// Whether the source `own` of the registry is to become the shipped source `shipped`, which has the same address: it is
    /// where it is to get another code and none is given.
    pub(super) fn joins(&mut self, own: &str, shipped: &str) -> bool {
        let joins = match self.moved.get(own) {
            Some(Some(new)) => new == shipped,
            Some(None) => true,
            None => self.moved.contains_key(ALL),
        };
        if joins {
            self.moved.insert(own.to_owned(), Some(shipped.to_owned()));
            self.used.insert(own.to_owned());
        }
        joins
    }

    /// The record of this code gets another one: the given one, or none in particular.
    pub(super) fn move_of(&self, code: &str) -> Option<Option<&str>> {
        let own = self.moved.get(code).or_else(|| self.moved.get(ALL));
        own.map(Option::as_deref)
    }

    /// # Errors
    /// [`Error::Decision`] about a move to a code that the release gives to another record. A source may get the code of the shipped
    /// source that stands in its place.
    pub(super) fn refuse_shipped_codes(&self, shipped: &BTreeSet<Key>) -> Result<(), Error> {
        let moves = self.moved.iter();
        let mut moves = moves.filter_map(|(code, to)| Some((code, to.as_ref()?)));
        let is_shipped = |code: &str| {
            let mut kinds = shipped.iter().filter(|(_, known)| known == code);
            kinds.any(|(kind, _)| *kind != Kind::Source)
        };
        match moves.find(|(_, to)| is_shipped(to)) {
            Some((code, _)) => Err(Error::Decision {
                code: code.clone(),
                why: "why-code-of-release",
            }),
            None => Ok(()),
        }
    }

    /// # Errors
    /// [`Error::Decision`] about the first decision that was about no record.
    pub(super) fn refuse_unused(&self) -> Result<(), Error> {
        let named = self
            .shipped
            .iter()
            .chain(&self.mine)
            .chain(self.moved.keys());
        let mut unused = named.filter(|code| *code != ALL && !self.used.contains(*code));
        match unused.next() {
            Some(code) => Err(Error::Decision {
                code: code.clone(),
                why: "why-nothing-to-decide",
            }),
            None => Ok(()),
        }
    }
}
