//! The next free code of a kind of record. A code is given once: what was removed keeps its own.

mod next;

use std::collections::{HashMap, HashSet};

use super::record::Kind;

/// What a batch knows of codes, so that it need not ask the journal for each.
#[derive(Debug, Default)]
pub(super) struct Minted {
    /// Codes that were given and have no record yet.
    given: HashSet<(Kind, String)>,
    /// Numbered codes, by what they begin with.
    series: HashMap<(Kind, String), Series>,
}

/// Codes that are numbered.
#[derive(Debug, Clone, Copy)]
struct Series {
    last: u64,
    /// No record has or had a number between the last one and this.
    free_until: u64,
}

impl Minted {
    /// Notes that a record takes this code; answers whether it is sure that none had it before.
    pub(super) fn take(&mut self, kind: Kind, code: &str) -> bool {
        let is_new = self.given.remove(&(kind, code.to_owned()));
        if !is_new {
            self.look_again(kind);
        }
        is_new
    }

    /// Has the journal asked before the next code of this kind is given.
    fn look_again(&mut self, kind: Kind) {
        for ((own, _), series) in &mut self.series {
            if *own == kind {
                series.free_until = 0;
            }
        }
    }
}
