//! What is looked for, where it may stand, and where in a text it does.

use std::ops::Range;

use super::words::{is_kana, is_written_without_blanks};
use super::{Invalid, Word, words};

/// More terms than this are a slip of the hand.
const MOST: usize = 32;

/// One thing to look for: words that stand next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// As it was asked for.
    pub(crate) typed: String,
    pub(crate) words: Vec<String>,
    /// The same spelled in other ways: `600 MW` for `600MW`, a long sound for a dash among katakana.
    pub(crate) others: Vec<Vec<String>>,
    /// Whether the last word may go on: a letter or more of an alphabet is enough to find the word that it begins.
    pub(crate) may_go_on: bool,
}

impl Term {
    /// The terms that blanks separate; all of them must be found.
    ///
    /// # Errors
    /// When there is nothing to look for, or far too much.
    pub(crate) fn all_of(text: &str) -> Result<Vec<Self>, Invalid> {
        let mut terms: Vec<Self> = text.split_whitespace().filter_map(Self::of).collect();
        for place in 1..terms.len() {
            if let Some([number, unit]) = terms.get_mut(place - 1..=place) {
                unit.may_follow(number);
            }
        }
        if terms.is_empty() {
            return Err(Invalid::new("what-search", text, "why-no-letter"));
        }
        if terms.len() > MOST {
            let why = message!("why-too-many-words", count = terms.len(), most = MOST);
            return Err(Invalid::new("what-search", text, why));
        }
        Ok(terms)
    }

    /// The words of `text` as one term; none when it has no words.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let cut =
            |text: &str| -> Vec<String> { words(text).into_iter().map(|word| word.text).collect() };
        let words = cut(text);
        let last = words.last()?.chars().next()?;
        let others = [cut(&with_units_apart(text)), cut(&with_long_sounds(text))];
        let mut others: Vec<_> = others.into_iter().filter(|other| *other != words).collect();
        others.dedup();
        Some(Self {
            typed: text.to_owned(),
            may_go_on: !is_written_without_blanks(last),
            words,
            others,
        })
    }

    /// Lets a unit be found that is written together with the number in front of it: `600 MW` finds 600MW.
    fn may_follow(&mut self, number: &Self) {
        let is_number = |word: &&String| word.bytes().all(|letter| letter.is_ascii_digit());
        let is_unit = |word: &&String| word.bytes().all(|letter| letter.is_ascii_alphabetic());
        let number = number.words.last().filter(is_number);
        if let (Some(number), Some(unit)) = (number, self.words.first().filter(is_unit)) {
            let together = std::iter::once(format!("{number}{unit}"));
            let rest = self.words.iter().skip(1).cloned();
            self.others.push(together.chain(rest).collect());
        }
    }

    /// Its words, and the words of other spellings.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &[String]> {
        std::iter::once(&self.words)
            .chain(&self.others)
            .map(Vec::as_slice)
    }

    /// Where the term stands among the words of a text, in bytes of that text.
    pub(crate) fn places(&self, text: &[Word]) -> Vec<Range<usize>> {
        let of_spelling = |words: &[String]| -> Vec<Range<usize>> {
            let places = text.windows(words.len().max(1));
            let places = places.filter(|found| self.begins(words, found));
            places
                .filter_map(|found| Some(found.first()?.place.start..found.last()?.place.end))
                .collect()
        };
        self.spellings().flat_map(of_spelling).collect()
    }

    /// Whether the words of a text are the wanted ones; the last may go on.
    fn begins(&self, wanted: &[String], text: &[Word]) -> bool {
        let last = wanted.len().saturating_sub(1);
        let mut pairs = wanted.iter().zip(text).enumerate();
        pairs.all(|(index, (wanted, word))| {
            let goes_on = self.may_go_on && index == last;
            word.text == *wanted || (goes_on && word.text.starts_with(wanted.as_str()))
        })
    }
}

/// `text` with a blank between a number and the letters behind it.
fn with_units_apart(text: &str) -> String {
    let mut apart = String::new();
    let mut after_digit = false;
    for letter in text.chars() {
        if after_digit && letter.is_alphabetic() && !is_written_without_blanks(letter) {
            apart.push(' ');
        }
        after_digit = letter.is_numeric();
        apart.push(letter);
    }
    apart
}

/// `text` with the long sound where a dash follows a kana.
fn with_long_sounds(text: &str) -> String {
    let mut long = String::new();
    let mut after_kana = false;
    for letter in text.chars() {
        let is_dash = matches!(letter, '-' | '－' | '−' | '‐' | '‑' | '–' | '—' | '―' | '─');
        long.push(if after_kana && is_dash { 'ー' } else { letter });
        after_kana = is_kana(letter);
    }
    long
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
    fn a_number_and_its_unit_are_found_with_and_without_a_blank() {
        assert_eq!(found("600MW", "a 600 MW plant"), ["600 MW"]);
        assert_eq!(found("600MW", "a 600MW plant"), ["600MW"]);
        assert_eq!(found("5.5MW", "5.5 MW"), ["5.5 MW"]);
        let terms = Term::all_of("600 MW").expect("terms");
        for text in ["a 600MW plant", "a 600 MW plant", "６００ＭＷ"] {
            let words = words(text);
            assert!(
                terms.iter().all(|term| !term.places(&words).is_empty()),
                "{text}"
            );
        }
        let terms = Term::all_of("2018 forum").expect("terms");
        assert!(
            terms
                .iter()
                .all(|term| !term.places(&words("Forum of 2018")).is_empty())
        );
        assert_eq!(found("60MW", "600 MW"), Vec::<&str>::new());
    }

    #[test]
    fn any_dash_is_the_long_sound_of_katakana() {
        for dash in ['ー', '-', '－', '−', '‐', '–', '—', 'ｰ'] {
            let wanted = format!("シンガポ{dash}ル");
            assert_eq!(found(&wanted, "シンガポール港"), ["シンガポール"], "{dash}");
        }
        assert_eq!(found("タイ-日本", "タイ・日本"), ["タイ・日本"]);
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
