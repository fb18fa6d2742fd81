//! Text cut into the words that searches compare: one spelling for all forms of a character, one word for each character of
//! a script that has no blanks.
//!
//! Compatibility forms are unified (NFKC: full and half width, ㈱), letters are lower case and without accents, katakana are
//! hiragana, and simplified, traditional and Japanese forms of a Han character are one. A run of Han characters or kana
//! becomes one word for each of them, so that a phrase of words finds it at any length, one and two characters included.

use std::collections::HashMap;
use std::iter;
use std::ops::Range;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A word and where in the text it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// In bytes of the original text.
    pub(crate) place: Range<usize>,
}

/// The words of `text`, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    each_word(text, |word, place| {
        words.push(Word {
            text: word.to_owned(),
            place,
        });
    });
    words
}

/// Shows the words of `text` to `each`, in order, and where each stands.
pub(crate) fn each_word(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let (mut word, mut place) = (String::new(), 0..0);
    let mut end = |word: &mut String, place: &Range<usize>| {
        if !word.is_empty() {
            each(word, place.clone());
            word.clear();
        }
    };
    let mut folded = String::new();
    for unit in units(text) {
        folded.clear();
        fold_unit(text.get(unit.clone()).unwrap_or_default(), &mut folded);
        for letter in folded.chars() {
            let alone = is_written_without_blanks(letter);
            if alone || !letter.is_alphanumeric() {
                end(&mut word, &place);
            }
            if alone || letter.is_alphanumeric() {
                if word.is_empty() {
                    place.start = unit.start;
                }
                word.push(letter);
                place.end = unit.end;
            }
            if alone {
                end(&mut word, &place);
            }
        }
    }
    end(&mut word, &place);
}

/// `text` for comparison as a whole: each character in the form that stands for all its forms.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase(); // each character stands for itself
    }
    let mut folded = String::with_capacity(text.len());
    for place in units(text) {
        fold_unit(text.get(place).unwrap_or_default(), &mut folded);
    }
    folded
}

/// A character of Japanese that Chinese does not have.
pub(crate) fn is_kana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}')
}

/// A character of a script whose words are not set apart: Han, kana, bopomofo, hangul, and those of mainland Southeast Asia.
pub(crate) fn is_written_without_blanks(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0e00..=0x0fff | 0x1000..=0x109f | 0x1100..=0x11ff | 0x1780..=0x17ff | 0x3005..=0x3007 | 0x3041..=0x3096
        | 0x309d..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x30ff | 0x3105..=0x318f | 0x31a0..=0x31bf | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Characters with the marks that belong to them, as ranges of bytes: nothing is composed across their borders.
fn units(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut starts = text
        .char_indices()
        .filter(|(index, letter)| *index == 0 || !is_mark(*letter))
        .map(|(index, _)| index)
        .chain(iter::once(text.len()));
    let mut start = starts.next();
    iter::from_fn(move || {
        let end = starts.next()?;
        Some(start.replace(end)?..end)
    })
}

/// Combining marks, and the sound marks of half-width katakana.
fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && (is_combining_mark(letter) || matches!(letter, '\u{ff9e}' | '\u{ff9f}'))
}

fn fold_unit(unit: &str, folded: &mut String) {
    if let ([letter], true) = (unit.as_bytes(), unit.is_ascii()) {
        folded.push(char::from(letter.to_ascii_lowercase()));
        return;
    }
    // Sound marks of kana are kept: か and が are different letters.
    let is_accent =
        |letter: &char| is_combining_mark(*letter) && !matches!(letter, '\u{3099}' | '\u{309a}');
    let letters = unit.nfkc().flat_map(char::to_lowercase).nfd();
    for letter in letters.filter(|letter| !is_accent(letter)).nfc() {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            // Katakana, 0x60 above hiragana.
            'ァ'..='ヶ' | 'ヽ' | 'ヾ' => {
                folded.push(char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter));
            }
            _ => folded.push(variants().get(&letter).copied().unwrap_or(letter)),
        }
    }
}

/// Han character → the one that stands for all its forms.
fn variants() -> &'static HashMap<char, char> {
    static VARIANTS: OnceLock<HashMap<char, char>> = OnceLock::new();
    VARIANTS.get_or_init(|| {
        let classes = include_str!("han_variants.txt").lines();
        let classes = classes.filter(|line| !line.starts_with('#'));
        let pairs = classes.filter_map(|class| {
            let first = class.chars().next()?;
            Some(class.chars().skip(1).map(move |letter| (letter, first)))
        });
        pairs.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn all_forms_of_a_character_are_one() {
        for forms in [
            ["丸紅", "丸红", "丸紅"],
            ["銀行", "银行", "銀行"],
            ["横濱", "横滨", "横浜"],
            ["國際", "国际", "国際"],
            ["發電", "发电", "発電"],
            ["Électricité", "ELECTRICITE", "e\u{301}lectricite\u{301}"],
            ["ＭＩＺＵＨＯ", "mizuho", "Mizuho"],
            ["ﾌﾞｰﾃﾝﾃﾞｨｰｸ", "ブーテンディーク", "ぶーてんでぃーく"],
            ["㈱", "(株)", "（株）"],
            ["Straße", "STRASSE", "strasse"],
            ["Øresund", "oresund", "ORESUND"],
            ["高\u{e0100}島", "髙嶋", "高島"],
        ] {
            let [first, second, third] = forms.map(fold);
            assert_eq!(first, second);
            assert_eq!(first, third);
        }
        assert_ne!(fold("か"), fold("が"));
        assert_ne!(fold("橋"), fold("端"));
    }

    #[test]
    fn scripts_without_blanks_are_cut_at_every_character() {
        assert_eq!(texts("三菱UFJ銀行"), ["三", "菱", "ufj", &fold("銀"), "行"]);
        assert_eq!(texts("F1-001: 5.5 MW"), ["f1", "001", "5", "5", "mw"]);
        assert_eq!(texts("エネルギー・ガス").len(), 7);
        assert_eq!(texts(" ,。「」\u{200b} "), Vec::<String>::new());
    }

    #[test]
    fn places_are_those_of_the_original() {
        let text = "ＣＨＡ㈱ ﾌﾞ Straße";
        let places: Vec<&str> = words(text)
            .into_iter()
            .map(|word| &text[word.place])
            .collect();
        assert_eq!(places, ["ＣＨＡ", "㈱", "ﾌﾞ", "Straße"]);
    }

    #[test]
    fn every_character_has_one_representative() {
        for (letter, first) in variants() {
            assert!(
                !variants().contains_key(first),
                "{letter} leads to {first}, which leads on"
            );
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,20}") {
            let once: Vec<String> = texts(&text);
            prop_assert_eq!(texts(&once.join(" ")), once);
        }
    }
}
