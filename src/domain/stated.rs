//! What is stated in words and numbers: which texts, addresses and shares the registry takes.

use std::fmt;
use std::str::FromStr;

use super::{Decimal, Invalid};

/// The longest text that the registry takes, in characters: a note may be long, a file pasted by accident is not a note.
pub(crate) const LONGEST_TEXT: usize = 100_000;

/// Why `text` cannot be recorded, when it cannot. Control characters may stand in it: a source is quoted as it is, and
/// the terminal never gets them raw.
pub(crate) fn text_fault(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("it is blank; what is not known is left out")
    } else if text.contains('\0') {
        Some("it has a NUL character in it")
    } else if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
        Some("it is longer than 100000 characters")
    } else {
        None
    }
}

/// A text that can be recorded, as it was given.
pub(crate) fn stated_text(text: &str) -> Result<String, Invalid> {
    match text_fault(text) {
        None => Ok(text.to_owned()),
        Some(why) => {
            let shown: String = text.chars().take(40).collect();
            Err(Invalid::new("a text to record", shown, why))
        }
    }
}

/// A share in per cent: more than 0, at most 100.
pub(crate) fn stated_share(text: &str) -> Result<Decimal, Invalid> {
    let share: Decimal = text.strip_suffix('%').unwrap_or(text).parse()?;
    share_fault(share).map_or(Ok(share), |why| Err(Invalid::new("a share", text, why)))
}

/// Why a share cannot be right, when it cannot.
pub(crate) fn share_fault(share: Decimal) -> Option<&'static str> {
    let (nothing, everything) = (
        rust_decimal::Decimal::ZERO,
        rust_decimal::Decimal::ONE_HUNDRED,
    );
    let possible = share.0 > nothing && share.0 <= everything;
    (!possible).then_some("a share is more than 0 and at most 100 per cent")
}

/// A source as people name it: its code, or the address at which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SourceReference {
    /// `S-0002`.
    Code(String),
    Address(String),
}

impl FromStr for SourceReference {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let is_code = text
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("S-"));
        if is_code {
            return Ok(Self::Code(text.to_ascii_uppercase()));
        }
        web_address(text).map(Self::Address)
    }
}

impl fmt::Display for SourceReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(text) | Self::Address(text) => formatter.pad(text),
        }
    }
}

super::text_in_json!(SourceReference);

/// An address of the web: `http` or `https`, a host, no blanks.
pub(crate) fn web_address(text: &str) -> Result<String, Invalid> {
    let refuse = |why: &str| Invalid::new("a source", text, why);
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| text.get(scheme.len()..))?
    });
    let rest = rest.ok_or_else(|| {
        refuse("write an address that begins with https:// or http://, or a code like S-0002")
    })?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !host.contains(|letter: char| letter.is_alphanumeric()) {
        return Err(refuse("the address names no host"));
    }
    if text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Err(refuse("an address has no blanks in it"));
    }
    Ok(text.to_owned())
}

/// The code that a party with this name gets: its Latin letters and digits in lower case, joined by hyphens. None when
/// the name has none, as a name in Chinese characters.
pub(crate) fn code_of_name(name: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let mut words = vec![String::new()];
    for letter in name
        .nfkd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
    {
        match words.last_mut() {
            Some(word) if letter.is_ascii_alphanumeric() => word.push(letter.to_ascii_lowercase()),
            // An apostrophe holds a word together, everything else ends it.
            Some(word) if !word.is_empty() && !matches!(letter, '\'' | '’' | '.') => {
                words.push(String::new());
            }
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty());
    let mut code = String::new();
    for word in words {
        if !code.is_empty() && code.len() + word.len() >= 60 {
            break;
        }
        if !code.is_empty() {
            code.push('-');
        }
        code.push_str(&word);
    }
    (code.len() >= 2 && code.len() <= 60).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_as_it_is_or_refused() {
        assert_eq!(
            stated_text(" a\u{1b}[31m\u{202e} "),
            Ok(" a\u{1b}[31m\u{202e} ".to_owned())
        );
        assert!(stated_text(&"長".repeat(LONGEST_TEXT)).is_ok());
        for text in ["", "  ", "\u{3000}", "a\0b", &"長".repeat(LONGEST_TEXT + 1)] {
            assert!(stated_text(text).is_err());
        }
    }

    #[test]
    fn a_share_is_more_than_nothing_and_at_most_everything() {
        for text in ["0.1", "22.5", "100", "100.0", "50%"] {
            assert!(stated_share(text).is_ok(), "{text}");
        }
        for text in ["0", "0.0", "100.1", "-1", "", "half"] {
            assert!(stated_share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_source_is_a_code_or_an_address() {
        assert_eq!(
            "s-0002".parse(),
            Ok(SourceReference::Code("S-0002".to_owned()))
        );
        assert!(
            "https://example.org/新闻?a=1"
                .parse::<SourceReference>()
                .is_ok()
        );
        for text in [
            "",
            "example.org",
            "https://",
            "https:///a",
            "https://a b",
            "javascript:alert(1)",
            "ftp://example.org",
            "https://a\n",
        ] {
            assert!(text.parse::<SourceReference>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn codes_are_made_of_the_latin_letters_of_a_name() {
        let code = |name: &str| code_of_name(name);
        assert_eq!(
            code("Mizuho Financial Group").as_deref(),
            Some("mizuho-financial-group")
        );
        assert_eq!(
            code("Électricité d'Été Co., Ltd.").as_deref(),
            Some("electricite-dete-co-ltd")
        );
        assert_eq!(code("ＪＲ 東日本").as_deref(), Some("jr"));
        assert_eq!(code("丸紅"), None);
        assert_eq!(
            code(&"long ".repeat(30)).map(|code| code.len() <= 60),
            Some(true)
        );
    }
}
