//! What is stated in words and numbers: which texts, addresses and shares the registry takes.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::{Decimal, Invalid, cleaned, is_written_without_blanks};

/// The longest text that the registry takes, in characters: a note may be long, a file pasted by accident is not a note.
pub(crate) const LONGEST_TEXT: usize = 100_000;

/// Why `text` cannot be recorded, when it cannot: the key of the sentence.
pub(crate) fn text_fault(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("why-blank")
    } else if text.contains('\0') {
        Some("why-nul")
    } else if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
        Some("why-too-long-text")
    } else {
        None
    }
}

/// A text that can be recorded, as it was given but for what nobody sees ([`cleaned`]).
pub(crate) fn stated_text(text: &str) -> Result<String, Invalid> {
    if let Some(why) = text_fault(text) {
        return Err(not_recorded(text, why));
    }
    let clean = cleaned(text);
    match text_fault(&clean) {
        None => Ok(clean.into_owned()),
        Some(why) => Err(not_recorded(text, why)),
    }
}

fn not_recorded(text: &str, why: &'static str) -> Invalid {
    let shown: String = text.chars().take(40).collect();
    Invalid::new("what-text", shown, why)
}

/// A share in per cent, with or without its sign: more than 0, at most 100. `0.4` is four thousandths.
pub(crate) fn stated_share(text: &str) -> Result<Decimal, Invalid> {
    let plain = super::half_width(text);
    let plain = plain.trim();
    let share: Decimal = plain
        .strip_suffix('%')
        .unwrap_or(plain)
        .trim_end()
        .parse()?;
    share_fault(share).map_or(Ok(share), |why| Err(Invalid::new("what-share", text, why)))
}

/// Why a share cannot be right, when it cannot: the key of the sentence.
pub(crate) fn share_fault(share: Decimal) -> Option<&'static str> {
    let (nothing, everything) = (
        rust_decimal::Decimal::ZERO,
        rust_decimal::Decimal::ONE_HUNDRED,
    );
    let possible = share.0 > nothing && share.0 <= everything;
    (!possible).then_some("flaw-no_share")
}

/// A source as people name it: its code, the address at which it stands, or the document that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SourceReference {
    /// `S-0002`.
    Code(String),
    Address(String),
    /// A file of the user's. A text that is read names none: it may come from somebody else.
    File(PathBuf),
}

impl SourceReference {
    /// Reads a source as it is typed on the command line: what is neither a code nor an address is the path of a file.
    pub(crate) fn typed(text: &str) -> Result<Self, Invalid> {
        let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
        // `C:\letters` has a scheme of one letter.
        let is_address = scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
        match text.parse() {
            Err(_) if !text.trim().is_empty() && !is_address => Ok(Self::File(text.into())),
            read => read,
        }
    }
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
            Self::File(path) => path.display().fmt(formatter),
        }
    }
}

super::text_in_json!(SourceReference);

/// An address of the web: `http` or `https`, a host, no blanks.
pub(crate) fn web_address(text: &str) -> Result<String, Invalid> {
    let refuse = |why: &'static str| Invalid::new("what-source", text, why);
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| text.get(scheme.len()..))?
    });
    let rest = rest.ok_or_else(|| refuse("why-source"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !host.contains(|letter: char| letter.is_alphanumeric()) {
        return Err(refuse("why-no-host"));
    }
    if text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Err(refuse("why-blank-in-address"));
    }
    Ok(text.to_owned())
}

/// An address in the form in which it is looked up: without its scheme and a slash at the end, the host in lower case, percent
/// signs decoded.
pub(crate) fn address_key(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let mut bytes = host.to_lowercase().into_bytes();
    let mut path = path.trim_end_matches('/').bytes();
    while let Some(byte) = path.next() {
        let mut ahead = path.clone();
        let mut digit = || {
            ahead
                .next()
                .and_then(|digit| char::from(digit).to_digit(16))
        };
        match (byte, digit(), digit()) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                path = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The code that a party with this name gets: its Latin letters and digits in lower case, joined by hyphens. None when the name
/// has no Latin word; a digit or a letter that stands in a Chinese name is none.
pub(crate) fn code_of_name(name: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let is_latin = !name.chars().any(is_written_without_blanks);
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
    let letters = |word: &String| word.bytes().filter(u8::is_ascii_alphabetic).count();
    words.retain(|word| !word.is_empty() && (is_latin || letters(word) >= 2));
    if words.iter().all(|word| letters(word) == 0) {
        return None;
    }
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
            Ok(" a [31m ".to_owned())
        );
        assert!(stated_text(&"長".repeat(LONGEST_TEXT)).is_ok());
        for text in ["", "  ", "\u{3000}", "a\0b", &"長".repeat(LONGEST_TEXT + 1)] {
            assert!(stated_text(text).is_err());
        }
    }

    #[test]
    fn a_share_is_more_than_nothing_and_at_most_everything() {
        for text in ["0.1", "22.5", "100", "100.0", "50%", "50 %", "４０％"] {
            assert!(stated_share(text).is_ok(), "{text}");
        }
        for text in ["0", "0.0", "100.1", "-1", "", "half", "%", "4,5%", "40%%"] {
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
    fn what_is_typed_may_be_a_file_too() {
        for text in [
            "./letter.pdf",
            "letter.pdf",
            r"C:\letters\a.pdf",
            "信函 1.pdf",
        ] {
            let file = SourceReference::File(text.into());
            assert_eq!(SourceReference::typed(text), Ok(file));
        }
        let code = SourceReference::Code("S-0002".to_owned());
        assert_eq!(SourceReference::typed("s-0002"), Ok(code));
        for text in [
            "",
            " ",
            "https://",
            "ftp://example.org/a",
            "javascript:alert(1)",
        ] {
            assert!(SourceReference::typed(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_address_is_looked_up_in_any_spelling() {
        let key = address_key("https://example.org/新闻/a?b=c d");
        for address in [
            "http://EXAMPLE.org/%E6%96%B0%E9%97%BB/a?b=c%20d",
            "https://example.org/%e6%96%b0闻/a?b=c d/",
        ] {
            assert_eq!(address_key(address), key);
        }
        assert_eq!(address_key("https://a.org"), address_key("https://A.org/"));
        assert_eq!(address_key("https://a.org/100%/%zz%4"), "a.org/100%/%zz%4");
        for other in [
            "https://example.org/新闻/A?b=c d",
            "https://example.org/新闻/a",
        ] {
            assert_ne!(address_key(other), key);
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
        assert_eq!(code("三菱UFJ第2銀行").as_deref(), Some("ufj"));
        assert_eq!(code("3M Company").as_deref(), Some("3m-company"));
        for name in [
            "丸紅",
            "中国第2405工程集团",
            "第782-2工程処",
            "A股公司",
            "2405",
            "РЖД 2",
        ] {
            assert_eq!(code(name), None, "{name}");
        }
        assert_eq!(
            code(&"long ".repeat(30)).map(|code| code.len() <= 60),
            Some(true)
        );
    }
}
