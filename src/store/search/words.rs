//! The words of a record, as the search index has them.

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

/// Returns the words of a record, separated by blanks, as the index has them: those of its names, and those of everything else.
/// None where it is of a kind that is not searched.
pub(in crate::store) fn words_of(document: &Document) -> Option<[String; 2]> {
    let fields = searchable(document);
    let part = |is_heading: bool| {
        let mut text = String::new();
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
        text
    };
    (!fields.is_empty()).then(|| [true, false].map(part))
}
