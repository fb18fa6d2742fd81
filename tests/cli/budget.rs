//! How much the tests of faults try: a little in every run of the tests, more with `TPMC_FAULTS=NUMBER`, which multiplies it.

use std::hash::{BuildHasher as _, RandomState};

/// How many times as much is tried.
fn factor() -> usize {
    let factor = std::env::var("TPMC_FAULTS")
        .ok()
        .and_then(|number| number.parse().ok());
    factor.unwrap_or(1)
}

/// So many tries.
pub(crate) fn tries(usual: usize) -> usize {
    usual * factor()
}

/// A number below `end` that nobody can foresee.
pub(crate) fn any_below(end: u64) -> u64 {
    RandomState::new().hash_one(0) % end.max(1)
}

/// Any `usual` of them, or more.
pub(crate) fn some_of<T>(mut all: Vec<T>, usual: usize) -> Vec<T> {
    let wanted = tries(usual);
    while all.len() > wanted {
        let place = usize::try_from(any_below(all.len() as u64)).expect("a place");
        all.swap_remove(place);
    }
    all
}
