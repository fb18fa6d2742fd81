//! `tpmc source add`

use clap::Args;

use super::facts::{FactArgs, address_or_file};
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::kept;
use crate::commands::options::needed;
use crate::context::Context;
use crate::domain::{Confidence, Invalid, SourceReference};
use crate::error::Error;
use crate::store::{Kind, Source};

/// Add a source, and print its code
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc source add https://example.org/news --publisher 'Example Press' --publisher-kind press --confidence medium"
)]
pub(crate) struct Add {
    /// Where it stands, or the document itself, which is kept; none for what is neither on the web nor at hand
    #[arg(value_name = "URL|FILE", value_parser = address_or_file)]
    place: Option<SourceReference>,
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
            self.facts.apply(&mut source);
            match &self.place {
                Some(SourceReference::File(path)) => {
                    let file = desk.writer.keep(&kept::read(path)?)?;
                    let known = desk.reader().source_of_content(&file.sha256)?;
                    if let Some(Source { code, .. }) = known {
                        let named = path.display().to_string();
                        let why = message!("why-document-known", code);
                        return Err(Invalid::new("what-new-source", named, why).into());
                    }
                    source.title = source.title.or_else(|| kept::title_of(path));
                    source.set_file(Some(file));
                }
                place => source.url = place.as_ref().map(ToString::to_string),
            }
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
