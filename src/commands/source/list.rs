//! `tpmc source list`

use clap::Args;
use serde_json::json;

use crate::args::words;
use crate::commands::listed::ListedArgs;
use crate::context::Context;
use crate::domain::{Confidence, PublisherKind, fold};
use crate::error::Error;
use crate::report::Shown;
use crate::store::Source;

/// List sources
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc source list --publisher-kind government --with reuters")]
pub(crate) struct List {
    /// Only those with this text in the address, the title or the name of the publisher
    #[arg(long, value_name = "TEXT")]
    with: Option<String>,
    /// Only those of this kind of publisher
    #[arg(long, value_parser = words::<PublisherKind>())]
    publisher_kind: Option<PublisherKind>,
    /// Only those that can be relied on so far
    #[arg(long, value_parser = words::<Confidence>())]
    confidence: Option<Confidence>,
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("code", "field-code"),
    Shown::plain("publisher", "field-publisher"),
    Shown::plain("title", "field-title").optional(),
    Shown::plain("address", "field-address"),
    Shown::plain("file_type", "field-file_type").optional(),
    Shown::word("confidence", "field-confidence", "confidence"),
];

impl List {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let wanted = self.with.as_deref().map(fold);
        let is_wanted = |source: &Source| {
            let texts = [&source.url, &source.title, &source.publisher];
            let has = |text: &str| {
                texts.iter().any(|in_it| {
                    in_it
                        .as_deref()
                        .is_some_and(|in_it| fold(in_it).contains(text))
                })
            };
            wanted.as_deref().is_none_or(has)
                && self
                    .publisher_kind
                    .is_none_or(|kind| source.publisher_kind == Some(kind))
                && self
                    .confidence
                    .is_none_or(|confidence| source.confidence == confidence)
        };
        self.listed.show(context, COLUMNS, |reader| {
            let sources = reader.all::<Source>()?.into_iter().filter(is_wanted);
            let rows = sources.map(|source| {
                let address = json!(source.shown_address());
                (source, vec![("address", address)])
            });
            Ok(rows)
        })
    }
}
