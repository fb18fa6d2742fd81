//! `tpmc source add`

use clap::Args;

use super::facts::{FactArgs, address};
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::options::needed;
use crate::context::Context;
use crate::domain::Confidence;
use crate::error::Error;
use crate::store::{Kind, Source};

/// Add a source, and print its code
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc source add https://example.org/news --publisher 'Example Press' --publisher-kind press --confidence medium"
)]
pub(crate) struct Add {
    /// Where it stands; none for a document that is not on the web
    #[arg(value_parser = address)]
    url: Option<String>,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let Some(confidence) = self.facts.confidence else {
            return Err(needed::<Confidence>("what-new-source", "--confidence"));
        };
        record(context, "source add", &self.write, false, |desk| {
            let code = desk.writer.next_source_code()?;
            let mut source = Source::new(desk.fresh_id(Kind::Source, &code), code, confidence);
            source.url.clone_from(&self.url);
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
