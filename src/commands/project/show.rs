//! `tpmc project show`

use clap::Args;

use crate::context::Context;
use crate::domain::ProjectCode;
use crate::error::Error;
use crate::report::ProjectReport;
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
            let parties = reader.some(
                project
                    .participations
                    .iter()
                    .map(|participation| &participation.party),
            )?;
            let sources = reader.some(ProjectReport::source_codes(&project))?;
            let currencies = reader.some(
                project
                    .amounts
                    .iter()
                    .map(|amount| amount.currency.as_str()),
            )?;
            let report = ProjectReport::of(
                project,
                horizon,
                context.known_at,
                parties,
                sources,
                currencies,
            );
            Ok((report, context.labels(reader)?))
        })?;
        context.show(&report, &labels)
    }
}
