//! The words of the registry as people write them in the three languages: the labels of the language files read backwards, and
//! the synonyms beside them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::{Language, Vocabulary, fold};
use crate::message::{CHINESE, ENGLISH, JAPANESE};

/// Words that mean the same as a label, one label a line: `status-completed zh 完成 竣工`.
const SYNONYMS: &str = include_str!("synonyms.txt");

/// Why a text is no word of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoWord {
    Unknown,
    /// It means one word in one language and another in another: the canonical words.
    Several(Vec<&'static str>),
}

/// Reads a word of a vocabulary: the canonical word, or its label or a synonym in any of the three languages. Case, width, blanks
/// and forms of Han characters do not matter. A text with several meanings has that of the reader's language, if one is given.
///
/// # Errors
/// [`NoWord`], with the choices when the text has several meanings.
pub(crate) fn read_word<V: Vocabulary>(text: &str, reader: Option<Language>) -> Result<V, NoWord> {
    let named = |word: &str| V::ALL.iter().copied().find(|value| value.word() == word);
    if let Some(value) = named(text) {
        return Ok(value);
    }
    let key = key(text);
    if let Some(value) = V::ALL.iter().find(|value| self::key(value.word()) == key) {
        return Ok(*value);
    }
    let meanings = MEANINGS.get(&key).map(Vec::as_slice).unwrap_or_default();
    let in_vocabulary = |label: &&'static str| label.strip_prefix(V::KEY)?.strip_prefix('-');
    let of = |wanted: Option<Language>| {
        let meant = meanings
            .iter()
            .filter(|(language, _)| wanted.is_none_or(|wanted| wanted == *language));
        let mut words: Vec<&str> = meant
            .filter_map(|(_, label)| in_vocabulary(label))
            .filter(|word| named(word).is_some())
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let of_reader = reader.map(|reader| of(Some(reader))).unwrap_or_default();
    let all = of(None);
    match (&of_reader[..], &all[..]) {
        ([word], _) | (_, [word]) => named(word).ok_or(NoWord::Unknown),
        (_, []) => Err(NoWord::Unknown),
        _ => Err(NoWord::Several(all)),
    }
}

/// Whether `text` is the label with this key in any language: "未注明" for `not-stated`.
pub(crate) fn is_label(text: &str, label: &str) -> bool {
    let meanings = MEANINGS.get(&key(text));
    meanings.is_some_and(|meanings| meanings.iter().any(|(_, key)| *key == label))
}

/// What a text means: the language in which it does, and the key of the label.
static MEANINGS: LazyLock<HashMap<String, Vec<(Language, &'static str)>>> = LazyLock::new(|| {
    let mut meanings = HashMap::<String, Vec<(Language, &'static str)>>::new();
    let mut add = |text: &str, language, label| {
        meanings
            .entry(key(text))
            .or_default()
            .push((language, label));
    };
    for (language, file) in [
        (Language::English, ENGLISH),
        (Language::Chinese, CHINESE),
        (Language::Japanese, JAPANESE),
    ] {
        let labels = file.lines().filter_map(|line| line.split_once(" = "));
        for (label, text) in
            labels.filter(|(label, text)| !label.starts_with(['#', ' ']) && !text.contains('{'))
        {
            add(text, language, label);
            // A remark in brackets may be left out: 产业升级（中国）.
            let closed = text.strip_suffix(['）', ')']);
            if let Some((front, _)) = closed.and_then(|text| text.rsplit_once(['（', '('])) {
                add(front, language, label);
            }
        }
    }
    for line in SYNONYMS.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let language = |word: &str| {
            Language::ALL
                .iter()
                .copied()
                .find(|language| language.word() == word)
        };
        if let (Some(label), Some(language)) = (words.next(), words.next().and_then(language)) {
            words.for_each(|word| add(word, language, label));
        }
    }
    meanings
});

/// A text as it is compared: folded, letters and digits only.
fn key(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::*;
    use crate::language::Labels;

    /// Reads back every label of a vocabulary, with and without knowing its language.
    fn reads_back<V: Vocabulary + std::fmt::Debug + PartialEq>() {
        for language in Language::ALL {
            let labels = Labels::new(*language, Default::default());
            for word in V::ALL {
                let label = labels.word(*word);
                assert_eq!(read_word(&label, Some(*language)), Ok(*word), "{label}");
                let read = read_word::<V>(&label, None);
                let may_be = |words: &[&str]| words.contains(&word.word());
                assert!(
                    read == Ok(*word)
                        || matches!(&read, Err(NoWord::Several(words)) if may_be(words)),
                    "{label}: {read:?}"
                );
            }
        }
    }

    #[test]
    fn every_label_is_read_back() {
        reads_back::<Instrument>();
        reads_back::<Mode>();
        reads_back::<ModeBasis>();
        reads_back::<TextBasis>();
        reads_back::<SourceKind>();
        reads_back::<SourceLink>();
        reads_back::<Status>();
        reads_back::<Sector>();
        reads_back::<Objective>();
        reads_back::<Membership>();
        reads_back::<Confidence>();
        reads_back::<Role>();
        reads_back::<Side>();
        reads_back::<PartyKind>();
        reads_back::<NameKind>();
        reads_back::<EventKind>();
        reads_back::<Evidence>();
        reads_back::<AmountKind>();
        reads_back::<AmountBasis>();
        reads_back::<RiskCategory>();
        reads_back::<RiskLevel>();
        reads_back::<RiskState>();
        reads_back::<PublisherKind>();
        reads_back::<Language>();
        reads_back::<Dimension>();
        reads_back::<Measure>();
        reads_back::<Topic>();
        reads_back::<Verdict>();
        reads_back::<Severity>();
    }

    #[test]
    fn every_script_and_spelling_of_a_word_is_read() {
        for (text, status) in [
            ("已签署", Status::Signed),
            ("已簽署", Status::Signed),
            ("署名済み", Status::Signed),
            (" Signed ", Status::Signed),
            ("ＳＩＧＮＥＤ", Status::Signed),
            ("完成", Status::Completed),
            ("竣工", Status::Completed),
            ("实施中", Status::Implementing),
            ("實施中", Status::Implementing),
            ("実施中", Status::Implementing),
            ("under construction", Status::Implementing),
        ] {
            assert_eq!(read_word(text, None), Ok(status), "{text}");
        }
        assert_eq!(read_word("工程類", None), Ok(Mode::Engineering));
        assert_eq!(read_word("product service", None), Ok(Mode::ProductService));
        assert_eq!(
            read_word("産業高度化", None),
            Ok(Objective::IndustrialUpgrading)
        );
        assert_eq!(
            read_word("infomation technology", None),
            Err::<Sector, _>(NoWord::Unknown)
        );
        for nothing in ["", "。", "未注明"] {
            assert_eq!(read_word::<Status>(nothing, None), Err(NoWord::Unknown));
        }
    }

    #[test]
    fn a_word_with_two_meanings_has_that_of_the_reader_or_none() {
        assert_eq!(
            read_word("中止", Some(Language::Japanese)),
            Ok(Status::Cancelled)
        );
        assert_eq!(
            read_word("中止", Some(Language::Chinese)),
            Ok(Status::Suspended)
        );
        let both = Err(NoWord::Several(vec!["cancelled", "suspended"]));
        assert_eq!(read_word::<Status>("中止", Some(Language::English)), both);
        assert_eq!(read_word::<Status>("中止", None), both);
    }

    #[test]
    fn nothing_stated_is_said_in_three_languages() {
        for text in ["not stated", "not_stated", "未注明", "記載なし"] {
            assert!(is_label(text, "not-stated"), "{text}");
        }
        assert!(!is_label("signed", "not-stated"));
    }

    #[test]
    fn every_synonym_has_a_label_and_means_something_new() {
        for line in SYNONYMS.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (label, language) = (words.next().expect(line), words.next().expect(line));
            assert!(ENGLISH.contains(&format!("\n{label} = ")), "{label}");
            assert!(language.parse::<Language>().is_ok(), "{line}");
            assert!(words.next().is_some(), "{line}");
        }
    }
}
