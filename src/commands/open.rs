//! `tpmc open`

use std::cmp::Reverse;
use std::process::{Command, Stdio};

use clap::Args;

use crate::context::Context;
use crate::domain::{Confidence, PartialDate, ProjectCode};
use crate::error::Error;
use crate::store::{Project, Reader, Source};

/// Open the best source of a project, or a source, in the browser ($BROWSER, else that of the system)
///
/// The best source is the one that can be relied on most, of these the latest. Its address is printed as well. An address that is
/// withheld is never opened.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc open P-0001")]
pub(crate) struct Open {
    /// The code of a project or of a source, like P-0001 or S-0002
    code: String,
    /// Print the address, and open nothing
    #[arg(long)]
    print: bool,
}

impl Open {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let code = self.code.to_uppercase();
        let address = context.read(|reader| {
            let address = match code.parse::<ProjectCode>() {
                Ok(code) => best(&reader.one(code.as_str())?, reader)?,
                Err(_) => link(&reader.one(&code)?),
            };
            address.ok_or_else(|| Error::NoAddress(code.clone()))
        })?;
        context.out.data(format!("{address}\n").as_bytes())?;
        if self.print {
            return Ok(());
        }
        browse(&address).map_err(|(browser, cause)| Error::NoBrowser { browser, cause })
    }
}

fn link(source: &Source) -> Option<String> {
    source.link_address().map(str::to_owned)
}

/// The address of the best source of a project.
fn best(project: &Project, reader: &mut Reader<'_>) -> Result<Option<String>, Error> {
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
    let with_link = sources.filter(|source| source.link_address().is_some());
    let best = with_link.min_by_key(|source| {
        let date = dated(&source.code).map(PartialDate::last_day);
        (rank(source), Reverse(date), source.code.clone())
    });
    Ok(best.as_ref().and_then(link))
}

/// Hands an address to the browser, as one argument and past any shell.
fn browse(address: &str) -> Result<(), (String, std::io::Error)> {
    let named = std::env::var("BROWSER").ok();
    let named = named.filter(|browser| !browser.trim().is_empty());
    let of_system = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let browser = named.unwrap_or_else(|| of_system.to_owned());
    let started = Command::new(&browser)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    started.map(drop).map_err(|cause| (browser, cause))
}
