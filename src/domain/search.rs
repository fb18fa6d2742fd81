//! What is looked for, where it may stand, and where in a text it does.

use std::ops::Range;

use super::words::is_written_without_blanks;
use super::{Invalid, Word, words};

/// More terms than this are a slip of the hand.
const MOST: usize = 32;

/// One thing to look for: words that stand next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// As it was asked for.
    pub(crate) typed: String,
    pub(crate) words: Vec<String>,
    /// Whether the last word may go on: a letter or more of an alphabet is enough to find the word that it begins.
    pub(crate) may_go_on: bool,
}

impl Term {
    /// The terms that blanks separate; all of them must be found.
    ///
    /// # Errors
    /// When there is nothing to look for, or far too much.
    pub(crate) fn all_of(text: &str) -> Result<Vec<Self>, Invalid> {
        let terms: Vec<Self> = text.split_whitespace().filter_map(Self::of).collect();
        if terms.is_empty() {
            return Err(Invalid::new(
                "a text to search for",
                text,
                "it has no letter and no digit",
            ));
        }
        if terms.len() > MOST {
            let why = format!("it has {} words, and {MOST} are the most", terms.len());
            return Err(Invalid::new("a text to search for", text, why));
        }
        Ok(terms)
    }

    /// The words of `text` as one term; none when it has no words.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        let last = words.last()?.chars().next()?;
        Some(Self {
            typed: text.to_owned(),
            may_go_on: !is_written_without_blanks(last),
            words,
        })
    }

    /// Where the term stands among the words of a text, in bytes of that text.
    pub(crate) fn places(&self, text: &[Word]) -> Vec<Range<usize>> {
        let last = self.words.len().saturating_sub(1);
        let begins = |candidates: &&[Word]| {
            self.words
                .iter()
                .zip(*candidates)
                .enumerate()
                .all(|(index, (wanted, word))| {
                    word.text == *wanted
                        || (self.may_go_on
                            && index == last
                            && word.text.starts_with(wanted.as_str()))
                })
        };
        let places = text.windows(self.words.len().max(1)).filter(begins);
        places
            .filter_map(|found| Some(found.first()?.place.start..found.last()?.place.end))
            .collect()
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $word:literal $label:literal $weight:literal),+ $(,)?) => {
        /// Where a term may stand in a record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum SearchField {
            $($(#[$doc])* $name),+
        }

        impl SearchField {
            /// How it is called in data.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The key of its label.
            pub(crate) fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }

            /// How much a match here says about the record.
            pub(crate) fn weight(self) -> u32 {
                match self { $(Self::$name => $weight),+ }
            }
        }

        super::text_out!(SearchField as word);
    };
}

// In the order in which matches are shown.
fields! {
    Code "code" "field-code" 4,
    Title "title" "field-title" 3,
    Name "name" "field-name" 3,
    Identifier "identifier" "field-identifiers" 3,
    /// The name of a party that takes part.
    Party "party" "field-party" 2,
    /// The name of a host country.
    Host "host" "field-hosts" 2,
    Publisher "publisher" "field-publisher" 2,
    Address "address" "field-address" 2,
    Event "event" "field-event" 1,
    Amount "amount" "field-amount" 1,
    Risk "risk" "field-risk" 1,
    /// What is said of a party's part.
    Part "participation" "field-role" 1,
    Note "note" "field-note" 1,
}

impl SearchField {
    /// Whether the index keeps it among the names rather than the rest.
    pub(crate) fn is_heading(self) -> bool {
        self.weight() > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(wanted: &str, text: &'a str) -> Vec<&'a str> {
        let term = Term::all_of(wanted).expect(wanted).remove(0);
        let words = words(text);
        term.places(&words)
            .into_iter()
            .map(|place| &text[place])
            .collect()
    }

    #[test]
    fn terms_are_found_in_any_spelling_and_at_any_length() {
        assert_eq!(found("丸红", "伊藤忠と丸紅、丸紅"), ["丸紅", "丸紅"]);
        assert_eq!(found("红", "丸紅"), ["紅"]);
        assert_eq!(found("丸の内", "丸紅"), Vec::<&str>::new());
        assert_eq!(found("kazakh", "in KAZAKHSTAN"), ["KAZAKHSTAN"]);
        assert_eq!(found("stan", "Kazakhstan"), Vec::<&str>::new());
        assert_eq!(found("ＵＦＪ銀行", "三菱UFJ银行"), ["UFJ银行"]);
        assert_eq!(found("f1-00", "F1-001"), ["F1-001"]);
    }

    #[test]
    fn there_must_be_something_to_look_for() {
        for text in ["", "  ", "—", "。、", "\u{0}", "\u{202e}"] {
            assert!(Term::all_of(text).is_err(), "{text:?}");
        }
        assert!(Term::all_of(&"a ".repeat(33)).is_err());
        assert_eq!(
            Term::all_of("丸红　哈萨克斯坦 — x").map(|terms| terms.len()),
            Ok(3)
        );
    }
}
