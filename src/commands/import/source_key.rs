//! What a plan calls a source, kept small: a file of a million rows may have as many sources.

/// A code, or the key of a new source, in four bytes where it has the usual form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SourceKey {
    /// `S-0012`
    Numbered(u32),
    /// `+s12`
    New(u32),
    Other(Box<str>),
}

/// How the keys of new sources begin.
const NEW: &str = "+s";

impl SourceKey {
    pub(super) fn of(code: &str) -> Self {
        let number = |prefix| code.strip_prefix(prefix)?.parse().ok();
        let numbered = number("S-").map(Self::Numbered);
        let key = numbered.or_else(|| number(NEW).map(Self::New));
        // `S-12`, `+s012` or `S-+12` is another text than that of the number.
        key.filter(|key| key.text() == code)
            .unwrap_or_else(|| Self::Other(code.into()))
    }

    pub(super) fn text(&self) -> String {
        match self {
            Self::Numbered(number) => format!("S-{number:04}"),
            Self::New(number) => format!("{NEW}{number}"),
            Self::Other(code) => code.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_comes_out_as_it_went_in() {
        for (text, wanted) in [
            ("S-0012", SourceKey::Numbered(12)),
            ("S-1234567", SourceKey::Numbered(1_234_567)),
            ("+s12", SourceKey::New(12)),
        ] {
            assert_eq!(SourceKey::of(text), wanted);
        }
        for text in [
            "S-12",
            "S-00012",
            "+s012",
            "+s+1",
            "S-",
            "+s",
            "",
            "S-99999999999",
            "paper",
        ] {
            assert_eq!(SourceKey::of(text), SourceKey::Other(text.into()));
            assert_eq!(SourceKey::of(text).text(), text);
        }
    }
}
