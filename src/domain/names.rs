//! One thing's names in several languages, and which of them a reader gets.

use serde::Serialize;

use super::Language;

/// A name or a title in the languages in which it is stated; `native` is the home script, or the wording of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Names<'a> {
    pub(crate) en: Option<&'a str>,
    pub(crate) zh: Option<&'a str>,
    pub(crate) ja: Option<&'a str>,
    pub(crate) native: Option<&'a str>,
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
