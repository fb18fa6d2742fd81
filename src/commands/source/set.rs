//! `tpmc source set`

use clap::Args;

use super::facts::{FactArgs, address};
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::options::{clearable, nothing_said, put};
use crate::context::Context;
use crate::error::Error;
use crate::store::Source;

/// Correct what is stated of a source
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc source set S-0002 --language ja --read-on 2026-11-01")]
pub(crate) struct Set {
    /// The code of the source, like S-0002
    code: String,
    /// Where it stands
    #[arg(long, value_parser = address)]
    url: Option<String>,
    #[command(flatten)]
    facts: FactArgs,
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',',
        value_parser = clearable(&["url", "title", "publisher", "publisher_kind", "kind", "link", "language", "read_on", "note", "file"]))]
    clear: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if self.url.is_none() && self.facts.is_empty() && self.clear.is_empty() {
            return Err(nothing_said("source set"));
        }
        record(context, "source set", &self.write, false, |desk| {
            let mut source: Source = desk.reader().one(&self.code.to_uppercase())?;
            for field in &self.clear {
                match field.as_str() {
                    "url" => source.url = None,
                    "title" => source.title = None,
                    "publisher" => source.publisher = None,
                    "publisher_kind" => source.publisher_kind = None,
                    "kind" => source.kind = None,
                    "link" => source.link = None,
                    "language" => source.language = None,
                    "read_on" => source.read_on = None,
                    "file" => source.set_file(None),
                    _ => source.note = None,
                }
            }
            put(&mut source.url, &self.url);
            self.facts.apply(&mut source);
            desk.save(source.clone())?;
            let told = message!(
                "told-named",
                code = source.code,
                name = super::name(&source)
            );
            Done::about(source, told)
        })
    }
}
