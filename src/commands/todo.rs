//! `tpmc todo`: what needs somebody today; a record that is put off in a file of its own.

mod snooze;

use std::collections::HashMap;

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::check;
use super::filter::{FilterArgs, chosen};
use crate::context::Context;
use crate::domain::{Horizon, Language, Milestone, Severity, milestone_standing};
use crate::error::Error;
use crate::language::Labels;
use crate::report::{Card, Choice, Holds, Limits, Listing, Named, ProgressReport, Shown};
use crate::store::{Event, Part as _, Project, Reader, SNOOZED, Waiver};

/// Show what needs somebody today, the most urgent first, each with the command that settles it
///
/// Milestones that are overdue or due soon, findings of `tpmc check` that nobody has accepted, stalled and silent projects, and
/// titles that lack a language. A person is shown a few of each; JSON and CSV have all.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Example: tpmc todo --country LA --days 60")]
pub(crate) struct Todo {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// Milestones that are due within so many days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    days: i64,
    /// Show at most this many of each sort
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    limit: usize,
    #[command(flatten)]
    filter: FilterArgs,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Snooze(snooze::Snooze),
}

/// What is to be done about one record.
struct Task {
    code: String,
    what: String,
    command: String,
    /// The rule of `tpmc check` under which it can be accepted.
    rule: Option<String>,
}

/// Sorts of tasks, the most urgent first: the name in data, which is the end of the key of its heading, and its tasks.
type Sorts = Vec<(&'static str, &'static str, Vec<Task>)>;

impl Todo {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if let Some(Verb::Snooze(command)) = self.verb {
            return command.run(context);
        }
        let (card, labels) = context.read(|reader| {
            let horizon = context.horizon(reader)?;
            let filter = self.filter.resolve(reader)?;
            let projects = chosen(&filter, horizon, reader)?;
            let labels = context.labels(reader)?;
            let mut sorts = self.of_milestones(&projects, horizon, &labels);
            sorts.extend(of_findings(&projects, context, reader, &labels)?);
            let progress = ProgressReport::of(&projects, horizon, context.known_at, Limits::USUAL);
            sorts.extend(of_progress(progress, &labels));
            let untranslated = projects
                .iter()
                .filter_map(|project| lacks(project, &labels));
            sorts.push(("translate", "todo-translate", untranslated.collect()));
            put_off(&mut sorts, &reader.all::<Waiver>()?, horizon, &labels);
            let limit = if context.format()?.is_data() {
                usize::MAX
            } else {
                self.limit
            };
            let title = [("date", horizon.report_day().to_string().into())];
            let title = labels.with("todo-title", &title);
            Ok((
                card(title, sorts, (limit, context.is_page()))
                    .map_err(crate::render::Error::Json)?,
                labels,
            ))
        })?;
        context.show(&card, &labels)
    }

    /// Milestones that are overdue, and those that are due soon.
    fn of_milestones(&self, projects: &[Project], horizon: Horizon, labels: &Labels) -> Sorts {
        let (mut overdue, mut due) = (Vec::new(), Vec::new());
        for project in projects {
            for event in Event::of(project) {
                let Some(due_on) = event.due_on else {
                    continue;
                };
                let met = event.on_date.filter(|met| horizon.includes(*met));
                let standing = milestone_standing(Some(due_on), met, horizon.as_of);
                let days = standing.days.unwrap_or_default();
                let (list, key) = match standing.state {
                    Milestone::Overdue => (&mut overdue, "todo-late"),
                    Milestone::Due if days <= self.days => (&mut due, "todo-soon"),
                    _ => continue,
                };
                let code = project.facts.code.to_string();
                let values = [
                    ("text", event.text.as_deref().unwrap_or_default().into()),
                    ("due", due_on.to_string().into()),
                    ("time", labels.duration(days).into()),
                ];
                let task = Task {
                    what: labels.with(key, &values),
                    command: format!("tpmc milestone done {code} {} --on DATE", event.number),
                    rule: Some("milestone-overdue".to_owned()),
                    code,
                };
                list.push((days, task));
            }
        }
        overdue.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
        due.sort_by_key(|(days, _)| *days);
        let tasks = |list: Vec<(i64, Task)>| list.into_iter().map(|(_, task)| task).collect();
        vec![
            ("overdue", "todo-overdue", tasks(overdue)),
            ("due", "todo-due", tasks(due)),
        ]
    }
}

/// Findings that nobody has accepted. Overdue milestones have a place of their own.
fn of_findings(
    projects: &[Project],
    context: &Context,
    reader: &mut Reader<'_>,
    labels: &Labels,
) -> Result<Sorts, Error> {
    let choice = Choice {
        rules: &[],
        least: Severity::Warning,
    };
    let report = check::found(context, reader, &choice, labels)?;
    let by_code = projects.iter();
    let by_code: HashMap<&str, &Project> = by_code
        .map(|project| (project.facts.code.as_str(), project))
        .collect();
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for finding in report.findings {
        let project = by_code.get(finding.record.as_str());
        if finding.waiver.is_some()
            || finding.rule == "milestone-overdue"
            || (finding.kind == "project" && project.is_none())
        {
            continue;
        }
        let code = finding.record;
        let command = match finding.kind {
            "project" => format!("tpmc edit {code}"),
            "exchange_rate" => format!("tpmc rate set {code}"),
            "guideline_case" => format!("tpmc guideline set {code}"),
            "indicator_observation" => format!("tpmc indicator add {code}"),
            "mechanism_event" => format!("tpmc mechanism set {code}"),
            kind => format!("tpmc {kind} set {code}"),
        };
        let title = project.map(|project| labels.title(project.titles(), project.facts.identified));
        let what = match title {
            Some(title) => {
                let values = [("title", title.into()), ("message", finding.message.into())];
                labels.with("todo-finding", &values)
            }
            None => finding.message,
        };
        let list = match finding.severity {
            Severity::Error => &mut errors,
            _ => &mut warnings,
        };
        list.push(Task {
            code,
            what,
            command,
            rule: Some(finding.rule.to_owned()),
        });
    }
    Ok(vec![
        ("errors", "todo-errors", errors),
        ("warnings", "todo-warnings", warnings),
    ])
}

/// Projects that have not moved, and those of which nothing was heard.
fn of_progress(progress: ProgressReport, labels: &Labels) -> Sorts {
    let all = progress
        .groups
        .into_iter()
        .find(|group| group.group == "all");
    let Some(all) = all else {
        return Vec::new();
    };
    let since = |named: &Named| named.since.map(|date| date.to_string());
    let task = |named: &Named, key: &str, command: &str| {
        let (code, title) = (
            named.code.to_string(),
            labels.title(named.titles(), named.identified),
        );
        let date = since(named).unwrap_or_else(|| labels.text("not-stated"));
        let values = [("title", title.into()), ("date", date.into())];
        Task {
            what: labels.with(key, &values),
            command: command.replace("CODE", &code),
            rule: None,
            code,
        }
    };
    let stalled = all.stalled.iter().map(|named| {
        task(
            named,
            "todo-since",
            "tpmc status CODE STATUS --on DATE --source URL",
        )
    });
    let silent = all.silent.iter().map(|named| {
        task(
            named,
            "todo-silent-since",
            "tpmc event add CODE TEXT --on DATE --source URL",
        )
    });
    vec![
        ("stalled", "todo-stalled", stalled.collect()),
        ("silent", "todo-silent", silent.collect()),
    ]
}

/// The title that a project lacks, where it lacks one.
fn lacks(project: &Project, labels: &Labels) -> Option<Task> {
    let facts = &project.facts;
    let languages = [
        (&facts.title_en, Language::English, "--title-en TEXT"),
        (&facts.title_zh, Language::Chinese, "--title-zh TEXT"),
        (&facts.title_ja, Language::Japanese, "--title-ja TEXT"),
    ];
    let lacking = || languages.iter().filter(|(title, ..)| title.is_none());
    if lacking().next().is_none() || !facts.identified {
        return None;
    }
    let words: Vec<String> = lacking()
        .map(|(_, language, _)| labels.word(*language))
        .collect();
    let options: Vec<&str> = lacking().map(|(.., option)| *option).collect();
    let title = labels.title(project.titles(), facts.identified);
    let values = [
        ("title", title.into()),
        ("languages", labels.list(&words).into()),
    ];
    Some(Task {
        code: facts.code.to_string(),
        what: labels.with("todo-lacks-title", &values),
        command: format!("tpmc project set {} {}", facts.code, options.join(" ")),
        rule: Some("title-missing".to_owned()),
    })
}

/// Leaves out what somebody has accepted or put off, and adds what is put off as the last sort.
fn put_off(sorts: &mut Sorts, waivers: &[Waiver], horizon: Horizon, labels: &Labels) {
    let open = waivers
        .iter()
        .filter(|waiver| waiver.until_date >= horizon.as_of);
    let mut snoozed = Vec::new();
    for waiver in open {
        let accepts = |sort: &str| match waiver.rule.as_str() {
            SNOOZED => true,
            "milestone-overdue" => sort == "overdue",
            "title-missing" => sort == "translate",
            _ => false,
        };
        for (sort, _, tasks) in &mut *sorts {
            if accepts(sort) {
                tasks.retain(|task| task.code != waiver.record);
            }
        }
        if waiver.rule == SNOOZED {
            let values = [
                ("until", waiver.until_date.to_string().into()),
                ("reason", waiver.reason.as_str().into()),
                ("owner", waiver.owner.as_str().into()),
            ];
            snoozed.push(Task {
                code: waiver.record.clone(),
                what: labels.with("todo-until", &values),
                command: format!("tpmc todo snooze {} --withdraw", waiver.record),
                rule: None,
            });
        }
    }
    sorts.push(("put_off", "todo-put-off", snoozed));
}

const TASKS: &[Shown] = &[
    Shown::plain("code", "field-code"),
    Shown::plain("what", "field-todo"),
    Shown::plain("command", "field-settle"),
];

/// What a page of the web desk has in the place of the command.
const TASKS_ON_PAGE: &[Shown] = &[
    Shown::plain("code", "field-code"),
    Shown::plain("what", "field-todo"),
    Shown::holding(Holds::Offers, "offers", "desk-settle"),
];

/// Returns the forms that settle a task, each as the key of its label with a command line.
fn offers(sort: &str, task: &Task) -> Value {
    let settle = match sort {
        "overdue" | "due" => "offer-met",
        "stalled" => "offer-status",
        "silent" => "offer-event",
        "put_off" => "offer-again",
        _ => "offer-correct",
    };
    let mut offers = vec![(settle, task.command.clone())];
    if let Some(rule) = &task.rule {
        offers.push((
            "offer-accept",
            format!("tpmc check waive {rule} {}", task.code),
        ));
    }
    if sort != "put_off" {
        offers.push(("offer-put-off", format!("tpmc todo snooze {}", task.code)));
    }
    json!(offers)
}

/// How many tasks there are of each sort.
const TOTALS: &[Shown] = &[
    Shown::plain("overdue_total", "todo-overdue").optional(),
    Shown::plain("due_total", "todo-due").optional(),
    Shown::plain("errors_total", "todo-errors").optional(),
    Shown::plain("warnings_total", "todo-warnings").optional(),
    Shown::plain("stalled_total", "todo-stalled").optional(),
    Shown::plain("silent_total", "todo-silent").optional(),
    Shown::plain("translate_total", "todo-translate").optional(),
    Shown::plain("put_off_total", "todo-put-off").optional(),
];

fn card(title: String, sorts: Sorts, (limit, is_page): (usize, bool)) -> serde_json::Result<Card> {
    let (mut record, mut lists) = (Map::new(), Vec::new());
    for (name, heading, tasks) in sorts {
        record.insert(format!("{name}_total"), json!(tasks.len().to_string()));
        let tasks = tasks.into_iter().take(limit).map(|task| {
            let offers = is_page.then(|| ("offers", offers(name, &task)));
            let fields = [
                ("code", task.code),
                ("what", task.what),
                ("command", task.command),
            ];
            let fields = fields.map(|(name, text)| (name.to_owned(), Value::from(text)));
            (Map::from_iter(fields), offers.into_iter().collect())
        });
        let columns = if is_page { TASKS_ON_PAGE } else { TASKS };
        lists.push((name, heading, Listing::of(columns, tasks)?));
    }
    Ok(Card {
        title,
        columns: TOTALS,
        record,
        lists,
    })
}
