//! The fields of a source as options: the same on `add` and on `set`.

use clap::Args;

use crate::args::words;
use crate::commands::options::{day, language, put, text};
use crate::domain::{
    Confidence, Invalid, PublisherKind, SourceKind, SourceLink, SourceReference, web_address,
};
use crate::store::Source;

/// What is stated of a source.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Fields")]
pub(crate) struct FactArgs {
    /// Title
    #[arg(long, value_name = "TEXT", value_parser = text)]
    title: Option<String>,
    /// Who published it
    #[arg(long, value_name = "NAME", value_parser = text)]
    publisher: Option<String>,
    /// What the publisher is
    #[arg(long, value_parser = words::<PublisherKind>())]
    publisher_kind: Option<PublisherKind>,
    /// What stands at the address
    #[arg(long, value_parser = words::<SourceKind>())]
    kind: Option<SourceKind>,
    /// Whether the address may be followed: a withheld one is kept as evidence and never shown as a link
    #[arg(long, value_parser = words::<SourceLink>())]
    link: Option<SourceLink>,
    /// The language that it is written in (ISO 639), like en, zh or ja
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<String>,
    /// The day on which it was read
    #[arg(long, value_name = "DAY", value_parser = day)]
    read_on: Option<chrono::NaiveDate>,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
    /// high: a party or a government says so; medium: press; low: inferred, or a copy
    #[arg(long, value_parser = words::<Confidence>())]
    pub(super) confidence: Option<Confidence>,
}

impl FactArgs {
    pub(super) fn is_empty(&self) -> bool {
        [&self.title, &self.publisher, &self.language, &self.note]
            .iter()
            .all(|text| text.is_none())
            && self.publisher_kind.is_none()
            && self.kind.is_none()
            && self.link.is_none()
            && self.read_on.is_none()
            && self.confidence.is_none()
    }

    /// Puts what was said into the source.
    pub(super) fn apply(&self, source: &mut Source) {
        put(&mut source.title, &self.title);
        put(&mut source.publisher, &self.publisher);
        put(&mut source.publisher_kind, &self.publisher_kind);
        put(&mut source.kind, &self.kind);
        put(&mut source.link, &self.link);
        put(&mut source.language, &self.language);
        put(&mut source.read_on, &self.read_on);
        put(&mut source.note, &self.note);
        source.confidence = self.confidence.unwrap_or(source.confidence);
    }
}

/// An address or the path of a document on the command line.
pub(super) fn address_or_file(text: &str) -> Result<SourceReference, Invalid> {
    match SourceReference::typed(text)? {
        SourceReference::Code(code) => Err(Invalid::new("what-new-source", code, "why-code-given")),
        place => Ok(place),
    }
}

/// An address on the command line.
pub(super) fn address(text: &str) -> Result<String, Invalid> {
    web_address(text)
}
