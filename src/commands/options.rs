//! Option groups and parsers that several recording commands share, and what becomes of them.

use clap::Args;

use crate::domain::{Confidence, Invalid, PartialDate, SourceReference, Vocabulary, stated_text};
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
    /// Where it is said: an address, or the code of a source, like S-0002
    #[arg(long, value_name = "URL|CODE")]
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
    #[arg(long, value_parser = crate::cli::words::<Confidence>())]
    pub(crate) confidence: Option<Confidence>,
}

/// Whether steps back are meant.
#[derive(Debug, Default, Args)]
pub(crate) struct ReopenArgs {
    /// Record a status that goes back behind an earlier one (say why with --reason)
    #[arg(long, requires = "reason")]
    pub(crate) reopen: bool,
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
    Invalid::new(
        "a change",
        what,
        "name at least one field to set or to clear; --help lists them",
    )
    .into()
}

/// Refuses a new record without a fact that it cannot be without.
pub(crate) fn needed<V: Vocabulary>(what: &'static str, option: &'static str) -> Error {
    let words: Vec<&str> = V::ALL.iter().map(|word| word.word()).collect();
    Error::Needs {
        what,
        option,
        words: words.join(", "),
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
            "an identifier",
            text,
            "write the scheme, a colon and the identifier, like XI-LEI:353800CI5L6DDAN5XZ33",
        )),
    }
}

/// An ISO 639 code.
pub(crate) fn language(text: &str) -> Result<String, Invalid> {
    let letters =
        (2..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let why = "write two or three small letters (ISO 639), like en, zh or ja";
    letters
        .then(|| text.to_owned())
        .ok_or_else(|| Invalid::new("a language", text, why))
}

/// A day, written in full.
pub(crate) fn day(text: &str) -> Result<chrono::NaiveDate, Invalid> {
    match text.parse()? {
        PartialDate::Day(day) => Ok(day),
        _ => Err(Invalid::new(
            "a day",
            text,
            "write it in full, like 2018-10-26",
        )),
    }
}
