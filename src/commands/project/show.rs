//! `tpmc project show`

use clap::Args;

use crate::context::Context;
use crate::domain::ProjectCode;
use crate::error::Error;
use crate::report::{ProjectReport, Related};
use crate::store::Project;

/// Show everything about one project
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc project show F1-001")]
pub(crate) struct Show {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
}

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (report, labels) = context.read(|reader| {
            let horizon = context.horizon(reader)?;
            let project: Project = reader.one(self.code.as_str())?;
            let participations = project.participations.iter();
            let related = Related {
                parties: reader.some(participations.map(|participation| &participation.party))?,
                sources: reader.some(ProjectReport::source_codes(&project))?,
                currencies: reader.some(
                    project
                        .amounts
                        .iter()
                        .map(|amount| amount.currency.as_str()),
                )?,
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
        context.show(&report, &labels)
    }
}
