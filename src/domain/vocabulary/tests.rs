//! The words tested: distinct, and read back.

use super::*;

#[test]
fn words_are_read_back_and_distinct() {
    for mode in Mode::ALL {
        assert_eq!(mode.word().parse(), Ok(*mode));
    }
    for (key, mut words) in every_vocabulary() {
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count, "{key} repeats a word");
    }
}

#[test]
fn a_misspelt_word_gets_the_nearest_one() {
    let error = "implementng".parse::<Status>().unwrap_err().to_string();
    assert!(error.contains("did you mean “implementing”?"), "{error}");
}
