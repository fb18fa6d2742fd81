//! `tpmc party match`

use clap::Args;

use crate::commands::resemblance::compared;
use crate::context::Context;
use crate::domain::{CompanyName, Identity, Invalid, OrganisationId};
use crate::error::Error;
use crate::report::Candidates;

/// List the parties that a name may mean, the likeliest first, with the reasons
///
/// Names are compared in all languages, without their legal form (株式会社, 有限公司, Co., Ltd. …). The score is the sum of its
/// reasons, at most 1; from 0.8 on it is worth a look. Different identifiers in one scheme mean different organisations.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc party match 丸紅株式会社 --country JP")]
pub(crate) struct Match {
    /// The name as somebody wrote it
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// Home country, to weigh in: a code of ISO 3166-1, or a name
    #[arg(long)]
    country: Option<String>,
    /// Identifier with its scheme (can be repeated)
    #[arg(long, value_name = "SCHEME:ID")]
    identifier: Vec<OrganisationId>,
    /// Show at most this many
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
    /// Show only candidates with this score or more
    #[arg(long, value_name = "SCORE", default_value_t = 0.3)]
    at_least: f64,
}

impl Match {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let text = self.name.join(" ");
        let name = CompanyName::of(&text);
        if name.core.is_empty() {
            return Err(Invalid::new("what-name", text, "why-no-letter").into());
        }
        let (report, labels) = context.read(|reader| {
            let country = self
                .country
                .as_deref()
                .map(|country| reader.country(country))
                .transpose()?;
            let identity = Identity {
                country: country.map(|country| country.code.parse()).transpose()?,
                identifiers: self
                    .identifier
                    .iter()
                    .map(|id| (id.scheme.clone(), id.identifier.clone()))
                    .collect(),
                names: vec![name],
            };
            let parties = compared(reader, &identity)?;
            let codes: Vec<String> = parties
                .iter()
                .map(|party| party.facts.code.clone())
                .collect();
            let projects = reader.projects_of_parties(&codes)?;
            let mut report = Candidates::of(text, &identity, parties, projects, context.language);
            report.candidates.retain(|candidate| {
                candidate.likeness.score >= self.at_least || candidate.likeness.conflict
            });
            report.candidates.truncate(self.limit);
            Ok((report, context.labels(reader)?))
        })?;
        context.show(&report, &labels)
    }
}
