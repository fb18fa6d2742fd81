//! `tpmc open`

use std::cmp::Reverse;

use clap::Args;

use super::kept;
use crate::context::Context;
use crate::domain::{Confidence, PartialDate, ProjectCode};
use crate::error::Error;
use crate::store::{Project, Reader, Source};

/// Open the best source of a project, or a source, in the browser ($BROWSER, else that of the system)
///
/// The best source is the one that can be relied on most, of these the latest. Its address is printed as well. An address that is
/// withheld is never opened. Of a source without an address, the document that is kept with it is opened (`tpmc source open`).
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc open P-0001")]
pub(crate) struct Open {
    /// The code of a project or of a source, like P-0001 or S-0002
    code: String,
    /// Print the address or the path, and open nothing
    #[arg(long)]
    print: bool,
}

impl Open {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let code = self.code.to_uppercase();
        let source = context.read(|reader| match code.parse::<ProjectCode>() {
            Ok(code) => best(&reader.one(code.as_str())?, reader),
            Err(_) => Ok(Some(reader.one(&code)?).filter(can_be_opened)),
        })?;
        let source = source.ok_or(Error::NoAddress(code))?;
        let Some(address) = source.link_address() else {
            return kept::show(&source, !self.print, context);
        };
        context.out.data(format!("{address}\n").as_bytes())?;
        if self.print {
            return Ok(());
        }
        kept::browse(address.as_ref())
    }
}

fn can_be_opened(source: &Source) -> bool {
    source.link_address().is_some() || source.file_sha256.is_some()
}

/// The best source of a project that can be opened.
fn best(project: &Project, reader: &mut Reader<'_>) -> Result<Option<Source>, Error> {
    let dated = |code: &String| -> Option<PartialDate> {
        let of_source = project.events.iter();
        let of_source = of_source.filter(|event| event.source.as_ref() == Some(code));
        of_source
            .filter_map(|event| event.on_date)
            .max_by_key(|date| date.last_day())
    };
    let rank = |source: &Source| match source.confidence {
        Confidence::High => 0,
        Confidence::Medium => 1,
        Confidence::Low => 2,
    };
    let events = project
        .events
        .iter()
        .filter_map(|event| event.source.as_ref());
    let codes = events.chain(&project.citations);
    let sources = reader.some::<Source>(codes)?.into_values();
    Ok(sources.filter(can_be_opened).min_by_key(|source| {
        let date = dated(&source.code).map(PartialDate::last_day);
        (rank(source), Reverse(date), source.code.clone())
    }))
}
