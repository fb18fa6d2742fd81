//! `tpmc milestone list`

use clap::Args;
use serde_json::{Value, json};

use crate::commands::listed::ListedArgs;
use crate::context::Context;
use crate::domain::{ProjectCode, milestone_standing};
use crate::error::Error;
use crate::report::{Holds, Shown};
use crate::store::Project;

/// List milestones: due, overdue, met in time or slipped, and by how many days
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc milestone list --open")]
pub(crate) struct List {
    /// The project's code; without one, the milestones of all projects
    code: Option<ProjectCode>,
    /// Only those that are not met yet
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("project", "field-project"),
    Shown::plain("number", "field-number"),
    Shown::plain("text", "field-milestone"),
    Shown::plain("due_on", "field-due").optional(),
    Shown::plain("on_date", "field-date").optional(),
    Shown::word("state", "field-state", "milestone"),
    Shown::holding(Holds::Days, "days", "field-duration").optional(),
];

impl List {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let as_of = context.horizon(reader)?;
            if let Some(code) = &self.code {
                reader.one::<Project>(code.as_str())?;
            }
            let mut rows = Vec::new();
            for (project, mut event) in reader.milestones(self.code.as_ref())? {
                event.on_date = event.on_date.filter(|met| as_of.includes(*met));
                if self.open && event.on_date.is_some() {
                    continue;
                }
                let standing = milestone_standing(event.due_on, event.on_date, as_of.as_of);
                let more = vec![
                    ("project", Value::from(project.to_string())),
                    ("state", json!(standing.state)),
                    ("days", json!(standing.days)),
                ];
                rows.push((event, more));
            }
            Ok(rows)
        })
    }
}
