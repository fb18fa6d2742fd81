//! `tpmc project show`

use clap::Args;

use crate::commands::document::text_of;
use crate::commands::journal::batches;
use crate::context::Context;
use crate::domain::{Invalid, ProjectCode};
use crate::error::Error;
use crate::render::Format;
use crate::report::{ProjectReport, Related};
use crate::store::{BatchChoice, Kind, Project};

/// Show everything about one project
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc project show F1-001")]
pub(crate) struct Show {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    /// Show who recorded what when, too
    #[arg(long)]
    history: bool,
}

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if context.format()? == Format::Toml {
            return self.to_be_edited(context);
        }
        let (mut report, labels) = context.read(|reader| {
            let horizon = context.horizon(reader)?;
            let project: Project = reader.one(self.code.as_str())?;
            let related = Related {
                parties: reader.some(project.party_codes())?,
                sources: reader.some(ProjectReport::source_codes(&project))?,
                currencies: reader.some(
                    project
                        .amounts
                        .iter()
                        .map(|amount| amount.currency.as_str()),
                )?,
                homes: reader.homes()?,
                forum: project
                    .facts
                    .forum
                    .as_deref()
                    .map(|code| reader.one(code))
                    .transpose()?,
            };
            let report = ProjectReport::of(project, horizon, context.known_at, related);
            Ok((report, context.labels(reader)?))
        })?;
        if self.history {
            let wanted = BatchChoice {
                record: Some((Kind::Project, self.code.to_string())),
                ..BatchChoice::default()
            };
            let history = context
                .read_journal(|reader, until| batches(&wanted, until, None, context, reader))?;
            report.history = Some(history);
        }
        context.show(&report, &labels)
    }

    /// The project as a text for `tpmc project apply`: as it is now, since only that can be changed.
    fn to_be_edited(&self, context: &Context) -> Result<(), Error> {
        let text = context.read(|reader| {
            if context.known_at.is_some() || !context.horizon(reader)?.is_open() {
                let why = "why-format-of-now";
                return Err(Invalid::new("what-format-for-the-past", "toml", why).into());
            }
            text_of(&self.code, context.out.remarks(), reader)
        })?;
        context.out.data(text.as_bytes())
    }
}
