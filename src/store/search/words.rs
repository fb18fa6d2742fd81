//! The words of a record, as the search index has them.

use std::ops::Range;

use super::fields::searchable;
use crate::domain::each_word;
use crate::store::record::Document;

/// A word that no text has: it has a letter in upper case outside ASCII, which folding never leaves.
const BORDER: &str = "Ω ";

/// The longest word of which FTS5 keeps every byte (FTS5_MAX_TOKEN_SIZE).
const LONGEST: usize = 32_768;

/// As much of a word as FTS5 would keep, cut between two characters.
fn within_reach(word: &str) -> &str {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    word.get(..end).unwrap_or(word)
}

/// Where in a text the index has the words of a record, separated by blanks: names first, and then everything else.
#[derive(Debug, Clone)]
pub(in crate::store) struct Words([Range<usize>; 2]);

impl Words {
    /// Appends the words of a record to `text`. None where it is of a kind that is not searched.
    pub(in crate::store) fn append(document: &Document, text: &mut String) -> Option<Self> {
        let fields = searchable(document);
        let mut part = |is_heading: bool| {
            let start = text.len();
            let of_part = fields
                .iter()
                .filter(|(field, _)| field.is_heading() == is_heading);
            for (_, said) in of_part {
                each_word(said, |word, _| {
                    text.push_str(within_reach(word));
                    text.push(' ');
                });
                // No phrase reaches from one text into the next.
                text.push_str(BORDER);
            }
            start..text.len()
        };
        (!fields.is_empty()).then(|| Self([true, false].map(&mut part)))
    }

    /// Themselves, out of the text that they were appended to.
    pub(in crate::store) fn within<'a>(&self, text: &'a str) -> [&'a str; 2] {
        self.0
            .each_ref()
            .map(|place| text.get(place.clone()).unwrap_or_default())
    }
}
