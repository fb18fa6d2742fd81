//! `tpmc source show`

use clap::Args;
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::domain::SourceReference;
use crate::error::Error;
use crate::report::{Card, Listing, Shown};
use crate::store::{Kind, Source};

/// Show a source, and what cites it
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc source show S-0002")]
pub(crate) struct Show {
    /// The code of the source, like S-0002, or its address
    #[arg(value_name = "CODE|URL")]
    source: SourceReference,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("address", "field-address"),
    Shown::plain("title", "field-title"),
    Shown::plain("publisher", "field-publisher"),
    Shown::word("publisher_kind", "field-publisher_kind", "publisher-kind"),
    Shown::word("kind", "field-kind", "source-kind").optional(),
    Shown::word("link", "field-link", "source-link").optional(),
    Shown::plain("language", "field-language"),
    Shown::plain("read_on", "field-read_on"),
    Shown::word("confidence", "field-confidence", "confidence"),
    Shown::plain("note", "field-note"),
    Shown::plain("file_type", "field-file_type").optional(),
    Shown::plain("file_size", "field-file_size").optional(),
    Shown::plain("file_sha256", "field-file_sha256").optional(),
];
const CITED: &[Shown] = &[
    Shown::word("kind", "field-kind", "kind"),
    Shown::plain("code", "field-record"),
];

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (card, labels) = context.read(|reader| {
            let source: Source = reader.source(&self.source)?;
            let users = reader.users_of(Kind::Source, &source.code, i64::MAX)?;
            let cited = users.into_iter().map(|(kind, code)| {
                let user = vec![("kind", json!(kind)), ("code", Value::from(code))];
                (Map::new(), user)
            });
            let cited = Listing::of(CITED, cited).map_err(crate::render::Error::Json)?;
            let mut record = serde_json::to_value(&source).map_err(crate::render::Error::Json)?;
            record["address"] = json!(source.shown_address());
            let card = Card {
                title: source.code.clone(),
                columns: COLUMNS,
                record: match record {
                    Value::Object(record) => record,
                    _ => Map::new(),
                },
                lists: vec![("cited_by", "section-cited", cited)],
            };
            Ok((card, context.labels(reader)?))
        })?;
        context.show(&card, &labels)
    }
}
