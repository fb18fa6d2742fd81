//! Option groups and parsers that several recording commands share, and what becomes of them.

use clap::Args;

use crate::domain::{
    Confidence, Invalid, PartialDate, SourceReference, Vocabulary, stated_text, words_of,
};
use crate::error::Error;
use crate::store::Identifier;

use super::desk::Desk;

/// A text that is recorded: not blank, as it is given.
pub(crate) fn text(text: &str) -> Result<String, Invalid> {
    stated_text(text)
}

/// Where a fact was read.
#[derive(Debug, Default, Args)]
pub(crate) struct SourceArgs {
    /// Where it is said: an address, the code of a source, like S-0002, or a document, which is kept
    #[arg(long, value_name = "URL|CODE|FILE", value_parser = SourceReference::typed)]
    pub(crate) source: Option<SourceReference>,
}

impl SourceArgs {
    /// The code of the source; a new address becomes a new source.
    pub(crate) fn resolve(&self, desk: &mut Desk<'_, '_>) -> Result<Option<String>, Error> {
        self.source
            .as_ref()
            .map(|source| desk.source(source))
            .transpose()
    }
}

/// How far a statement can be relied on.
#[derive(Debug, Default, Args)]
pub(crate) struct ConfidenceArgs {
    /// How far it can be relied on
    #[arg(long, value_parser = crate::args::words::<Confidence>())]
    pub(crate) confidence: Option<Confidence>,
}

/// Whether steps back are meant.
#[derive(Debug, Default, Args)]
pub(crate) struct ReopenArgs {
    /// Record a status that goes back behind an earlier one (say why with --reason)
    #[arg(long, requires = "reason")]
    pub(crate) reopen: bool,
}

/// Whether a likeness to a record that is there is known.
#[derive(Debug, Default, Args)]
pub(crate) struct NewArgs {
    /// Record it although it resembles one that is there: it is another one
    #[arg(long)]
    pub(crate) new: bool,
}

/// Puts `value` in the place of `field` where something was said.
pub(crate) fn put<T: Clone>(field: &mut Option<T>, value: &Option<T>) {
    if value.is_some() {
        field.clone_from(value);
    }
}

/// The parser of `--clear`: one of these fields.
pub(crate) fn clearable(fields: &'static [&'static str]) -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(fields)
}

/// Refuses a command that says nothing to do.
pub(crate) fn nothing_said(what: &'static str) -> Error {
    Invalid::new("what-change", what, "why-no-field").into()
}

/// Refuses a new record without a fact that it cannot be without.
pub(crate) fn needed<V: Vocabulary>(what: &'static str, option: &'static str) -> Error {
    Error::Needs {
        what,
        option,
        words: words_of::<V>(),
    }
}

/// `SCHEME:IDENTIFIER`.
pub(crate) fn identifier(text: &str) -> Result<Identifier, Invalid> {
    let parts = text
        .split_once(':')
        .map(|(scheme, rest)| (scheme.trim(), rest.trim()));
    match parts {
        Some((scheme, identifier)) if !scheme.is_empty() && !identifier.is_empty() => {
            Ok(Identifier {
                scheme: scheme.to_owned(),
                identifier: identifier.to_owned(),
            })
        }
        _ => Err(Invalid::new(
            "what-identifier-with-scheme",
            text,
            "why-scheme-and-identifier",
        )),
    }
}

/// An ISO 639 code.
pub(crate) fn language(text: &str) -> Result<String, Invalid> {
    let letters =
        (2..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let why = "why-language";
    letters
        .then(|| text.to_owned())
        .ok_or_else(|| Invalid::new("what-language", text, why))
}

/// A day, written in full.
pub(crate) fn day(text: &str) -> Result<chrono::NaiveDate, Invalid> {
    match PartialDate::typed(text)? {
        PartialDate::Day(day) => Ok(day),
        _ => Err(Invalid::new("what-day", text, "why-full-day")),
    }
}
