//! `tpmc project list`

use std::collections::HashSet;

use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use crate::commands::filter::FilterArgs;
use crate::commands::listed::ListedArgs;
use crate::context::Context;
use crate::error::Error;
use crate::exchange;
use crate::report::{ProjectList, Shown};
use crate::store::{Project, Reader, Wanted};

/// List projects
///
/// Conditions of different options must all hold; values of one option are alternatives.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc project list --country TH --status implementing,completed")]
pub(crate) struct List {
    #[command(flatten)]
    filter: FilterArgs,
    /// Only projects that lack this field, like title_zh (can be repeated: those that lack any of them)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = PossibleValuesParser::new(exchange::fields_of_projects()))]
    missing: Vec<String>,
    #[command(flatten)]
    listed: ListedArgs,
}

/// What can be chosen and sorted by.
const COLUMNS: &[Shown] = &[
    Shown::plain("code", "field-code"),
    Shown::word("status", "field-status", "status"),
    Shown::plain("status_on", "field-since"),
    Shown::plain("evidence_on", "field-evidence"),
    Shown::word("mode", "field-mode", "mode"),
    Shown::word("sector", "field-sector", "sector"),
    Shown::plain("hosts", "field-hosts"),
    Shown::title("title", "field-title"),
    Shown::plain("title_en", "field-title_en"),
    Shown::plain("title_zh", "field-title_zh"),
    Shown::plain("title_ja", "field-title_ja"),
    Shown::plain("title_original", "field-title_original"),
    Shown::plain("parties", "field-parties"),
    Shown::plain("forum", "field-forum"),
    Shown::plain("list_number", "field-list_number"),
    Shown::word("instrument", "field-instrument", "instrument"),
    Shown::plain("identified", "field-identified"),
    Shown::plain("umbrella", "field-umbrella"),
    Shown::word("desk", "field-desk", "desk"),
];
/// What a sorted list shows.
const USUAL: [&str; 6] = ["code", "status", "status_on", "mode", "hosts", "title"];

impl List {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if let Some(listed) = self.listed.shaped(&USUAL) {
            return listed.show(context, COLUMNS, |reader| {
                let projects = self.projects(None, context, reader)?.projects.into_iter();
                Ok(projects.map(|project| {
                    let parties = project.parties.iter().map(|party| &party.party);
                    let more = vec![
                        ("parties", json!(parties.collect::<Vec<_>>())),
                        ("is_translated", json!(project.is_translated)),
                    ];
                    (project, more)
                }))
            });
        }
        let (report, labels) = context.read(|reader| {
            // One more than is shown tells whether there are more.
            let limit = self.listed.limit.map(|limit| limit.saturating_add(1));
            let list = self.projects(limit, context, reader)?;
            Ok((list.cut(self.listed.limit), context.labels(reader)?))
        })?;
        context.show(&report, &labels)
    }

    fn projects(
        &self,
        limit: Option<usize>,
        context: &Context,
        reader: &mut Reader<'_>,
    ) -> Result<ProjectList, Error> {
        let (filter, horizon) = (self.filter.resolve(reader)?, context.horizon(reader)?);
        // What is missing is only seen afterwards.
        let limit = limit.filter(|_| self.missing.is_empty());
        let mut lines = reader.lines(&filter, horizon, Wanted::EVERYTHING, limit)?;
        if !self.missing.is_empty() {
            let lacking = self.lacking(reader)?;
            lines.retain(|line| lacking.contains(line.facts.code.as_str()));
        }
        let language = context.language;
        Ok(ProjectList::of(lines, horizon, context.known_at, language))
    }

    /// Codes of the projects that lack one of the fields.
    fn lacking(&self, reader: &mut Reader<'_>) -> Result<HashSet<String>, Error> {
        let mut lacking = HashSet::new();
        let mut failed = None;
        reader.each::<Project>(|project| match serde_json::to_value(project) {
            Ok(value) => {
                let is_empty = |field: &String| match value.get(field) {
                    None | Some(Value::Null) => true,
                    Some(Value::Array(items)) => items.is_empty(),
                    Some(_) => false,
                };
                if self.missing.iter().any(is_empty) {
                    lacking.insert(project.facts.code.to_string());
                }
            }
            Err(error) => failed = Some(error),
        })?;
        match failed {
            Some(error) => Err(exchange::Error::Json(error).into()),
            None => Ok(lacking),
        }
    }
}
