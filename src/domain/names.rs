//! One thing's names in several languages, and which of them a reader gets.

use serde::Serialize;

use super::{Language, TextBasis};

/// A name or a title in the languages in which it is stated; `native` is the home script, or the wording of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Names<'a> {
    pub(crate) en: Option<&'a str>,
    pub(crate) zh: Option<&'a str>,
    pub(crate) ja: Option<&'a str>,
    pub(crate) native: Option<&'a str>,
    /// Which of them are translations.
    #[serde(skip)]
    pub(crate) translated: Translated,
}

/// Which titles are translated from another one and quote nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Translated {
    zh: bool,
    ja: bool,
}

impl Translated {
    /// Returns which are, by what the Chinese and the Japanese title rest on.
    pub(crate) fn of(zh: Option<TextBasis>, ja: Option<TextBasis>) -> Self {
        let is = |basis| basis == Some(TextBasis::Translated);
        Self {
            zh: is(zh),
            ja: is(ja),
        }
    }

    /// Returns whether the title in the language of this code is.
    pub(crate) fn is(self, language: &str) -> bool {
        match language {
            "zh" => self.zh,
            "ja" => self.ja,
            _ => false,
        }
    }
}

impl<'a> Names<'a> {
    /// The name for a reader of `language`: in that language, else in English, else as the source or the home script has it,
    /// else in the remaining language. Empty when there is none, which the schema does not allow.
    pub(crate) fn for_reader(self, language: Language) -> &'a str {
        let order = match language {
            Language::English => [self.en, self.native, self.ja, self.zh],
            Language::Chinese => [self.zh, self.en, self.native, self.ja],
            Language::Japanese => [self.ja, self.en, self.native, self.zh],
        };
        order.into_iter().flatten().next().unwrap_or_default()
    }

    /// Returns whether what a reader of `language` gets is a translation.
    pub(crate) fn is_translated(self, language: Language) -> bool {
        match language {
            Language::English => false,
            Language::Chinese => self.zh.is_some() && self.translated.zh,
            Language::Japanese => self.ja.is_some() && self.translated.ja,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fallback_is_english_then_the_wording_of_the_source() {
        let names = Names {
            en: Some("Bank"),
            native: Some("銀行"),
            ..Names::default()
        };
        assert_eq!(names.for_reader(Language::Chinese), "Bank");
        assert_eq!(
            Names { en: None, ..names }.for_reader(Language::Japanese),
            "銀行"
        );
        assert_eq!(
            Names {
                ja: Some("銀行 "),
                ..names
            }
            .for_reader(Language::Japanese),
            "銀行 "
        );
        assert_eq!(Names::default().for_reader(Language::English), "");
    }
}
