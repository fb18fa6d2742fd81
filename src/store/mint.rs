//! The next free code of a kind of record. A code is given once: what was removed keeps its own.

mod next;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::record::Kind;

/// What a batch knows of codes, so that it need not ask the journal for each.
#[derive(Debug, Default)]
pub(super) struct Minted {
    /// Codes that were given and have no record yet.
    given: HashSet<(Kind, String)>,
    /// How often the journal was asked since it was last looked ahead.
    asked: HashMap<Kind, u32>,
    free: HashMap<Kind, Free>,
    parties: Parties,
}

/// What a batch knows of the codes of parties, which are made of their names.
#[derive(Debug, Default)]
struct Parties {
    asked: u32,
    /// All that are or were used, once it was asked often.
    used: Option<HashSet<Box<str>>>,
    /// The numbered one that was given last.
    last: Option<String>,
}

/// Numbers of codes that no record has or had.
#[derive(Debug)]
struct Free {
    prefix: String,
    numbers: Range<u64>,
}

impl Minted {
    /// Notes that a record takes this code; answers whether it is sure that none had it before.
    pub(super) fn take(&mut self, kind: Kind, code: &str) -> bool {
        let is_new = self.given.remove(&(kind, code.to_owned()));
        if !is_new {
            self.free.remove(&kind);
            self.note_party(kind, code);
        }
        is_new
    }

    fn give(&mut self, kind: Kind, code: &str) {
        self.note_party(kind, code);
        self.given.insert((kind, code.to_owned()));
    }

    fn note_party(&mut self, kind: Kind, code: &str) {
        if let (Kind::Party, Some(used)) = (kind, &mut self.parties.used) {
            used.insert(code.into());
        }
    }

    /// Uses up a number that is known to be free; answers whether it is.
    fn use_free(&mut self, kind: Kind, prefix: &str, number: u64) -> bool {
        let free = self.free.get_mut(&kind);
        let free = free.filter(|free| free.prefix == prefix && free.numbers.contains(&number));
        if let Some(free) = free {
            free.numbers.start = number + 1;
            return true;
        }
        false
    }
}
