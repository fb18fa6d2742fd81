//! The pages: which address shows the result of which command, and which commands have a form.

use clap::Command;

use super::line::{is_offered, takes_file};

/// A page that shows the result of a command.
pub(super) struct Place {
    pub(super) path: &'static str,
    pub(super) command: &'static str,
    /// The key of its name in the menu.
    pub(super) label: &'static str,
}

const fn place(path: &'static str, command: &'static str, label: &'static str) -> Place {
    Place {
        path,
        command,
        label,
    }
}

/// The pages in the order of the menu; the first ones are always to be seen.
pub(super) const PLACES: &[Place] = &[
    place("summary", "summary", "desk-summary"),
    place("projects", "project list", "desk-projects"),
    place("parties", "party list", "desk-parties"),
    place("sources", "source list", "desk-sources"),
    place("changes", "changes", "desk-changes"),
    place("todo", "todo", "desk-todo"),
    place("batches", "log", "desk-journal"),
    place("drafts", "draft list", "desk-drafts"),
    place("translations", "project list", "desk-translations"),
    place("progress", "progress", "desk-progress"),
    place("pace", "pace", "desk-pace"),
    place("mechanism", "mechanism", "desk-mechanism"),
    place("forums", "forum list", "desk-forums"),
    place("context", "context", "desk-context"),
    place("milestones", "milestone list", "desk-milestones"),
    place("indicators", "indicator list", "desk-indicators"),
    place("guidelines", "guideline list", "desk-guidelines"),
    place("rates", "rate list", "desk-rates"),
    place("check", "check", "desk-check"),
    place("search", "search", "desk-search"),
    place("report", "report", "desk-report"),
    place("brief", "brief", "desk-brief"),
];
/// How many pages are always to be seen.
pub(super) const FIRST: usize = 7;

/// Pages of one record: the first part of their address, the command, the field that the second part is for (the first place of the
/// command where none is named), and the forms that they lead to.
pub(super) struct RecordPlace {
    pub(super) path: &'static str,
    pub(super) command: &'static str,
    pub(super) field: Option<&'static str>,
    pub(super) forms: &'static [&'static str],
}

const fn record(
    path: &'static str,
    command: &'static str,
    field: Option<&'static str>,
    forms: &'static [&'static str],
) -> RecordPlace {
    RecordPlace {
        path,
        command,
        field,
        forms,
    }
}

pub(super) const RECORDS: &[RecordPlace] = &[
    record(
        "project",
        "project show",
        None,
        &[
            "status",
            "project set",
            "participation add",
            "amount add",
            "milestone add",
            "event add",
            "risk add",
        ],
    ),
    record("party", "party show", None, &["party set"]),
    record(
        "source",
        "source show",
        None,
        &["source set", "source attach"],
    ),
    record("draft", "draft show", None, &[]),
    record("country", "country", None, &[]),
    record("forum", "project list", Some("forum"), &[]),
    record("batch", "show", None, &["undo"]),
    record("history", "log", None, &[]),
];

/// Groups of commands that record something by a form.
pub(super) const GROUPS: &[&str] = &[
    "project",
    "status",
    "participation",
    "amount",
    "milestone",
    "event",
    "risk",
    "party",
    "source",
    "forum",
    "mechanism",
    "guideline",
    "indicator",
    "rate",
    "check",
    "todo",
    "import",
    "undo",
    "redo",
    "draft",
];

/// Commands that have a form although they cannot be tried without effect, or need a file.
const OTHERS: [&str; 6] = [
    "import plan",
    "import decide",
    "import apply",
    "source attach",
    "draft approve",
    "draft refuse",
];

/// Whether a command can be given by a form: it records, and needs no file, no terminal and no text of its own.
pub(super) fn has_form(path: &str, command: &Command) -> bool {
    let group = path.split(' ').next().unwrap_or_default();
    let records = command
        .get_arguments()
        .any(|argument| argument.get_id() == "dry_run");
    let is_complete = command
        .get_arguments()
        .filter(|argument| argument.is_required_set())
        .all(|argument| is_offered(argument) || takes_file(path, argument));
    let is_other = OTHERS.contains(&path);
    let is_withheld = matches!(path, "project new" | "project apply")
        || ["import", "draft"].contains(&group) && !is_other;
    GROUPS.contains(&group) && (records || is_other) && is_complete && !is_withheld
}

/// Returns the paths of all commands that can be given by a form, by the whole description of the program.
pub(super) fn forms(whole: &Command) -> Vec<String> {
    let mut paths = Vec::new();
    for group in GROUPS {
        let Some(command) = whole.find_subcommand(group) else {
            continue;
        };
        if has_form(group, command) {
            paths.push((*group).to_owned());
        }
        for inner in command.get_subcommands() {
            let path = format!("{group} {}", inner.get_name());
            if has_form(&path, inner) {
                paths.push(path);
            }
        }
    }
    paths
}
